"""Measures and what happened to them; append-only."""

import uuid
from typing import ClassVar

from django.db import models

from chengxin.audit.schema import append_only
from chengxin.measures.models.guards import measure_guard
from chengxin.register.models import Record
from chengxin.subjects.models import Subject

ACTS = ("imposed", "declined", "acknowledged", "fed_back")
ONCE = ("imposed", "declined", "acknowledged")


class MeasureCase(models.Model):
    """A proposal 拟采取措施 that follows from a record of a list: the part that never changes.

    `unit` is whose list it is, `executor` who would carry it out.
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
        """No notice, no effect: see `guards`."""

        indexes: ClassVar = [
            models.Index(fields=["measure", "known_at", "id"], name="life_of_measure")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="known_measure_act", condition=models.Q(kind__in=ACTS)),
            models.UniqueConstraint(
                fields=["measure", "kind"],
                condition=models.Q(kind__in=ONCE),
                name="measure_done_once",
            ),
        ]
        triggers: ClassVar = [*append_only(), measure_guard()]

    def __str__(self) -> str:
        return f"{self.kind} of {self.measure_id}"
