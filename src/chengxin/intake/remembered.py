"""What a unit's clerk decided about the columns of a file, kept for the next file of that kind."""

from typing import ClassVar

from django.db import models


class RememberedMapping(models.Model):
    """A mapping of columns 列对应 a person decided: proposed again for the same column names.

    `signature` stands for the column names in their order; `mapping` is header → field, null for
    a column left out. `times_used` counts the batches submitted with it.
    """

    id = models.BigAutoField(primary_key=True)
    unit = models.CharField(max_length=64)
    item = models.CharField(max_length=64)
    signature = models.CharField(max_length=64)
    headers = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    decided_by = models.CharField(max_length=64)
    decided_at = models.DateTimeField()
    times_used = models.PositiveIntegerField(default=0)

    class Meta:
        """One mapping per unit, item and set of column names."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "item", "signature"], name="one_mapping_per_header"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}:{self.item}:{self.signature[:12]}"
