"""Simulations, overrulings and releases; append-only, and no release without the other two."""

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models

from chengxin.audit.schema import append_only
from chengxin.policy.models import Edition
from chengxin.tunnel.schema import OVERRULE_GUARD, RELEASE_GUARD


class Simulation(models.Model):
    """A simulation that was made here 试算: of which change, by whom, with which verdict."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    before = models.CharField(max_length=64)
    after = models.CharField(max_length=64)
    manifest_sha256 = models.CharField(max_length=64, unique=True)
    on = models.DateField()
    exceeded = models.JSONField(default=list)
    made_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64)

    class Meta:
        """By a named officer, of a change."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="somebody_simulated_a_change",
                condition=~models.Q(made_by__in=("", "system"))
                & ~models.Q(after=models.F("before")),
            ),
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.before[:12]} → {self.after[:12]}"


class Overruling(models.Model):
    """A change beyond the harm budget is let pass 准予超预算: by whom and why."""

    simulation = models.OneToOneField(Simulation, on_delete=models.PROTECT, primary_key=True)
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField()
    login = models.CharField(max_length=64)
    unit = models.CharField(max_length=64)

    class Meta:
        """With reasons, by another officer than the one who simulated."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="somebody_overruled_with_reasons",
                condition=models.Q(reason__regex=r"\S") & ~models.Q(login__in=("", "system")),
            ),
        ]
        triggers: ClassVar = [
            *append_only(),
            pgtrigger.Trigger(
                name="another_officer_overrules",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=OVERRULE_GUARD,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.simulation_id} by {self.login}"


class Release(models.Model):
    """An edition came into force here 发布: the first by adoption, each later one by its report.

    The last row says which edition is in force.
    """

    number = models.PositiveIntegerField(primary_key=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, db_index=False)
    before = models.CharField(max_length=64, blank=True)
    simulation = models.OneToOneField(Simulation, null=True, on_delete=models.PROTECT)
    at = models.DateTimeField()
    on = models.DateField()
    released_by = models.CharField(max_length=64)

    class Meta:
        """One after the other; see `schema`."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="the_first_edition_or_a_simulated_one",
                condition=models.Q(number=1, simulation=None, before="")
                | (models.Q(number__gt=1, simulation__isnull=False) & ~models.Q(before="")),
            ),
        ]
        triggers: ClassVar = [
            *append_only(),
            pgtrigger.Trigger(
                name="no_release_without_report",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[
                    ("last", "tunnel_release%ROWTYPE"),
                    ("tried", "tunnel_simulation%ROWTYPE"),
                ],
                func=RELEASE_GUARD,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.edition_id[:12]}"
