"""Plans, draws and how they ended: append-only, so what was committed to stays committed to."""

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models

from chengxin.audit.schema import append_only

_ANOTHER_OFFICER_ON_ITS_DAY = """
IF EXISTS (
    SELECT 1 FROM supervision_draw AS draw WHERE draw.id = NEW.draw_id AND (
        draw.committed_by = NEW.ended_by
        OR (NEW.kind = 'drawn' AND NEW.ended_on < draw.source_on)
    )
) THEN
    RAISE EXCEPTION 'a draw is ended by another officer, and drawn when chance has spoken';
END IF;
RETURN NEW;
"""


_ANOTHER_OFFICIAL = """
IF EXISTS (
    SELECT 1 FROM supervision_inspectionplan AS plan
    WHERE plan.id = NEW.plan_id AND plan.drafted_by = NEW.login
) THEN
    RAISE EXCEPTION 'a plan is decided by another official than who drafted it';
END IF;
RETURN NEW;
"""
_OF_AN_APPROVED_PLAN = """
IF NEW.inspection_plan_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM supervision_inspectionplan AS plan
    JOIN supervision_plandecision AS decision ON decision.plan_id = plan.id
    WHERE plan.id = NEW.inspection_plan_id AND plan.unit = NEW.unit AND decision.approved
      AND plan.year = extract(year FROM NEW.committed_on)
) THEN
    RAISE EXCEPTION 'a draw follows an approved plan of its own unit and year, or none';
END IF;
RETURN NEW;
"""


class InspectionPlan(models.Model):
    """A year's plan of inspections 抽查计划 of a unit, as drafted: the part that never changes.

    `matters` are what is inspected, `rates` percent per tier, `item` and `division` whom it is
    drawn from, `basis` the law of rates and tiers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    number = models.CharField(max_length=24, unique=True)
    unit = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    item = models.CharField(max_length=64)
    division = models.CharField(max_length=6, blank=True)
    matters = models.JSONField()
    rates = models.JSONField()
    population = models.JSONField()
    basis = models.JSONField()
    edition = models.CharField(max_length=64)
    drafted_on = models.DateField()
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=64)

    class Meta:
        """Read by unit and year."""

        indexes: ClassVar = [models.Index(fields=["unit", "-year"], name="plan_of_unit")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="plan_has_its_law", condition=~models.Q(basis=[]) & ~models.Q(matters=[])
            ),
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return self.number


class PlanDecision(models.Model):
    """What a named official decided about a plan: approved and published, or not, with reasons."""

    id = models.BigAutoField(primary_key=True)
    plan = models.OneToOneField(InspectionPlan, on_delete=models.PROTECT, related_name="decision")
    approved = models.BooleanField()
    reason = models.CharField(max_length=500)
    on = models.DateField()
    at = models.DateTimeField()
    login = models.CharField(max_length=64)
    unit = models.CharField(max_length=64)

    class Meta:
        """Once, by a named official other than who drafted it, with reasons."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_named_official_decides_the_plan",
                condition=~models.Q(login__in=("", "system"))
                & ~models.Q(unit="")
                & models.Q(reason__regex=r"\S"),
            ),
        ]
        triggers: ClassVar = [
            *append_only(),
            pgtrigger.Trigger(
                name="another_official",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_ANOTHER_OFFICIAL,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.approved}"


class Draw(models.Model):
    """A draw committed to 抽查承诺: its plan, the digest published, the secret kept sealed.

    `plan` is `values.Plan.as_json()`; `commitment` binds it and the seed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    number = models.CharField(max_length=24, unique=True)
    inspection_plan = models.ForeignKey(
        InspectionPlan, null=True, on_delete=models.PROTECT, related_name="draws"
    )
    unit = models.CharField(max_length=64)
    matter = models.CharField(max_length=200)
    plan = models.JSONField()
    candidates = models.PositiveIntegerField()
    commitment = models.CharField(max_length=64)
    sealed_seed = models.BinaryField()
    source = models.CharField(max_length=200)
    source_on = models.DateField()
    public_from = models.DateField()
    committed_on = models.DateField()
    committed_at = models.DateTimeField()
    committed_by = models.CharField(max_length=64)

    class Meta:
        """Chance speaks after the commitment."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="chance_after_commitment",
                condition=models.Q(source_on__gt=models.F("committed_on")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-committed_at"])]
        triggers: ClassVar = [
            *append_only(),
            pgtrigger.Trigger(
                name="of_an_approved_plan",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_OF_AN_APPROVED_PLAN,
            ),
        ]

    def __str__(self) -> str:
        return self.number


class DrawEnd(models.Model):
    """How a draw ended: `drawn`, with chance, seed and visits, or `abandoned` with the reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    draw = models.OneToOneField(Draw, on_delete=models.PROTECT, related_name="end")
    kind = models.CharField(max_length=16)
    chance = models.CharField(max_length=400, blank=True)
    seed = models.CharField(max_length=64, blank=True)
    visits = models.JSONField(default=list)
    reason = models.CharField(max_length=500, blank=True)
    ended_on = models.DateField()
    ended_at = models.DateTimeField()
    ended_by = models.CharField(max_length=64)

    class Meta:
        """Drawn with chance and seed, or abandoned with a reason and the seed unopened."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="drawn_or_abandoned",
                condition=(
                    models.Q(kind="drawn", reason="")
                    & ~models.Q(chance="")
                    & ~models.Q(seed="")
                    & ~models.Q(visits=[])
                )
                | (
                    models.Q(kind="abandoned", chance="", seed="", visits=[]) & ~models.Q(reason="")
                ),
            ),
        ]
        triggers: ClassVar = [
            *append_only(),
            pgtrigger.Trigger(
                name="another_officer",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_ANOTHER_OFFICER_ON_ITS_DAY,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id} {self.kind}"
