"""Looks that no business explains 疑似违规查看: flags looks, never people; a person judges each.

A look is *accounted for* when its officer did something to that record or subject within some
days of it (a correction, a case, a decision: the log of acts tells). One that is not is ordinary
by itself; it is flagged when it also was made at night or on a rest day, or in bulk, or came back
on several days, or went for sealed fields of another unit's record. What counts as night, bulk
and often stands in the rulebook (parameters `snooping.*`).
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID


class Sign(StrEnum):
    """What makes an unaccounted look stand out."""

    NIGHT = "night"
    BULK = "bulk"
    REPEATED = "repeated"
    FOREIGN_SEALED = "foreign_sealed"


SIGN_WORDS: Mapping[Sign, tuple[str, str]] = {
    Sign.NIGHT: ("夜间或休息日查看", "at night or on a rest day"),
    Sign.BULK: ("短时间大量查看", "many subjects in a short time"),
    Sign.REPEATED: ("多日反复查看同一主体", "the same subject on several days"),
    Sign.FOREIGN_SEALED: ("查看其他单位信息的加密内容", "sealed fields of another unit's record"),
}


@dataclass(frozen=True)
class Limits:
    """The rulebook's numbers, one of each parameter `snooping.*`."""

    day_starts: int
    day_ends: int
    subjects_an_hour: int
    days_in_window: int
    window_days: int
    act_within_days: int


@dataclass(frozen=True)
class Seen:
    """A look as far as the judgement needs it; `at` in Beijing time, `owner` the record's unit."""

    id: UUID
    at: datetime
    login: str
    unit: str
    subject: UUID
    record: UUID | None
    sensitive: bool
    owner: str = ""


Acts = Mapping[tuple[str, UUID], Sequence[datetime]]
"""Login and record or subject → moments at which it did something to it, ascending."""


def flagged(
    looks: Iterable[Seen], acts: Acts, limits: Limits, *, rests: Callable[[date], bool]
) -> Iterator[tuple[Seen, tuple[Sign, ...]]]:
    """The looks that stand out, each with why, in the order of their officers and time.

    `rests` says whether a day is no working day.
    """
    window = timedelta(days=limits.act_within_days)
    loose: dict[str, list[Seen]] = defaultdict(list)
    for look in looks:
        if not _accounted(look, acts, window):
            loose[look.login].append(look)
    for login in sorted(loose):
        yield from _of_one(sorted(loose[login], key=lambda one: one.at), limits, rests)


def _accounted(look: Seen, acts: Acts, window: timedelta) -> bool:
    for target in (look.record, look.subject):
        moments = acts.get((look.login, target), ()) if target else ()
        if bisect_left(moments, look.at - window) < bisect_right(moments, look.at + window):
            return True
    return False


def _of_one(
    looks: Sequence[Seen], limits: Limits, rests: Callable[[date], bool]
) -> Iterator[tuple[Seen, tuple[Sign, ...]]]:
    awake, asleep = limits.day_starts, limits.day_ends
    bulk, repeated = _bulk(looks, limits), _repeated(looks, limits)
    for look in looks:
        hour = look.at.hour
        signs = [
            sign
            for sign, stands in (
                (Sign.NIGHT, not awake <= hour < asleep or rests(look.at.date())),
                (Sign.BULK, look.id in bulk),
                (Sign.REPEATED, look.id in repeated),
                (Sign.FOREIGN_SEALED, look.sensitive and look.owner not in ("", look.unit)),
            )
            if stands
        ]
        if signs:
            yield look, tuple(signs)


def _bulk(looks: Sequence[Seen], limits: Limits) -> set[UUID]:
    """Looks of any hour in which more subjects were looked at than is usual."""
    found: set[UUID] = set()
    start, inside = 0, defaultdict[UUID, int](int)
    for end, look in enumerate(looks):
        inside[look.subject] += 1
        while look.at - looks[start].at > timedelta(hours=1):
            inside[looks[start].subject] -= 1
            if not inside[looks[start].subject]:
                del inside[looks[start].subject]
            start += 1
        if len(inside) > limits.subjects_an_hour:
            found.update(one.id for one in looks[start : end + 1])
    return found


def _repeated(looks: Sequence[Seen], limits: Limits) -> set[UUID]:
    """Looks at a subject the officer came back to on more days within a month than is usual."""
    found: set[UUID] = set()
    by_subject: dict[UUID, list[Seen]] = defaultdict(list)
    for look in looks:
        by_subject[look.subject].append(look)
    for some in by_subject.values():
        for first in some:
            month = [
                one
                for one in some
                if timedelta()
                <= one.at.date() - first.at.date()
                < timedelta(days=limits.window_days)
            ]
            if len({one.at.date() for one in month}) > limits.days_in_window:
                found.update(one.id for one in month)
    return found
