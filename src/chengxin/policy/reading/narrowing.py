"""An upper layer may add and narrow, never loosen: how each kind is compared.

Every function takes what stands below and what the upper layer says, and gives the merged
value, telling `report` about each loosening as (path, what, below, above).
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

Report = Callable[[tuple[str | int, ...], str, Any, Any], None]

DISCLOSURE: Final = ("public", "shared", "by_consent", "closed")
SCOPES: Final = ("own_unit", "all")
FIELD_ADDS: Final = frozenset({"synonyms", "profiles", "profile_codelists"})
FIELD_FREE: Final = frozenset({"name", "help", "help_en", "status"}) | FIELD_ADDS
FIELD_SETTABLE: Final = frozenset({"required_when", "not_before", "not_after", "max_length"})


def narrow_item(
    below: Mapping[str, Any], above: Mapping[str, Any], report: Report
) -> dict[str, Any]:
    """A catalogue item with an upper layer's narrowing applied."""
    merged = dict(below)
    for key in ("disclosure", "person_disclosure"):
        if key in above:
            old = below.get(key, "by_consent")
            if DISCLOSURE.index(above[key]) < DISCLOSURE.index(old):
                report((key,), key, old, above[key])
            merged[key] = above[key]
    if "subject_kinds" in above:
        extra = [kind for kind in above["subject_kinds"] if kind not in below["subject_kinds"]]
        if extra:
            report(
                ("subject_kinds",), "subject_kinds", below["subject_kinds"], above["subject_kinds"]
            )
        merged["subject_kinds"] = above["subject_kinds"]
    if "since" in above:
        if above["since"] < below["since"]:
            report(("since",), "since", below["since"], above["since"])
        merged["since"] = above["since"]
    if "until" in above:
        if "until" in below and above["until"] > below["until"]:
            report(("until",), "until", below["until"], above["until"])
        merged["until"] = above["until"]
    merged["basis"] = [*below.get("basis", ()), *above.get("basis", ())]
    return merged


def narrow_field(
    below: Mapping[str, Any], above: Mapping[str, Any], report: Report
) -> dict[str, Any]:
    """A field with an upper layer's narrowing applied."""
    merged = dict(below)
    for key, value in above.items():
        old = below.get(key)
        if key in FIELD_ADDS and old:
            merged[key] = _added(old, value)
            continue
        if _field_loosens(key, old, value):
            report((key,), key, old, value)
        merged[key] = value
    return merged


def _field_loosens(key: str, old: Any, value: Any) -> bool:
    if key in FIELD_FREE or old == value:
        return False
    if key in {"required", "personal"}:
        return bool(old)
    if key == "public":
        return old is False
    if key == "max_length":
        return old is not None and value > old
    # A condition or an order may be set where there was none; all else is fixed below.
    return old is not None or key not in FIELD_SETTABLE


def _added(old: Any, value: Any) -> Any:
    if isinstance(old, Mapping):
        return {**old, **value}
    return [*old, *(one for one in value if one not in old)]


def narrow_numbers(
    direction: str, below: Any, above: Any, path: tuple[str | int, ...], report: Report
) -> None:
    """Compare a parameter's value with the one below it: `fixed`, `lower` or `raise`."""
    if isinstance(below, Mapping) and isinstance(above, Mapping):
        for key, value in below.items():
            if key not in above:
                report((*path, key), key, value, "—")
            else:
                narrow_numbers(direction, value, above[key], (*path, key), report)
        return
    numbers = isinstance(below, int) and isinstance(above, int)
    looser = below != above
    if numbers and direction == "lower":
        looser = above > below
    elif numbers and direction == "raise":
        looser = above < below
    if looser:
        report(path, "value", below, above)


def narrow_powers(
    below: Mapping[str, str], above: Mapping[str, str], report: Report
) -> dict[str, str]:
    """The powers an upper layer leaves to a role: fewer verbs, or a narrower scope."""
    for verb, scope in above.items():
        if verb not in below:
            report(("powers", verb), verb, "—", scope)
        elif SCOPES.index(scope) > SCOPES.index(below[verb]):
            report(("powers", verb), verb, below[verb], scope)
    return dict(above)
