"""Evaluations as they were made, and what became of each; append-only throughout."""

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models

from chengxin.audit.schema import append_only
from chengxin.evaluation.schema import EFFECT_GUARD, GRADE_GUARD
from chengxin.subjects.models import Subject


class StepKind(models.TextChoices):
    """What became of an evaluation."""

    OBJECTED = "objected", "提出异议"
    EFFECTIVE = "effective", "生效"
    DROPPED = "dropped", "不予认定"


class Definition(models.Model):
    """A model of evaluation as one edition of the rulebook spelled it out, with its code lists."""

    id = models.BigAutoField(primary_key=True)
    model = models.CharField(max_length=64)
    edition = models.CharField(max_length=64)
    content = models.JSONField()
    codelists = models.JSONField()

    class Meta:
        """Once per edition."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["model", "edition"], name="one_definition_per_edition")
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.model} {self.edition[:12]}"


class Snapshot(models.Model):
    """One run of a model over the register 评价快照: what was asked, how many, and the digest.

    `whole`: over every organisation; else over those that something had happened to.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    model = models.CharField(max_length=64)
    edition = models.CharField(max_length=64)
    on = models.DateField()
    known_at = models.DateTimeField()
    whole = models.BooleanField(default=True)
    evaluated = models.PositiveIntegerField()
    written = models.PositiveIntegerField()
    proposed = models.PositiveIntegerField()
    grades = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    login = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        """Read by model, newest first."""

        indexes: ClassVar = [models.Index(fields=["model", "-made_at"], name="snapshot_of_model")]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.model} {self.on}"


class Evaluation(models.Model):
    """The grade of one organisation by one model on one day, with all it rests on.

    `rank` is the place of the grade, best first, `adverse` whether its law means it so. `worse`:
    it is worse than what was in effect, or adverse where nothing was; then it waits for notice.
    `ends_on` is the first day an adverse grade no longer stands, whether or not anybody looks.
    There is no natural person here: a constraint and a trigger say so.
    """

    id = models.UUIDField(primary_key=True)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, db_index=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject_kind = models.CharField(max_length=16)
    model = models.CharField(max_length=64)
    edition = models.CharField(max_length=64)
    on = models.DateField()
    known_at = models.DateTimeField()
    grade = models.CharField(max_length=32)
    rank = models.PositiveSmallIntegerField()
    adverse = models.BooleanField()
    worse = models.BooleanField()
    ends_on = models.DateField(null=True)
    points = models.IntegerField(null=True)
    factors = models.JSONField()
    inputs = models.JSONField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        """Organisations and sole traders in their business, nobody else."""

        indexes: ClassVar = [
            models.Index(fields=["subject", "model", "-made_at"], name="evaluation_of_subject"),
            models.Index(fields=["model", "-made_at"], name="evaluation_by_model"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="no_natural_person_is_evaluated",
                condition=models.Q(
                    subject_kind__in=("legal_person", "unincorporated", "sole_trader")
                ),
            ),
            models.CheckConstraint(
                name="adverse_grade_has_an_end",
                condition=models.Q(adverse=False) | models.Q(ends_on__isnull=False),
            ),
        ]
        triggers: ClassVar = [
            *append_only(),
            pgtrigger.Trigger(
                name="grade_guard",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("last", "integer")],
                func=GRADE_GUARD,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.grade} {self.id}"


class Turn(models.Model):
    """The day an organisation is next to be evaluated by a model: a list of work, not a fact.

    Today for whom something happened to; else the next day on which the calendar alone may change
    the outcome. A line goes when nothing lies ahead.
    """

    id = models.BigAutoField(primary_key=True)
    model = models.CharField(max_length=64)
    subject = models.UUIDField()
    on = models.DateField()

    class Meta:
        """Once per organisation and model; taken up by day."""

        indexes: ClassVar = [models.Index(fields=["on", "subject"], name="turn_by_day")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "model"], name="one_turn_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.model} of {self.subject} on {self.on}"


class Step(models.Model):
    """What became of an evaluation: an objection, its effect, or that it was not confirmed.

    `sealed` is what an objector wrote, sealed. A worse grade takes effect only with the notice,
    the day it was delivered, the end of the time to object, an official's name and reasons.
    """

    id = models.BigAutoField(primary_key=True)
    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, related_name="steps", db_index=False
    )
    kind = models.CharField(max_length=16, choices=StepKind.choices)
    worse = models.BooleanField()
    on = models.DateField()
    at = models.DateTimeField()
    notified_on = models.DateField(null=True)
    objection_until = models.DateField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    sealed = models.BinaryField(null=True)
    basis = models.CharField(max_length=400)
    login = models.CharField(max_length=64)
    unit = models.CharField(max_length=64)

    class Meta:
        """One end for each evaluation, and no effect without notice."""

        indexes: ClassVar = [models.Index(fields=["evaluation", "at"], name="step_of_evaluation")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["evaluation"],
                condition=models.Q(kind__in=("effective", "dropped")),
                name="one_end_per_evaluation",
            ),
            models.CheckConstraint(
                name="no_worse_grade_without_notice",
                condition=~models.Q(kind="effective")
                | models.Q(worse=False)
                | (
                    models.Q(
                        notified_on__isnull=False,
                        objection_until__isnull=False,
                        objection_until__gt=models.F("notified_on"),
                        on__gt=models.F("objection_until"),
                    )
                    & ~models.Q(login__in=("", "system"))
                    & ~models.Q(unit="")
                    & models.Q(reason__regex=r"\S")
                ),
            ),
        ]
        triggers: ClassVar = [
            *append_only(),
            pgtrigger.Trigger(
                name="effect_guard",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("told", "date"), ("head", "evaluation_evaluation%ROWTYPE")],
                func=EFFECT_GUARD,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.evaluation_id}"
