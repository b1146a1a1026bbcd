"""The geometry of a small line of twelve months; drawn by a template, no script needed."""

from collections.abc import Sequence
from dataclasses import dataclass

WHOLE = 100.0


@dataclass(frozen=True)
class Chart:
    """Lines as `points` of an SVG polyline, dots for months that stand alone, and the last one.

    The height is always the whole scale from 0 to 100 per cent, so that a small change looks
    small.
    """

    width: int
    height: int
    lines: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    last: tuple[float, float] | None


def chart(shares: Sequence[float | None], *, width: int = 220, height: int = 56) -> Chart:
    """A chart of shares in per cent, a month each; months without one break the line."""
    margin = 4
    step = (width - 2 * margin) / max(len(shares) - 1, 1)
    runs: list[list[tuple[float, float]]] = [[]]
    for at, share in enumerate(shares):
        if share is None:
            runs.append([])
            continue
        y = margin + (height - 2 * margin) * (1 - share / WHOLE)
        runs[-1].append((round(margin + at * step, 1), round(y, 1)))
    drawn = [run for run in runs if run]
    lines = tuple(" ".join(f"{x},{y}" for x, y in run) for run in drawn if len(run) > 1)
    dots = tuple(run[0] for run in drawn if len(run) == 1)
    return Chart(width, height, lines, dots, drawn[-1][-1] if drawn else None)
