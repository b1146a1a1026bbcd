"""Draws and how they ended: append-only, so a committed draw cannot be made never to have been."""

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


class Draw(models.Model):
    """A draw committed to 抽查承诺: its plan, the digest published, the secret kept sealed.

    `plan` is `values.Plan.as_json()`; `commitment` binds it and the seed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    number = models.CharField(max_length=24, unique=True)
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
        triggers: ClassVar = append_only()

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
