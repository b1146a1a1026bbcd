"""The report on a month, and the course of a year."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from chengxin.kernel.actor import Actor
from chengxin.oversight.errors import NothingToShow
from chengxin.oversight.queries.lines import lines
from chengxin.oversight.rules.formulas import figures, measures
from chengxin.oversight.rules.ordering import ordered
from chengxin.oversight.values import Counts, Figure, Line, Measure, Month, Report, Standing
from chengxin.policy.values import Rulebook, Unit

POWER = "oversight.read"
WITH_POWERS = frozenset({"department", "county"})


def visible_units(by: Actor, book: Rulebook, *, unit: str = "") -> tuple[str, ...]:
    """The units whose quality an actor may see: its own, or all; or just the one asked for.

    Raises: `NotPermitted`; `NothingToShow` for a unit the rulebook does not list.
    """
    if unit:
        by.require(POWER, unit=unit)
        if unit not in book.units:
            raise NothingToShow(asked=unit)
        return (unit,)
    by.require(POWER, unit=by.unit)
    return tuple(book.units) if by.may(POWER, unit="") else (by.unit,)


def report(
    *, month: Month, by: Actor, on: date, book: Rulebook, unit: str = "", item: str = ""
) -> Report:
    """The report on a month 月度质量报告: of all units the actor may see, or of one.

    Raises: `NotPermitted`, `NothingToShow`.
    """
    units = visible_units(by, book, unit=unit)
    found = [one for one in lines(month, month, units=units, book=book) if item in ("", one.item)]
    chosen = measures(book, month.first)
    asked = [one for one in map(book.units.__getitem__, units) if one.kind in WITH_POWERS]
    heard = {one.unit for one in found if one.counts.get("provided") or one.aside.get("form")}
    silent = tuple(one.code for one in asked if one.code not in heard)
    return Report(
        month=month,
        made_on=on,
        edition=book.edition,
        measures=chosen,
        lines=tuple(found),
        standings=ordered(_standings(found, chosen), chosen),
        divisions=_divisions(found, chosen, book.units),
        city=figures(chosen, _sum(one.counts for one in found)),
        covered=len(asked) - len(silent),
        units=len(asked),
        silent=silent,
    )


def trend(
    *, last: Month, months: int, by: Actor, book: Rulebook, unit: str = ""
) -> Sequence[tuple[Month, Mapping[str, Figure]]]:
    """The figures of each month of a course of `months` up to `last`, the oldest first.

    Raises: `NotPermitted`, `NothingToShow`.
    """
    units = visible_units(by, book, unit=unit)
    first = last.back(months - 1)
    found: defaultdict[Month, list[Line]] = defaultdict(list)
    for one in lines(first, last, units=units, book=book):
        found[one.month].append(one)
    course = [last.back(back) for back in range(months - 1, -1, -1)]
    return [
        (month, figures(measures(book, month.first), _sum(one.counts for one in found[month])))
        for month in course
    ]


def _standings(found: Sequence[Line], chosen: tuple[Measure, ...]) -> list[Standing]:
    units = sorted({one.unit for one in found})
    standings = []
    for unit in units:
        own = [one for one in found if one.unit == unit]
        counts, aside = _sum(one.counts for one in own), _sum(one.aside for one in own)
        standings.append(Standing(unit, 0, figures(chosen, counts), counts, aside))
    return standings


def _divisions(
    found: Sequence[Line], chosen: tuple[Measure, ...], units: Mapping[str, Unit]
) -> dict[str, Mapping[str, Figure]]:
    """Figures per division 行政区划 of the units that sent: the city's own, and each county's."""
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        if one.unit in units:
            sums[units[one.unit].division].update(one.counts)
    return {division: figures(chosen, counts) for division, counts in sorted(sums.items())}


def _sum(all_counts: Iterable[Counts]) -> Counter[str]:
    total: Counter[str] = Counter()
    for counts in all_counts:
        total.update(counts)
    return total
