"""Batches and their rows."""

import uuid
from typing import ClassVar

from django.db import models


class BatchState(models.TextChoices):
    """Where a batch 批次 stands."""

    SUBMITTED = "submitted", "待审核"
    RELEASING = "releasing", "正在入库"
    RELEASED = "released", "已入库"
    RETURNED = "returned", "已退回"


class RowState(models.TextChoices):
    """Where a row 数据行 stands. Every row of a file is in exactly one of these."""

    CLEAN = "clean", "通过校验"
    FAULTY = "faulty", "有误待改"
    QUARANTINED = "quarantined", "源文件损坏，已隔离"
    SUPERSEDED = "superseded", "已改正重报"
    AWAITING_MATCH = "awaiting_match", "待认定主体"
    RECORDED = "recorded", "已入库"
    KNOWN = "known", "已有相同信息"
    DIFFERS = "differs", "与已有信息不同"
    DECLINED = "declined", "不予关联"
    CORRECTED = "corrected", "已作为更正采纳"
    NOT_TAKEN = "not_taken", "不予采纳"


class Batch(models.Model):
    """One table of a file a unit submitted 批次, with what was found in it.

    `channel` says how it came, `corrects` the number of the batch whose bad rows it mends.
    `tally` holds counts: `states` of the rows when it was submitted, `found` per field, code and
    severity with the first lines, `filled` cells per field, and `unlisted`: rows that are not
    in `Row` because nobody has to do anything about them, by state.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    number = models.CharField(max_length=24, unique=True)
    item = models.CharField(max_length=64)
    unit = models.CharField(max_length=64)
    state = models.CharField(max_length=16, choices=BatchState.choices)
    channel = models.CharField(max_length=64, default="browser")
    corrects = models.CharField(max_length=24, blank=True)
    filename = models.CharField(max_length=255)
    sheet = models.CharField(max_length=255, blank=True)
    file_sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    layout = models.JSONField(default=dict)
    rows_read = models.PositiveIntegerField()
    tally = models.JSONField(default=dict)
    edition = models.CharField(max_length=64)
    submitted_by = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True)
    return_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        """A table is one batch; whoever submitted it cannot decide it."""

        indexes: ClassVar = [models.Index(fields=["unit", "state", "-submitted_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "item", "file_sha256", "sheet"],
                condition=~models.Q(state="returned"),
                name="one_batch_per_file",
            ),
            models.CheckConstraint(
                name="two_persons",
                condition=models.Q(decided_by="") | ~models.Q(decided_by=models.F("submitted_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Row(models.Model):
    """A line 数据行 somebody has to look at: as received, as understood, what was wrong with it.

    `amended` are the proposals accepted since: field, fault code, the text (not of a personal
    cell: that one is in `sealed`), by whom and when. A line that became a record without a look
    is not here: the record holds all of it, and names the batch and the line.
    """

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    received = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)
    state = models.CharField(max_length=16, choices=RowState.choices)
    faults = models.JSONField(default=list)
    amended = models.JSONField(default=list)
    evidence = models.JSONField(default=dict)
    subject = models.UUIDField(null=True)
    record = models.UUIDField(null=True)

    class Meta:
        """A line of a batch is stored once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "number"], name="one_row_per_line")
        ]
        indexes: ClassVar = [models.Index(fields=["batch", "state", "number"])]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.number}"


# Django looks for the models of a room in this module.
from chengxin.intake.ledger.models import (  # noqa: E402
    CountForm,
    CountReview,
    FoundDecision,
    Sample,
    SampledRow,
    SampleVerdict,
)

__all__ = [
    "Batch",
    "BatchState",
    "CountForm",
    "CountReview",
    "FoundDecision",
    "RememberedMapping",
    "Row",
    "RowState",
    "Sample",
    "SampleVerdict",
    "SampledRow",
]


# The tables of channels stand in a file of their own; Django looks for them from here.
from chengxin.intake.channels.models import Channel, ChannelEvent, Delivery  # noqa: E402, F401
from chengxin.intake.remembered import RememberedMapping  # noqa: E402
