"""List entries, measures, and what happened to them: append-only, on two clocks."""

import uuid
from typing import ClassVar

from django.db import models

from chengxin.audit.schema import append_only
from chengxin.measures.schema import entry_guard, measure_guard
from chengxin.register.models import Record
from chengxin.subjects.models import Subject

ACTS = ("notified", "stated", "heard", "decided", "dropped", "served", "removed", "revoked")
ONCE = ("notified", "heard", "decided", "served")
MEASURE_ACTS = ("imposed", "declined", "acknowledged", "fed_back")
MEASURE_ONCE = ("imposed", "declined", "acknowledged")


class ListEntry(models.Model):
    """A draft to enter a subject in a list 拟列入: the part that never changes.

    `record` is the id the entry will have in the register once it takes effect. `exemption`, if
    any, is the law under which no notice of ours is needed. `waiting_days` are working days.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    list_code = models.CharField(max_length=64)
    attempt = models.PositiveSmallIntegerField(default=1)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject_kind = models.CharField(max_length=16)
    evidence = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+", db_index=False)
    record = models.UUIDField(unique=True)
    unit = models.CharField(max_length=64)
    facts = models.CharField(max_length=2000)
    reason = models.CharField(max_length=2000)
    basis = models.CharField(max_length=1000)
    exemption = models.CharField(max_length=400, blank=True)
    waiting_days = models.PositiveSmallIntegerField()
    edition = models.CharField(max_length=64)
    proposed_by = models.CharField(max_length=64)
    proposed_on = models.DateField()
    proposed_at = models.DateTimeField()

    class Meta:
        """Never about a natural person; always with a reason, a law and a waiting time."""

        indexes: ClassVar = [
            models.Index(fields=["subject", "list_code"], name="entry_of_subject"),
            models.Index(fields=["unit", "-proposed_at"], name="entry_of_unit"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "list_code", "attempt"], name="one_attempt"),
            models.CheckConstraint(
                name="no_person_is_listed", condition=~models.Q(subject_kind="natural_person")
            ),
            models.CheckConstraint(
                name="entry_has_its_grounds",
                condition=~models.Q(reason="") & ~models.Q(basis="") & ~models.Q(proposed_by=""),
            ),
            models.CheckConstraint(
                name="entry_waits",
                condition=models.Q(waiting_days__gte=1) | ~models.Q(exemption=""),
            ),
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.list_code} {self.subject_id}"


class EntryEvent(models.Model):
    """One event in an entry's life. `sealed`: what the subject said, as it was said."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(
        ListEntry, on_delete=models.PROTECT, related_name="events", db_index=False
    )
    kind = models.CharField(max_length=16)
    effective_on = models.DateField()
    known_at = models.DateTimeField()
    login = models.CharField(max_length=64)
    unit = models.CharField(max_length=64)
    reason = models.CharField(max_length=2000, blank=True)
    remedy = models.CharField(max_length=1000, blank=True)
    document_number = models.CharField(max_length=200, blank=True)
    approval = models.CharField(max_length=200, blank=True)
    told_on = models.DateField(null=True)
    waits_until = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    hearing = models.BooleanField(default=False)
    sealed = models.BinaryField(null=True)
    basis = models.CharField(max_length=1000)
    edition = models.CharField(max_length=64)

    class Meta:
        """No notice, no effect: see `schema`."""

        indexes: ClassVar = [models.Index(fields=["entry", "known_at", "id"], name="life_of_entry")]
        constraints: ClassVar = [
            models.CheckConstraint(name="known_entry_act", condition=models.Q(kind__in=ACTS)),
            models.UniqueConstraint(
                fields=["entry", "kind"], condition=models.Q(kind__in=ONCE), name="done_once"
            ),
        ]
        triggers: ClassVar = [*append_only(), entry_guard()]

    def __str__(self) -> str:
        return f"{self.kind} of {self.entry_id}"


class MeasureCase(models.Model):
    """A proposal 拟采取措施 that follows from a record of a list: the part that never changes.

    `executor` would carry it out; `unit` decides: whose list it is, or, where the list is another
    authority's and only mirrored here, the executor itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    measure = models.CharField(max_length=64)
    effect = models.CharField(max_length=16)
    list_code = models.CharField(max_length=64)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject_kind = models.CharField(max_length=16)
    unit = models.CharField(max_length=64)
    executor = models.CharField(max_length=64)
    basis = models.CharField(max_length=1000)
    exemption = models.CharField(max_length=400, blank=True)
    waiting_days = models.PositiveSmallIntegerField()
    edition = models.CharField(max_length=64)
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()

    class Meta:
        """Never about a natural person; each measure once per entry and executing unit."""

        indexes: ClassVar = [
            models.Index(fields=["executor", "-proposed_at"], name="measure_of_executor"),
            models.Index(fields=["unit", "-proposed_at"], name="measure_of_unit"),
            models.Index(fields=["subject"], name="measure_of_subject"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record", "measure", "executor"], name="one_measure_per_entry"
            ),
            models.CheckConstraint(
                name="no_measure_against_a_person",
                condition=~models.Q(subject_kind="natural_person"),
            ),
            models.CheckConstraint(name="measure_has_its_law", condition=~models.Q(basis="")),
            models.CheckConstraint(
                name="constraint_waits",
                condition=models.Q(effect="incentive")
                | models.Q(waiting_days__gte=1)
                | ~models.Q(exemption=""),
            ),
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.measure} of {self.record_id}"


class MeasureEvent(models.Model):
    """One event in a measure's life."""

    id = models.BigAutoField(primary_key=True)
    measure = models.ForeignKey(
        MeasureCase, on_delete=models.PROTECT, related_name="events", db_index=False
    )
    kind = models.CharField(max_length=16)
    effective_on = models.DateField()
    known_at = models.DateTimeField()
    login = models.CharField(max_length=64)
    unit = models.CharField(max_length=64)
    reason = models.CharField(max_length=2000, blank=True)
    remedy = models.CharField(max_length=1000, blank=True)
    told_on = models.DateField(null=True)
    waits_until = models.DateField(null=True)
    basis = models.CharField(max_length=1000)
    edition = models.CharField(max_length=64)

    class Meta:
        """No notice, no effect: see `schema`."""

        indexes: ClassVar = [
            models.Index(fields=["measure", "known_at", "id"], name="life_of_measure")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="known_measure_act", condition=models.Q(kind__in=MEASURE_ACTS)
            ),
            models.UniqueConstraint(
                fields=["measure", "kind"],
                condition=models.Q(kind__in=MEASURE_ONCE),
                name="measure_done_once",
            ),
        ]
        triggers: ClassVar = [*append_only(), measure_guard()]

    def __str__(self) -> str:
        return f"{self.kind} of {self.measure_id}"
