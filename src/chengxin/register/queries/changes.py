"""What changed about records since a moment, asked of the whole register."""

from datetime import datetime

from django.db.models import Max

from chengxin.register.models import EventKind, RecordEvent, RecordLink


def changed_since(moment: datetime) -> dict[str, datetime]:
    """The records something happened to after `moment`, each with when it last did.

    Coming in does not count: a record that is new changed nothing that was known.
    """
    later = (
        RecordEvent.objects.filter(known_at__gt=moment)
        .exclude(kind=EventKind.RECORDED)
        .values_list("record_id")
        .annotate(last=Max("known_at"))
    )
    moved = (
        RecordLink.objects.filter(known_at__gt=moment)
        .values_list("record_id")
        .annotate(last=Max("known_at"))
    )
    found: dict[str, datetime] = {}
    for record, last in (*later, *moved):
        key = str(record)
        found[key] = max(last, found.get(key, last))
    return found
