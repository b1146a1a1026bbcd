"""When a notice counted as delivered."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from chengxin.notices.models import Notice


def delivered_on(about: UUID) -> date | None:
    """First day on which a notice about this thing counts as delivered; None without one."""
    return delivered_on_many([about]).get(about)


def delivered_on_many(abouts: Iterable[UUID]) -> dict[UUID, date]:
    """The same for many at once; things without a delivered notice are absent."""
    days: dict[UUID, date] = {}
    for notice in Notice.objects.filter(about__in=list(abouts)):
        for day in (notice.deemed_delivered_on, notice.acknowledged_on):
            if day is not None:
                days[notice.about] = min(day, days.get(notice.about, day))
    return days
