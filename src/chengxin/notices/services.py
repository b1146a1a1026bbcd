"""Posting notices and taking their acknowledgement."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
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
