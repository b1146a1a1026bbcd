"""Visitors and their mandates."""

import secrets
import uuid
from typing import ClassVar

import pgtrigger
from django.db import models

from chengxin.audit.schema import no_truncate
from chengxin.subjects.models import PUBLIC_ID_ALPHABET, Subject


def new_code() -> str:
    """What the log calls a visitor: says nothing about who it is."""
    return "v-" + "".join(secrets.choice(PUBLIC_ID_ALPHABET) for _ in range(10))


class Visitor(models.Model):
    """A natural person who comes in for a subject 来访人, as one provider vouches for it.

    `sealed` holds name and number; `number_lookup` is the number's keyed digest, the same for
    one person whoever vouches. `password` is a demonstration's only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    code = models.CharField(max_length=16, unique=True, default=new_code)
    issuer = models.CharField(max_length=200)
    sub_lookup = models.CharField(max_length=64)
    number_lookup = models.CharField(max_length=64)
    sealed = models.BinaryField()
    registered_at = models.DateTimeField()
    is_active = models.BooleanField(default=True)
    is_demonstration = models.BooleanField(default=False)
    login = models.CharField(max_length=64, blank=True)
    password = models.CharField(max_length=128, blank=True)

    class Meta:
        """One visitor per provider's account; only a demonstration has a password."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issuer", "sub_lookup"], name="one_visitor"),
            models.UniqueConstraint(
                fields=["login"], condition=~models.Q(login=""), name="one_visitor_login"
            ),
            models.CheckConstraint(
                name="only_demonstration_has_password",
                condition=models.Q(password="", login="") | models.Q(is_demonstration=True),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Mandate(models.Model):
    """The authority 授权 of one natural person to act for one subject, and its end.

    Found by the holder's keyed digest, so that it can be given before the holder ever came in.
    `sealed` holds the holder's name and number, for the organisation that gave it. Of an agent's
    mandate `document` is the written authorisation 授权书, of a counter's the document checked.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=16)
    role = models.CharField(max_length=32)
    number_lookup = models.CharField(max_length=64)
    sealed = models.BinaryField()
    since = models.DateField()
    until = models.DateField()
    document = models.CharField(max_length=200, blank=True)
    clerk = models.CharField(max_length=64, blank=True)
    granted_by = models.CharField(max_length=64)
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=64, blank=True)
    end_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        """A mandate is given once and ended once; nothing else of it moves."""

        indexes: ClassVar = [
            models.Index(fields=["number_lookup", "until"], name="mandate_of_holder"),
            models.Index(fields=["subject", "-granted_at"], name="mandate_for_subject"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="mandate_days_in_order", condition=models.Q(until__gte=models.F("since"))
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            no_truncate(),
            pgtrigger.Protect(
                name="only_ended",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False)
                | pgtrigger.Q(new__ended_at__isnull=True)
                | pgtrigger.Q(old__subject__df=pgtrigger.F("new__subject"))
                | pgtrigger.Q(old__role__df=pgtrigger.F("new__role"))
                | pgtrigger.Q(old__capacity__df=pgtrigger.F("new__capacity"))
                | pgtrigger.Q(old__number_lookup__df=pgtrigger.F("new__number_lookup"))
                | pgtrigger.Q(old__sealed__df=pgtrigger.F("new__sealed"))
                | pgtrigger.Q(old__since__df=pgtrigger.F("new__since"))
                | pgtrigger.Q(old__until__df=pgtrigger.F("new__until"))
                | pgtrigger.Q(old__granted_by__df=pgtrigger.F("new__granted_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.capacity} of {self.subject_id}"
