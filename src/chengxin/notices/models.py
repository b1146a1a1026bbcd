"""The outbox."""

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models


class Channel(models.TextChoices):
    """How a notice reaches its subject."""

    SERVED = "served", "随决定书送达"
    INBOX = "inbox", "站内信"


class Notice(models.Model):
    """One notice 告知 to one subject about one thing.

    `deemed_delivered_on` is set when the notice is written and never moves: the day of service,
    or the day a channel's rule says; empty while no channel has carried it. `acknowledged_on` may
    only be filled once and makes delivery earlier, never later; `acknowledged_at` is when that
    became known here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    about = models.UUIDField()
    to_subject = models.UUIDField()
    template = models.CharField(max_length=64)
    channel = models.CharField(max_length=16, choices=Channel.choices)
    facts = models.JSONField(default=dict)
    basis = models.CharField(max_length=400)
    posted_at = models.DateTimeField()
    deemed_delivered_on = models.DateField(null=True)
    acknowledged_on = models.DateField(null=True)
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        """A notice, once posted, can only be acknowledged."""

        indexes: ClassVar = [models.Index(fields=["about"]), models.Index(fields=["to_subject"])]
        triggers: ClassVar = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="only_acknowledged",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__acknowledged_on__isnull=False)
                | pgtrigger.Q(new__acknowledged_on__isnull=True)
                | pgtrigger.Q(old__deemed_delivered_on__df=pgtrigger.F("new__deemed_delivered_on"))
                | pgtrigger.Q(old__about__df=pgtrigger.F("new__about"))
                | pgtrigger.Q(old__to_subject__df=pgtrigger.F("new__to_subject")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} about {self.about}"
