"""Issued reports: a row each, never changed."""

import uuid
from typing import ClassVar

from django.db import models

from chengxin.audit.schema import append_only


class Report(models.Model):
    """One issued report 已出具的信用报告; its bytes lie in the content store under `sha256`.

    Of a credential 信用凭证 only the digest is kept: the text is its holder's.

    `code` is kept without dashes. `as_of` is the legal day shown, `known_at` the moment up to
    which the register was read, `edition` the rulebook edition applied. `records` are those the
    report shows, `first_end` the first day one of them no longer may. `status_month` and
    `status_place` say where the signed status list speaks of it; earlier reports have none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    REPORT, CREDENTIAL = "report", "credential"

    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=12, default=REPORT)
    code = models.CharField(max_length=16, unique=True)
    subject = models.ForeignKey(
        "subjects.Subject", on_delete=models.PROTECT, related_name="reports"
    )
    public_name = models.CharField(max_length=200)
    as_of = models.DateField()
    known_at = models.DateTimeField()
    language = models.CharField(max_length=2)
    facts = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    edition = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=64)
    purpose = models.CharField(max_length=200, blank=True)
    records = models.JSONField(default=list)
    first_end = models.DateField(null=True)
    status_month = models.CharField(max_length=6, blank=True)
    status_place = models.PositiveIntegerField(null=True)

    class Meta:
        """Append-only by trigger: an issued report cannot be made never to have been."""

        triggers: ClassVar = append_only()
        indexes: ClassVar = [models.Index(fields=["subject", "issued_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["status_month", "status_place"], name="one_report_a_place"
            )
        ]

    def __str__(self) -> str:
        return self.number


class Withdrawal(models.Model):
    """A report taken back by an officer 撤回报告, and why; it was wrong in something not a fact."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=500)
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=64)

    class Meta:
        """Once, and for good."""

        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return str(self.report)


class SpentNonce(models.Model):
    """A number given out for one check of a presentation 核验随机数, once it was used."""

    nonce = models.CharField(max_length=80, primary_key=True)
    used_at = models.DateTimeField()

    class Meta:
        """Used once."""

        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return self.nonce
