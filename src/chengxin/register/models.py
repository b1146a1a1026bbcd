"""Records and their events."""

import uuid
from typing import ClassVar

from django.db import models

from chengxin.audit.schema import append_only
from chengxin.subjects.models import Subject


class EventKind(models.TextChoices):
    """What happened to a record 信息变动."""

    RECORDED = "recorded", "入库"
    CORRECTED = "corrected", "更正"
    REVOKED = "revoked", "撤销"
    PUBLICATION_ENDED = "publication_ended", "停止公示"


class Record(models.Model):
    """One decision of an authority about one subject: the part that never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    item = models.CharField(max_length=64)
    # Found by the index on (subject, item, decided_on); one of its own would only slow a load.
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, related_name="records", db_index=False
    )
    subject_kind = models.CharField(max_length=16)
    unit = models.CharField(max_length=64)
    natural_key = models.CharField(max_length=64)
    adverse = models.BooleanField()
    disclosure = models.CharField(max_length=16)
    decided_on = models.DateField()
    document_number = models.CharField(max_length=200)
    batch = models.UUIDField()
    row = models.PositiveIntegerField()
    file_sha256 = models.CharField(max_length=64)
    link_evidence = models.JSONField(default=dict)
    edition = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        """No record about a natural person is public."""

        indexes: ClassVar = [
            models.Index(fields=["subject", "item", "-decided_on"]),
            models.Index(fields=["item", "-recorded_at"]),
            models.Index(fields=["unit", "item"]),
            models.Index(fields=["document_number"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["natural_key"], name="one_record_per_act"),
            models.CheckConstraint(
                name="no_person_is_public",
                condition=~models.Q(subject_kind="natural_person") | ~models.Q(disclosure="public"),
            ),
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.item} {self.document_number}"


class RecordEvent(models.Model):
    """One event in a record's life, on both clocks.

    `facts` are the whole open facts after the event (not a difference); `sealed` likewise the
    personal ones.
    """

    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(
        Record, on_delete=models.PROTECT, related_name="events", db_index=False
    )
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    effective_on = models.DateField()
    known_at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    basis = models.CharField(max_length=400)
    login = models.CharField(max_length=64)
    unit = models.CharField(max_length=64)
    edition = models.CharField(max_length=64)

    class Meta:
        """Read per record, in the order known."""

        indexes: ClassVar = [models.Index(fields=["record", "known_at", "id"])]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.kind} of {self.record_id}"
