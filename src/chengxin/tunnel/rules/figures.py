"""The geometry of a report's pictures; a template draws them, without any script."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

WIDTH: Final = 640
HEIGHT: Final = 240
BAR: Final = 16
GAP: Final = 10
SIDE: Final = 116
"""Room for the words on either side of the flow."""
LEAST: Final = 2.5
NONE: Final = ""
ORDER: Final = ("same", "began", "ceased", "better", "worse")

Row = Mapping[str, Any]


def flow(rows: Sequence[Row], order: Sequence[str]) -> dict[str, Any]:
    """Grades before at the left, after at the right, a ribbon for each move between them.

    `rows` have before, after (None: no grade), direction and count; `order` is best first. Heights
    follow the counts; whatever there is can be seen.
    """
    sides = {}
    for side in ("before", "after"):
        counts: dict[str, int] = {}
        for row in rows:
            code = row[side] or NONE
            counts[code] = counts.get(code, 0) + row["count"]
        places = [*order, *sorted(set(counts) - set(order) - {NONE}), NONE]
        sides[side] = _stack([(code, counts[code]) for code in places if code in counts])
    ribbons = []
    used = {side: {code: one["y"] for code, one in nodes.items()} for side, nodes in sides.items()}
    for row in sorted(rows, key=lambda one: _place(one, order)):
        ends = []
        for side in ("before", "after"):
            node = sides[side][row[side] or NONE]
            high = node["height"] * row["count"] / node["count"]
            ends.append((used[side][row[side] or NONE], high))
            used[side][row[side] or NONE] += high
        ribbons.append({**row, "path": _ribbon(*ends)})
    ribbons.sort(key=lambda one: ORDER.index(one["direction"]))
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "bar": BAR,
        "left": SIDE,
        "right": WIDTH - SIDE - BAR,
        "before": [{"code": code, **one} for code, one in sides["before"].items()],
        "after": [{"code": code, **one} for code, one in sides["after"].items()],
        "ribbons": ribbons,
    }


def _place(row: Row, order: Sequence[str]) -> tuple[int, int]:
    known = {code: place for place, code in enumerate(order)}
    return tuple(known.get(row[side] or NONE, len(known)) for side in ("before", "after"))  # type: ignore[return-value]


def _stack(counts: Sequence[tuple[str, int]]) -> dict[str, dict[str, Any]]:
    whole = sum(count for _, count in counts) or 1
    room = HEIGHT - GAP * (len(counts) - 1)
    raw = {code: max(room * count / whole, LEAST * 2) for code, count in counts}
    shrink = room / (sum(raw.values()) or 1)
    y, found = 0.0, {}
    for code, count in counts:
        height = round(raw[code] * shrink, 2)
        found[code] = {"count": count, "y": round(y, 2), "height": height,
                       "middle": round(y + height / 2, 2)}  # fmt: skip
        y += height + GAP
    return found


def _ribbon(early: tuple[float, float], late: tuple[float, float]) -> str:
    left, right, middle = SIDE + BAR, WIDTH - SIDE - BAR, WIDTH / 2
    (y1, h1), (y2, h2) = early, late
    h1, h2 = max(h1, LEAST / 2), max(h2, LEAST / 2)
    return (
        f"M{left},{y1:.2f} C{middle},{y1:.2f} {middle},{y2:.2f} {right},{y2:.2f}"
        f" L{right},{y2 + h2:.2f} C{middle},{y2 + h2:.2f} {middle},{y1 + h1:.2f}"
        f" {left},{y1 + h1:.2f} Z"
    )


def bars(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows with bars to the left for worse and to the right for better, on one scale."""
    top = max((max(one["worse"], one["better"]) for one in rows), default=0) or 1
    return [
        {
            **one,
            "left": round(50 * (1 - one["worse"] / top), 2),
            "left_width": round(50 * one["worse"] / top, 2),
            "right_width": round(50 * one["better"] / top, 2),
        }
        for one in rows
        if one["evaluated"]
    ]


def gauge(line: Row) -> dict[str, Any]:
    """How far a line of the budget is used: the mark stands at two thirds of the scale."""
    limit = line["limit"]
    found = 100 * line["found"] / line["of"] if line["of"] else line["found"]
    if line["unit"] == "percent" and not line["of"]:
        found = 0
    share = found / limit if limit else (0.0 if not found else 1.5)
    return {**line, "width": round(min(share, 1.5) * 200 / 3, 2), "mark": round(200 / 3, 2)}


def stacks(rows: Sequence[Row], parts: Sequence[str]) -> list[dict[str, Any]]:
    """Rows with one bar of parts each, all on the scale of the longest."""
    top = max((sum(one[part] for part in parts) for one in rows), default=0) or 1
    found = []
    for one in rows:
        x, pieces = 0.0, []
        for part in parts:
            width = 100 * one[part] / top
            pieces.append({"part": part, "x": round(x, 2), "width": round(width, 2)})
            x += width
        found.append({**one, "pieces": pieces})
    return found
