"""When a notice counted as delivered."""

from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from uuid import UUID

from django.db import connection

from chengxin.kernel.copying import copy_out
from chengxin.kernel.zone import SHANGHAI
from chengxin.notices.models import Notice


def delivered_on(about: UUID) -> date | None:
    """First day on which a notice about this thing counts as delivered; None without one."""
    return delivered_on_many([about]).get(about)


def delivered_to(
    pairs: Iterable[tuple[UUID, UUID]], *, known: datetime | None = None
) -> dict[tuple[UUID, UUID], date]:
    """The same for many things, each with the one who is to be told of it; as known at a moment.

    Telling somebody else does not count: who a thing is about may have been settled anew since.
    """
    wanted = set(pairs)
    days: dict[tuple[UUID, UUID], date] = {}
    for notice in Notice.objects.filter(about__in={about for about, _ in wanted}):
        pair = (notice.about, notice.to_subject)
        for day in _days_known(notice, known):
            if pair in wanted and day is not None:
                days[pair] = min(day, days.get(pair, day))
    return days


def _days_known(notice: Notice, known: datetime | None) -> tuple[date | None, ...]:
    """The days that make a notice delivered, as far as they were known at a moment."""
    if known is None:
        return notice.deemed_delivered_on, notice.acknowledged_on
    if notice.posted_at > known:
        return ()
    # Without a moment it was noted before moments were kept: known from the day it names.
    at, on = notice.acknowledged_at, notice.acknowledged_on
    if at is None and on is not None:
        at = datetime.combine(on, time.min, tzinfo=SHANGHAI)
    return notice.deemed_delivered_on, on if at is not None and at <= known else None


def posted(about: UUID, to_subject: UUID) -> bool:
    """Whether a notice about this thing was ever posted to that subject."""
    return Notice.objects.filter(about=about, to_subject=to_subject).exists()


def delivered_on_many(abouts: Iterable[UUID]) -> dict[UUID, date]:
    """The same for many at once; things without a delivered notice are absent."""
    days: dict[UUID, date] = {}
    for notice in Notice.objects.filter(about__in=list(abouts)):
        for day in (notice.deemed_delivered_on, notice.acknowledged_on):
            if day is not None:
                days[notice.about] = min(day, days.get(notice.about, day))
    return days


def copy_delivered(target: Path) -> None:
    """Write about what, to whom and from which day every notice counts as delivered into a file.

    The same days `delivered_to` gives, for what goes over the whole register.
    """
    days = "min(LEAST(deemed_delivered_on, acknowledged_on))"
    query = (
        f"SELECT about, to_subject, {days} FROM notices_notice"  # noqa: S608  no text from outside
        " WHERE deemed_delivered_on IS NOT NULL OR acknowledged_on IS NOT NULL"
        " GROUP BY about, to_subject"
    )
    with connection.cursor() as cursor:
        copy_out(cursor, query, {}, target)


def about(notice_id: UUID) -> UUID | None:
    """What a notice is about; None if there is no such notice."""
    return Notice.objects.filter(id=notice_id).values_list("about", flat=True).first()
