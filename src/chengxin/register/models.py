"""Records, their events, whose they are, and checks of that."""

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models

from chengxin.audit.schema import append_only
from chengxin.subjects.models import Subject

_SAME_SIDE = """
IF NEW.subject_id IS NOT NULL AND (
    SELECT (subject.kind = 'natural_person') <> (record.subject_kind = 'natural_person')
        OR subject.kind <> NEW.subject_kind
    FROM subjects_subject AS subject, register_record AS record
    WHERE subject.id = NEW.subject_id AND record.id = NEW.record_id
) THEN
    RAISE EXCEPTION 'a record of a person and an organisation''s are never exchanged';
END IF;
RETURN NEW;
"""

# One search per row of the statement, in the order they come; a foreign key would besides queue
# every row until the transaction ends, and lock and write the row it refers to.
_REFERS = """
IF EXISTS (
    SELECT FROM added WHERE (SELECT true FROM {table} WHERE id = added.{column}) IS NULL
) THEN
    RAISE foreign_key_violation USING MESSAGE = '{column} refers to nothing in {table}';
END IF;
RETURN NULL;
"""


def _refers(column: str, table: str) -> pgtrigger.Trigger:
    """What a foreign key would say of rows that come, checked statement by statement.

    Enough where both tables are append-only, or what is referred to is never deleted.
    """
    return pgtrigger.Trigger(
        name="refers_to",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="added"),  # type: ignore[no-untyped-call]
        func=_REFERS.format(table=table, column=column),
    )


class EventKind(models.TextChoices):
    """What happened to a record 信息变动."""

    RECORDED = "recorded", "入库"
    CORRECTED = "corrected", "更正"
    REVOKED = "revoked", "撤销"
    PUBLICATION_ENDED = "publication_ended", "停止公示"
    CHECK_OPENED = "check_opened", "开始核查"
    CHECK_CLOSED = "check_closed", "核查结束"
    MARKED = "marked", "标注"
    UNMARKED = "unmarked", "取消标注"
    SHIELDED = "shielded", "暂时屏蔽"
    SHIELD_ENDED = "shield_ended", "屏蔽结束"
    SEALED = "sealed", "封存"
    RESUMED = "resumed", "恢复公示"


class CaseState(models.TextChoices):
    """Where a check of a link 关联核查 stands."""

    OPEN = "open", "核查中"
    UPHELD = "upheld", "属实，已撤销关联"
    NOT_UPHELD = "not_upheld", "不属实，维持关联"


class Record(models.Model):
    """One decision of an authority about one subject: the part that never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    item = models.CharField(max_length=64)
    # Found by the index on (subject, item, decided_on); one of its own would only slow a load.
    subject = models.ForeignKey(
        Subject,
        on_delete=models.PROTECT,
        related_name="records",
        db_index=False,
        db_constraint=False,
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
        triggers: ClassVar = [*append_only(), _refers("subject_id", "subjects_subject")]

    def __str__(self) -> str:
        return f"{self.item} {self.document_number}"


class RecordEvent(models.Model):
    """One event in a record's life, on both clocks.

    `facts` are the whole open facts after the event (not a difference); `sealed` likewise the
    personal ones.
    """

    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(
        Record,
        on_delete=models.PROTECT,
        related_name="events",
        db_index=False,
        db_constraint=False,
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

        indexes: ClassVar = [
            models.Index(fields=["record", "known_at", "id"]),
            # What changed since a moment: few events, beside one "recorded" of every record.
            models.Index(
                fields=["known_at"],
                condition=~models.Q(kind=EventKind.RECORDED),
                name="later_events",
            ),
        ]
        triggers: ClassVar = [*append_only(), _refers("record_id", "register_record")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.record_id}"


class RecordLink(models.Model):
    """Whose a record is 关联, each time that changed after it came in; append-only.

    `Record.subject` is the first link. `subject` empty: nobody's, until a person has settled it.
    A link is known from a moment; it has no day of its own: a wrong one was wrong from the start.
    """

    id = models.UUIDField(primary_key=True)
    record = models.ForeignKey(
        Record, on_delete=models.PROTECT, related_name="links", db_index=False
    )
    subject = models.ForeignKey(
        Subject, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    subject_kind = models.CharField(max_length=16, blank=True)
    known_at = models.DateTimeField()
    evidence = models.JSONField(default=dict)
    reason = models.CharField(max_length=500)
    basis = models.CharField(max_length=400)
    login = models.CharField(max_length=64)
    unit = models.CharField(max_length=64)
    edition = models.CharField(max_length=64)

    class Meta:
        """What was a person's never becomes an organisation's by a link, nor the reverse."""

        indexes: ClassVar = [
            models.Index(fields=["record", "known_at", "id"], name="link_of_record"),
            models.Index(
                fields=["subject"], condition=models.Q(subject__isnull=False), name="link_to"
            ),
        ]
        triggers: ClassVar = [
            *append_only(),
            pgtrigger.Trigger(
                name="same_side",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_SAME_SIDE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} of {self.subject_id}"


class LinkCase(models.Model):
    """A subject says a record is not about it “不是我”: what it said, and what was decided.

    `sealed` holds who spoke for the subject and what they said. `suspends`: the record is hidden
    until the decision. `due_on` is empty beyond the working-day calendar.
    """

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=24, unique=True)
    record = models.ForeignKey(
        Record, on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.CharField(max_length=64)
    state = models.CharField(max_length=16, choices=CaseState.choices)
    suspends = models.BooleanField()
    sealed = models.BinaryField()
    basis = models.CharField(max_length=400)
    edition = models.CharField(max_length=64)
    opened_by = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        """One open case per record, decided once, and not by who took it in."""

        indexes: ClassVar = [
            models.Index(fields=["record", "opened_at"], name="case_of_record"),
            models.Index(fields=["state", "due_on"], name="case_waiting"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record"], condition=models.Q(state="open"), name="one_open_case"
            ),
            models.CheckConstraint(
                name="another_officer_decides",
                condition=models.Q(decided_by="") | ~models.Q(decided_by=models.F("opened_by")),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="decided_once",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="open")
                | pgtrigger.Q(old__record__df=pgtrigger.F("new__record"))
                | pgtrigger.Q(old__subject__df=pgtrigger.F("new__subject"))
                | pgtrigger.Q(old__sealed__df=pgtrigger.F("new__sealed"))
                | pgtrigger.Q(old__opened_by__df=pgtrigger.F("new__opened_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.number
