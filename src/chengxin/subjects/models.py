"""Subjects, their names, their identifiers, and which of them are one body."""

import secrets
import uuid
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.expressions import Combinable
from django.db.models.functions import Length, Replace, Substr

from chengxin.audit.schema import append_only, no_truncate
from chengxin.subjects.schema import TRAITS_FOLLOW, changes_noted
from chengxin.subjects.values import KIND_LABELS, NAME_FORMS

PUBLIC_ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PUBLIC_ID_LENGTH = 10


def new_public_id() -> str:
    """Ten characters of Crockford's base 32, without letters that look like digits."""
    return "".join(secrets.choice(PUBLIC_ID_ALPHABET) for _ in range(PUBLIC_ID_LENGTH))


def comparable(column: str) -> Combinable:
    """`rules.names.name_key` of a column of normalised names."""
    key: Combinable = models.F(column)
    for written, meant in NAME_FORMS:
        key = Replace(key, models.Value(written), models.Value(meant))
    return key


_FOLLOWED = pgtrigger.UpdateOf("kind", "division", "industry")  # type: ignore[no-untyped-call]


class Subject(models.Model):
    """A credit subject 信用主体.

    Of a natural person only `kind` and the sealed name are kept: every describing column is
    empty, and a constraint says so. There is no column for a score, grade or rank of a subject.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    kind = models.CharField(max_length=16, choices=KIND_LABELS)
    name = models.CharField(max_length=200, blank=True)
    sealed_name = models.BinaryField(null=True)
    sealed_representative = models.BinaryField(null=True)
    status = models.CharField(max_length=16, blank=True)
    division = models.CharField(max_length=6, blank=True)
    industry = models.CharField(max_length=8, blank=True)
    address = models.CharField(max_length=300, blank=True)
    registered_on = models.DateField(null=True)
    branch_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    origin = models.CharField(max_length=16)
    created_at = models.DateTimeField()

    class Meta:
        """A person has no open columns."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="person_has_no_open_columns",
                condition=~models.Q(kind="natural_person")
                | models.Q(
                    name="",
                    status="",
                    division="",
                    industry="",
                    address="",
                    registered_on=None,
                    branch_of=None,
                    sealed_representative=None,
                ),
            ),
            models.CheckConstraint(
                name="organisation_name_is_open",
                condition=models.Q(kind="natural_person") | models.Q(sealed_name=None),
            ),
        ]
        triggers: ClassVar = [
            *changes_noted("id"),
            # What a record refers to stays; two entries of one body are merged.
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="keeps_its_id",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__id__df=pgtrigger.F("new__id")),
            ),
            pgtrigger.Trigger(
                name="traits_follow",
                when=pgtrigger.After,
                operation=_FOLLOWED,
                func=TRAITS_FOLLOW,
            ),
            no_truncate(),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.kind}"


class SubjectName(models.Model):
    """A name an organisation bears or bore 名称、曾用名. Persons have none here.

    `pinyin`, `initials` and `traits` (kind, division, industry of its subject) are derived when it
    is written (`rules.indexing`), so that one index answers whatever a reader asks by.
    """

    id = models.BigAutoField(primary_key=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="names")
    text = models.CharField(max_length=200)
    normalised = models.CharField(max_length=200)
    is_current = models.BooleanField()
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    pinyin = models.TextField(blank=True, default="", db_default="")
    initials = models.CharField(max_length=400, blank=True, default="", db_default="")
    traits = models.CharField(max_length=60, blank=True, default="", db_default="")
    terms = models.GeneratedField(
        expression=models.Func(
            *map(models.F, ("normalised", "pinyin", "initials", "traits")),
            function="chengxin_terms",
            output_field=SearchVectorField(),
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        """Found by two characters, syllables or initials anywhere in the name, of one county too.

        What very many names hold is found in the order it is shown in instead; whole names that
        are only alike, through trigrams.
        """

        indexes: ClassVar = [
            GinIndex(fields=["terms"], name="subject_name_terms"),
            models.Index(
                models.F("is_current").desc(), Length("normalised"), "id", name="subject_name_rank"
            ),
            GinIndex(
                fields=["normalised"], opclasses=["gin_trgm_ops"], name="subject_name_trigrams"
            ),
            models.Index(comparable("normalised"), name="subject_name_key"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(is_current=True), name="one_current_name"
            ),
            models.CheckConstraint(
                name="name_of_no_person", condition=~models.Q(traits__contains="k:natural_person")
            ),
        ]
        triggers: ClassVar = changes_noted("subject_id")

    def __str__(self) -> str:
        return self.text


class Identifier(models.Model):
    """An identifier of a subject. `lookup` is the value, or its keyed digest when sealed."""

    id = models.BigAutoField(primary_key=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=20)
    lookup = models.CharField(max_length=64)
    sealed = models.BinaryField(null=True)
    verdict = models.CharField(max_length=8)
    publishable = models.BooleanField()

    class Meta:
        """One identifier names one subject; a sealed one is never publishable.

        A subject is also found by the organisation code inside its credit code.
        """

        indexes: ClassVar = [
            models.Index(
                Substr("lookup", 9, 9),
                name="identifier_inner_code",
                condition=models.Q(kind="uscc"),
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "lookup"], name="identifier_names_one"),
            models.CheckConstraint(
                name="sealed_is_not_publishable",
                condition=models.Q(sealed=None) | models.Q(publishable=False),
            ),
        ]
        triggers: ClassVar = changes_noted("subject_id")

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject_id}"


class MergeState(models.TextChoices):
    """Where a merge 主体合并 stands."""

    PROPOSED = "proposed", "待确认"
    CONFIRMED = "confirmed", "已合并"
    DECLINED = "declined", "不予合并"
    SPLIT = "split", "已拆分"


class Merge(models.Model):
    """Two subjects found to be one body 同一主体: one is kept, the other shows under it.

    Nothing of either is moved: names, identifiers and records stay where they are, and reading
    folds them together from `decided_at` to `split_at`. So a split restores exactly what was.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kept = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    absorbed = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=MergeState.choices)
    evidence = models.JSONField(default=list)
    document = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    basis = models.CharField(max_length=400)
    edition = models.CharField(max_length=64)
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.CharField(max_length=500, blank=True)
    split_by = models.CharField(max_length=64, blank=True)
    split_at = models.DateTimeField(null=True)
    split_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        """Absorbed by one at a time; proposed, decided and split by different officers."""

        indexes: ClassVar = [models.Index(fields=["state", "-proposed_at"], name="merge_waiting")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=models.Q(state__in=("proposed", "confirmed")),
                name="absorbed_once",
            ),
            models.CheckConstraint(
                name="two_bodies", condition=~models.Q(kept=models.F("absorbed"))
            ),
            models.CheckConstraint(
                name="another_officer_confirms",
                condition=models.Q(decided_by="") | ~models.Q(decided_by=models.F("proposed_by")),
            ),
            models.CheckConstraint(
                name="another_officer_splits",
                condition=models.Q(split_by="") | ~models.Q(split_by=models.F("decided_by")),
            ),
        ]
        triggers: ClassVar = [
            *changes_noted("kept_id", "absorbed_id"),
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="only_decided_and_split",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=("declined", "split"))
                | pgtrigger.Q(old__kept__df=pgtrigger.F("new__kept"))
                | pgtrigger.Q(old__absorbed__df=pgtrigger.F("new__absorbed"))
                | pgtrigger.Q(old__evidence__df=pgtrigger.F("new__evidence"))
                | pgtrigger.Q(old__proposed_by__df=pgtrigger.F("new__proposed_by"))
                | (
                    pgtrigger.Q(old__state="confirmed")
                    & pgtrigger.Q(old__decided_at__df=pgtrigger.F("new__decided_at"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} under {self.kept_id}"


class Change(models.Model):
    """A statement that changed whose names, numbers or merges there are; written by triggers.

    Tells who matches against a copy of these what the copy has not seen. Of two databases, or one
    before and after it was restored, no two entries have one `token`. `subjects` empty: anybody's.
    """

    id = models.BigAutoField(primary_key=True)
    token = models.UUIDField()
    subjects = ArrayField(models.UUIDField(), null=True)

    class Meta:
        """Nothing noted is taken back."""

        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"change {self.id}"
