"""The table of looks."""

from typing import ClassVar

from django.db import models

from chengxin.audit.schema import append_only


class Look(models.Model):
    """One look 查看 at one subject's data; append-only.

    `name` is the officer's name in office, told to the subject; never a visitor's. `fields` are
    names of fields, never values. `entry` is the number of the log entry written with it; of a
    look by SQL none, its entry follows within the minute (`services.seal_sql`).
    """

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    subject = models.UUIDField()
    record = models.UUIDField(null=True)
    login = models.CharField(max_length=64)
    name = models.CharField(max_length=64, blank=True)
    unit = models.CharField(max_length=64, blank=True)
    via = models.CharField(max_length=8)
    purpose = models.CharField(max_length=200)
    basis = models.CharField(max_length=400, blank=True)
    fields = models.JSONField(default=list)
    decision = models.CharField(max_length=8)
    sensitive = models.BooleanField(default=False)
    entry = models.BigIntegerField(null=True)

    class Meta:
        """Read by subject, newest first; by whom, for the detector of snooping."""

        indexes: ClassVar = [
            models.Index(fields=["subject", "-at"], name="looks_at_subject"),
            models.Index(fields=["-at"], name="looks_newest"),
            models.Index(fields=["at"], condition=models.Q(via="sql"), name="looks_by_sql"),
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.login} at {self.subject}"


class LookTicket(models.Model):
    """A look announced by SQL 登记后查看: what it may read once the announcement is committed.

    `xact` is the transaction that announced it, as `pg_current_xact_id()` says it; written and
    read by the functions of `rights.sql_looks` only. Without it a look could be rolled back after
    the data was seen.
    """

    look = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    role = models.CharField(max_length=64)
    xact = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        """Nothing of it is changed or taken back."""

        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.role} at {self.subject}"
