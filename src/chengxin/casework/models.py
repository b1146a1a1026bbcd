"""Cases, what happened to them, their papers; and the daily proof of retention."""

from typing import ClassVar

from django.db import models

from chengxin.audit.schema import append_only, no_truncate
from chengxin.casework.rules.machines import ONCE
from chengxin.casework.schema import event_guard, head_guard
from chengxin.casework.values import Kind
from chengxin.register.models import Record
from chengxin.subjects.models import Subject

KINDS = tuple(kind.value for kind in Kind)


class Case(models.Model):
    """What a case is about, and where it stands: the latter moved by its events alone.

    `unit` is the unit that answers: the source of the record, or the centre. `field` is the doubted
    field, "" for the whole. `facts` are open; what was said is sealed in the events. `entered_by`
    is who entered the record. `due_on`: last day of the step under way, or of the time to ask for
    a review; `promised_on`: the day promised to the subject. Empty beyond the calendar.
    """

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=16)
    record = models.ForeignKey(
        Record, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.CharField(max_length=64)
    field = models.CharField(max_length=64, blank=True)
    ground = models.CharField(max_length=32, blank=True)
    facts = models.JSONField(default=dict)
    basis = models.CharField(max_length=400)
    edition = models.CharField(max_length=64)
    entered_by = models.CharField(max_length=64, blank=True)
    filed_on = models.DateField()
    filed_at = models.DateTimeField()
    state = models.CharField(max_length=16)
    open = models.BooleanField()
    turn = models.CharField(max_length=8)
    due_on = models.DateField(null=True)
    promised_on = models.DateField(null=True)
    last_on = models.DateField()

    class Meta:
        """One open case of a kind about one field of a record."""

        indexes: ClassVar = [
            models.Index(fields=["record", "kind"], name="casework_of_record"),
            models.Index(fields=["subject", "-filed_at"], name="casework_of_subject"),
            models.Index(
                fields=["unit", "turn", "due_on"],
                condition=models.Q(open=True),
                name="casework_waiting",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="known_kind", condition=models.Q(kind__in=KINDS)),
            models.CheckConstraint(
                name="about_a_record",
                condition=models.Q(record__isnull=False)
                | models.Q(kind__in=(Kind.COMPLAINT.value, Kind.INFRINGEMENT.value)),
            ),
            models.UniqueConstraint(
                fields=["record", "kind", "field"],
                condition=models.Q(open=True),
                name="one_open_case_each",
            ),
        ]
        triggers: ClassVar = [*head_guard(), no_truncate()]

    def __str__(self) -> str:
        return self.number


class CaseEvent(models.Model):
    """One step of a case. `reason` is told to the subject; `sealed` holds what a subject said."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events", db_index=False)
    move = models.CharField(max_length=16)
    state = models.CharField(max_length=16)
    turn = models.CharField(max_length=8)
    due_on = models.DateField(null=True)
    promised_on = models.DateField(null=True)
    effective_on = models.DateField()
    known_at = models.DateTimeField()
    login = models.CharField(max_length=64)
    unit = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=2000, blank=True)
    facts = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)
    basis = models.CharField(max_length=1000)
    edition = models.CharField(max_length=64)

    class Meta:
        """Only the moves of the table: see `schema`."""

        indexes: ClassVar = [models.Index(fields=["case", "id"], name="life_of_case")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "move"],
                condition=models.Q(move__in=sorted(one.value for one in ONCE)),
                name="review_once",
            ),
        ]
        triggers: ClassVar = [*append_only(), event_guard()]

    def __str__(self) -> str:
        return f"{self.move} of {self.case_id}"


class CasePaper(models.Model):
    """A file somebody put into a case 证据材料: sealed in the store, its name sealed here."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    sealed_name = models.BinaryField()
    media_type = models.CharField(max_length=32)
    size = models.PositiveIntegerField()
    content_sha256 = models.CharField(max_length=64)
    stored_sha256 = models.CharField(max_length=64)
    login = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    class Meta:
        """What was handed in stays as it was."""

        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return str(self.id)


class RetentionProof(models.Model):
    """What a daily proof 留存证明 found, and where the log has it."""

    on = models.DateField()
    looked_at = models.PositiveBigIntegerField()
    past_end = models.PositiveBigIntegerField()
    shown_past = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    sequence = models.BigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        """A proof is never rewritten."""

        indexes: ClassVar = [models.Index(fields=["-on", "-id"], name="retention_latest")]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"retention {self.on}"
