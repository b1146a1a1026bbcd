"""The one table of the log, and how far those who follow it have read."""

from typing import ClassVar

from django.db import models

from chengxin.audit.schema import append_only


class AuditEntry(models.Model):
    """One act 操作, linked to the act before it by hash."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    login = models.CharField(max_length=64)
    unit = models.CharField(max_length=64, blank=True)
    verb = models.CharField(max_length=64)
    target = models.CharField(max_length=128)
    purpose = models.CharField(max_length=200, blank=True)
    basis = models.CharField(max_length=400, blank=True)
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        """Append-only by trigger, for the owner of the table too."""

        indexes: ClassVar = [
            models.Index(fields=["target", "sequence"]),
            models.Index(fields=["verb", "sequence"]),
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.target}"


class LogHead(models.Model):
    """The last entry's number and hash: every writer locks this row, so the chain has one end."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        """One row only."""

        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="one_head")]

    def __str__(self) -> str:
        return f"head {self.sequence}"


class LogReader(models.Model):
    """How far one who follows the log has read: the number of the last entry it has dealt with."""

    name = models.CharField(primary_key=True, max_length=64)
    sequence = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.sequence}"
