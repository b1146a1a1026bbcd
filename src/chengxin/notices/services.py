"""Posting notices and taking their acknowledgement."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, transaction

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.copying import copy_into, repeated
from chengxin.kernel.uuids import part_of, time_ordered
from chengxin.notices.models import Channel, Notice
from chengxin.notices.values import Draft


def post_many(drafts: Iterable[Draft]) -> int:
    """Write the notices of an act in the act's own transaction; the act notes itself.

    Returns: how many were written.
    """
    moment = now()
    rows = [
        Notice(
            about=draft.about,
            to_subject=draft.to_subject,
            template=draft.template,
            channel=Channel.SERVED if draft.served else Channel.INBOX,
            facts=dict(draft.facts),
            basis=draft.basis,
            posted_at=moment,
            deemed_delivered_on=draft.delivered_on,
        )
        for draft in drafts
    ]
    Notice.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


def post_table(table: pa.Table, *, template: str, basis: str) -> int:
    """Write many notices of one kind, like `post_many`, by COPY.

    `table` has the texts `about`, `to_subject` and `facts` (JSON) and the day `delivered_on`
    (NULL for one that waits in the outbox). Returns: how many were written.
    """
    rows: int = table.num_rows
    moment = now()
    whole = time_ordered(moment)
    served = table["delivered_on"].is_valid()
    columns = {
        "id": pa.array([str(part_of(whole, number)) for number in range(rows)]),
        "about": table["about"],
        "to_subject": table["to_subject"],
        "template": repeated(template, rows),
        "channel": pc.if_else(served, Channel.SERVED.value, Channel.INBOX.value),
        "facts": table["facts"],
        "basis": repeated(basis, rows),
        "posted_at": pa.repeat(pa.scalar(moment, pa.timestamp("us", tz="UTC")), rows),
        "deemed_delivered_on": table["delivered_on"],
    }
    with connection.cursor() as cursor:
        return copy_into(cursor, Notice._meta.db_table, pa.table(columns))  # noqa: SLF001


@transaction.atomic
def acknowledge(*, notice_id: UUID, by: Actor, on: date) -> Notice:
    """The subject has received the notice 签收; it counts as delivered from `on`."""
    notice = Notice.objects.select_for_update().get(id=notice_id)
    by.require("notices.acknowledge")
    if notice.acknowledged_on is None:
        notice.acknowledged_on = on
        notice.save(update_fields=["acknowledged_on"])
        audit.note(by=by, verb="notices.acknowledge", target=f"notice:{notice.id}")
    return notice
