"""Who holds records of an item: index probes, however many records there are."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.db import connection

from chengxin.register.models import RecordLink

_NEWEST: Final = """
SELECT one.id FROM unnest(%(subjects)s::uuid[]) AS subject (id), LATERAL (
  SELECT id FROM register_record
  WHERE subject_id = subject.id AND item = %(item)s AND disclosure = 'public'
  ORDER BY decided_on DESC, id LIMIT %(limit)s
) AS one
"""
_BEARERS: Final = """
SELECT subject_id FROM register_record WHERE item = %s AND disclosure = 'public' LIMIT %s
"""


def newest(subjects: Sequence[UUID], *, item: str, limit: int) -> list[UUID]:
    """The records of an item decided last about each subject, `limit` of each; open classes only.

    Those linked to one of them later are there too; whose a record is now, its state tells.
    """
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"subjects": list(subjects), "item": item, "limit": limit}
        cursor.execute(_NEWEST, asked)
        found = [one for (one,) in cursor.fetchall()]
    moved = RecordLink.objects.filter(subject__in=subjects, record__item=item)
    return list(dict.fromkeys([*found, *moved.values_list("record_id", flat=True)]))


def bearers(item: str, *, limit: int) -> list[UUID] | None:
    """Every subject that a public record of an item is or was about; None if there are more.

    Counted in records, so that no more of them than `limit` are ever read.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BEARERS, [item, limit + 1])
        first = [one for (one,) in cursor.fetchall()]
    if len(first) > limit:
        return None
    moved = RecordLink.objects.filter(record__item=item, subject__isnull=False)
    later = moved.values_list("subject_id", flat=True)[: limit + 1]
    found = {*first, *(one for one in later if one is not None)}
    return sorted(found) if len(found) <= limit else None
