"""What units state and what is found elsewhere or by sample: append-only, both clocks."""

import uuid
from typing import ClassVar

from django.db import models

from chengxin.audit.schema import append_only


class CountForm(models.Model):
    """A version of a monthly count 月度产生数报表: of one unit, item and month.

    `month` is the first day of the month the decisions were made in. `reported` is what the unit
    states, `held` what register and batches had of it when it was filed; a difference is explained.
    `unreported` maps a reason of code list `unreported_basis` to a number. A correction is a new
    version; the last one holds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    unit = models.CharField(max_length=64)
    item = models.CharField(max_length=64)
    month = models.DateField()
    version = models.PositiveIntegerField()
    produced = models.PositiveIntegerField()
    published = models.PositiveIntegerField()
    published_url = models.CharField(max_length=500, blank=True)
    reported = models.PositiveIntegerField()
    held = models.PositiveIntegerField()
    unreported = models.JSONField(default=dict)
    explanation = models.CharField(max_length=500, blank=True)
    correction = models.CharField(max_length=500, blank=True)
    due_on = models.DateField()
    filed_on = models.DateField()
    filed_at = models.DateTimeField()
    filed_by = models.CharField(max_length=64)
    edition = models.CharField(max_length=64)

    class Meta:
        """A version is written once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["month", "unit", "item", "version"], name="one_count_per_version"
            )
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.unit} {self.item} {self.month:%Y-%m} v{self.version}"

    @property
    def unexplained(self) -> int:
        """Decisions neither reported nor covered by a reason: 无依据未报送."""
        given: dict[str, int] = self.unreported
        return max(self.produced - self.reported - sum(given.values()), 0)

    @property
    def on_time(self) -> bool:
        """Whether this version was filed by its due day."""
        return bool(self.filed_on <= self.due_on)


class CountReview(models.Model):
    """What a reviewer made of a version: confirmed, or sent back with a reason."""

    form = models.OneToOneField(CountForm, on_delete=models.PROTECT, related_name="review")
    confirmed = models.BooleanField()
    reason = models.CharField(max_length=500, blank=True)
    decided_by = models.CharField(max_length=64)
    decided_on = models.DateField()
    decided_at = models.DateTimeField()

    class Meta:
        """Decided once; a changed mind needs a new version."""

        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.form_id}"


class FoundDecision(models.Model):
    """A decision found elsewhere 别处发现的决定: which, where, by whom; never whose it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    unit = models.CharField(max_length=64)
    item = models.CharField(max_length=64)
    document_number = models.CharField(max_length=200)
    decided_on = models.DateField()
    found_where = models.CharField(max_length=64)
    address = models.CharField(max_length=500, blank=True)
    found_on = models.DateField()
    noted_by = models.CharField(max_length=64)
    noted_at = models.DateTimeField()

    class Meta:
        """A decision is noted once, wherever else it turns up."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "item", "document_number"], name="one_find_per_decision"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["decided_on", "unit", "item"])]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.unit} {self.document_number}"


class Sample(models.Model):
    """A random sample 准确率样本 of a unit's records of one item received in one month.

    Anyone can draw it again: the records are ordered by SHA-256 of `seed` and record id, and the
    first `size` taken. `population_digest` is over all ids it was drawn from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    unit = models.CharField(max_length=64)
    item = models.CharField(max_length=64)
    month = models.DateField()
    seed = models.CharField(max_length=200)
    population = models.PositiveIntegerField()
    population_digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    drawn_by = models.CharField(max_length=64)
    drawn_on = models.DateField()
    drawn_at = models.DateTimeField()
    edition = models.CharField(max_length=64)

    class Meta:
        """One sample per unit, item and month."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["month", "unit", "item"], name="one_sample_per_month")
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return self.seed


class SampledRow(models.Model):
    """A record in a sample, with its line of the file as it was received; nothing personal."""

    id = models.BigAutoField(primary_key=True)
    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="rows")
    position = models.PositiveIntegerField()
    record = models.UUIDField()
    batch = models.UUIDField()
    line = models.PositiveIntegerField()
    held = models.JSONField(default=dict)
    received = models.JSONField(default=dict)

    class Meta:
        """Positions count from 1."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sample", "position"], name="one_row_per_position")
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.sample_id}:{self.position}"


class SampleVerdict(models.Model):
    """What an auditor found when comparing a sampled row: the fields that are wrong, if any.

    A second look is a second verdict; the last one counts.
    """

    id = models.BigAutoField(primary_key=True)
    row = models.ForeignKey(SampledRow, on_delete=models.PROTECT, related_name="verdicts")
    wrong = models.JSONField(default=list)
    note = models.CharField(max_length=500, blank=True)
    judged_by = models.CharField(max_length=64)
    judged_at = models.DateTimeField()

    class Meta:
        """Read per row, in the order given."""

        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.row_id}"
