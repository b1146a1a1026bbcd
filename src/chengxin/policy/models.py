"""Every edition of the rulebook this database has worked with, file by file; append-only."""

from typing import ClassVar

from django.db import models

from chengxin.audit.schema import append_only


class KeptFile(models.Model):
    """The bytes of a rulebook file, once however many editions have it."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()

    class Meta:
        """Found by its digest only."""

        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return self.sha256[:12]


class Edition(models.Model):
    """An edition 版本 of the rulebook: which file stands under which name."""

    edition = models.CharField(max_length=64, primary_key=True)
    files = models.JSONField()
    kept_at = models.DateTimeField()

    class Meta:
        """Once, whatever came between."""

        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return self.edition[:12]


class TakeUp(models.Model):
    """An edition came into use 启用: it is the one in force here until the next row."""

    id = models.BigAutoField(primary_key=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, db_index=False)
    at = models.DateTimeField()
    login = models.CharField(max_length=64)

    class Meta:
        """Read backwards from a moment."""

        indexes: ClassVar = [models.Index(fields=["-at", "-id"], name="in_force_at")]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.edition_id[:12]} from {self.at.isoformat()}"
