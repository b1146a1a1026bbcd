"""Dated values of two layers laid over each other: at every day the upper one, if any."""

from collections.abc import Mapping, Sequence
from typing import Any

from chengxin.policy.reading.narrowing import Report, narrow_numbers

Value = Mapping[str, Any]


def narrow_values(
    parameter: Mapping[str, Any], above: Sequence[Value], report: Report
) -> list[dict[str, Any]]:
    """The merged values of a parameter, newest first. Dates are ISO text, so they compare.

    On every day on which both layers have a value, the upper one may differ from the lower
    only in the direction the parameter allows.
    """
    below: Sequence[Value] = parameter["values"]
    days = sorted({day for value in (*below, *above) for day in _edges(value)})
    merged: list[dict[str, Any]] = []
    for start, end in zip(days, [*days[1:], None], strict=True):
        upper, lower = _in_force(above, start), _in_force(below, start)
        if upper is not None and lower is not None:
            place = ("values", list(above).index(upper), "value")
            narrow_numbers(parameter["narrowing"], lower["value"], upper["value"], place, report)
        chosen = upper or lower
        if chosen is not None:
            span = {key: value for key, value in chosen.items() if key not in {"since", "until"}}
            merged.append({"since": start, **({"until": end} if end else {}), **span})
    return merged[::-1]


def _edges(value: Value) -> list[str]:
    return [value[key] for key in ("since", "until") if key in value]


def _in_force(values: Sequence[Value], day: str) -> Value | None:
    started = [value for value in values if value["since"] <= day]
    latest = max(started, key=lambda value: str(value["since"]), default=None)
    if latest is None or ("until" in latest and latest["until"] <= day):
        return None
    return latest
