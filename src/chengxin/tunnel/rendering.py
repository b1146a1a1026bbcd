"""A report as a page 报告页: one file, no address outside, no script, ready to print."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

from chengxin.tunnel.rules.figures import bars, flow, gauge, stacks

SHOWN = ("stops", "shorter", "longer", "starts")


def page(twin: Mapping[str, Any], named: Mapping[str, Any] | None = None) -> str:
    """The page of a twin; with `named`, the officers' copy: who moves, by name."""
    models = [
        {
            **one,
            "flow": flow(one["grades"], one["order"]),
            "charts": [
                {"zh": zh, "en": en, "rows": bars(one["by"][name])}
                for name, zh, en in (
                    ("division", "按县区", "By county"),
                    ("sector", "按行业", "By sector"),
                    ("kind", "按主体类型", "By kind of organisation"),
                )
            ],
            "named": (named or {}).get(one["code"], []),
        }
        for one in twin["models"]
    ]
    context = {
        "twin": twin,
        "models": [one for one in models if _moves(one)],
        "still": [one for one in models if not _moves(one)],
        "budget": [gauge(line) for line in twin["budget"]],
        "exceeded": [line for line in twin["budget"] if not line["kept"]],
        "items": stacks([one for one in twin["items"] if one["open"]], SHOWN),
        "used": [one for one in twin["items"] if not one["open"] and any(one[e] for e in SHOWN)],
        "places": stacks(twin["places"], SHOWN),
        "officers": named is not None,
        "totals": {
            "worse": sum(one["moved"]["worse"] for one in twin["models"]),
            "better": sum(one["moved"]["better"] for one in twin["models"]),
            "records": sum(sum(one[e] for e in SHOWN) for one in twin["items"] if one["open"]),
        },
    }
    return render_to_string("tunnel/report.html", context)


def _moves(model: Mapping[str, Any]) -> bool:
    """Whether anybody's grade changes, or the model itself begins or ends."""
    return any(count for word, count in model["moved"].items() if word != "same")
