"""Subjects, their names and their identifiers."""

import secrets
import uuid
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from chengxin.subjects.values import KIND_LABELS

PUBLIC_ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PUBLIC_ID_LENGTH = 10


def new_public_id() -> str:
    """Ten characters of Crockford's base 32, without letters that look like digits."""
    return "".join(secrets.choice(PUBLIC_ID_ALPHABET) for _ in range(PUBLIC_ID_LENGTH))


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

    def __str__(self) -> str:
        return f"{self.public_id} {self.kind}"


class SubjectName(models.Model):
    """A name an organisation bears or bore 名称、曾用名. Persons have none here."""

    id = models.BigAutoField(primary_key=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="names")
    text = models.CharField(max_length=200)
    normalised = models.CharField(max_length=200)
    is_current = models.BooleanField()
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    bigrams = models.GeneratedField(
        expression=models.Func(
            models.F("normalised"), function="chengxin_bigrams", output_field=SearchVectorField()
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        """Found by two characters anywhere in the name, and by slips through trigrams."""

        indexes: ClassVar = [
            GinIndex(fields=["bigrams"], name="subject_name_bigrams"),
            GinIndex(
                fields=["normalised"], opclasses=["gin_trgm_ops"], name="subject_name_trigrams"
            ),
            models.Index(fields=["normalised"], name="subject_name_exact"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(is_current=True), name="one_current_name"
            )
        ]

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
        """One identifier names one subject; a sealed one is never publishable."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "lookup"], name="identifier_names_one"),
            models.CheckConstraint(
                name="sealed_is_not_publishable",
                condition=models.Q(sealed=None) | models.Q(publishable=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject_id}"
