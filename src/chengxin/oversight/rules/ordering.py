"""Putting units in order: by the share that came late and the share that was faulty, only.

A unit that sent too little to measure stands apart, without a place; nobody moves up by sending
more, and nobody moves down by sending less.
"""

from collections.abc import Iterable, Mapping, Sequence

from chengxin.oversight.values import Due, Figure, Measure, Standing

Loss = tuple[float, ...]


def ordered(standings: Iterable[Standing], measures: Sequence[Measure]) -> tuple[Standing, ...]:
    """Best first; equal shares share a place. Units without a share have place 0, by code."""
    ranking = [one.name for one in measures if one.ranks]
    # Being late comes before being faulty: the deadline is law, the check is ours.
    ranking.sort(key=lambda name: name != "lateness")
    given = sorted(standings, key=lambda one: one.unit)
    measured = [one for one in given if _loss(one.figures, ranking) is not None]
    apart = [one for one in given if _loss(one.figures, ranking) is None]
    measured.sort(key=lambda one: _loss(one.figures, ranking) or ())
    placed: list[Standing] = []
    for at, one in enumerate(measured):
        same = at and _loss(one.figures, ranking) == _loss(measured[at - 1].figures, ranking)
        place = placed[-1].place if same else at + 1
        placed.append(Standing(one.unit, place, one.figures, one.counts, one.aside))
    return (*placed, *apart)


def _loss(figures: Mapping[str, Figure], ranking: Sequence[str]) -> Loss | None:
    """What is lost on each ranking measure, in per cent; None if any cannot be computed."""
    loss: list[float] = []
    for name in ranking:
        one = figures[name]
        if one.percent is None:
            return None
        loss.append(100 - one.percent if one.measure.more_is_better else one.percent)
    return tuple(loss)


def by_risk(dues: Iterable[Due]) -> tuple[Due, ...]:
    """What can still be saved first, the nearest deadline on top; then what was missed last.

    How many rows it is about does not matter.
    """
    return tuple(sorted(dues, key=_risk))


def _risk(one: Due) -> tuple[bool, int, bool, str, str, str]:
    waiting = one.kind == "release"  # its clock has stopped: after what falls due the same day
    return one.overdue, abs(one.days_left), waiting, one.unit, one.kind, one.about
