"""Issued reports: a row each, never changed."""

import uuid
from typing import ClassVar

from django.db import models

from chengxin.audit.schema import append_only


class Report(models.Model):
    """One issued report 已出具的信用报告; its bytes lie in the content store under `sha256`.

    `code` is kept without dashes. `as_of` is the legal day shown, `known_at` the moment up to
    which the register was read, `edition` the rulebook edition applied.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    number = models.CharField(max_length=20, unique=True)
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

    class Meta:
        """Append-only by trigger: an issued report cannot be made never to have been."""

        triggers: ClassVar = append_only()
        indexes: ClassVar = [models.Index(fields=["subject", "issued_at"])]

    def __str__(self) -> str:
        return self.number
