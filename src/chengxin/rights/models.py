"""Questions about looks."""

from typing import ClassVar

import pgtrigger
from django.db import models

from chengxin.subjects.models import Subject


class Question(models.Model):
    """A subject asks a unit why it looked 问一问为什么; answered once.

    What was asked and answered is sealed: a person's words are a person's. `due_on` is empty
    beyond the working-day calendar.
    """

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=24, unique=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    look = models.UUIDField(unique=True)
    looked_by = models.CharField(max_length=64)
    unit = models.CharField(max_length=64, blank=True)
    sealed = models.BinaryField()
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    basis = models.CharField(max_length=400)
    edition = models.CharField(max_length=64)
    sealed_answer = models.BinaryField(null=True)
    answered_by = models.CharField(max_length=64, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """Never answered by who looked; never rewritten."""

        indexes: ClassVar = [
            models.Index(fields=["unit", "answered_at", "due_on"], name="question_waiting"),
            models.Index(fields=["subject", "-asked_at"], name="question_of_subject"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="another_officer_answers",
                condition=models.Q(answered_by="") | ~models.Q(answered_by=models.F("looked_by")),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="answered_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__answered_at__isnull=False)
                | pgtrigger.Q(new__answered_at__isnull=True)
                | pgtrigger.Q(old__sealed__df=pgtrigger.F("new__sealed"))
                | pgtrigger.Q(old__look__df=pgtrigger.F("new__look"))
                | pgtrigger.Q(old__due_on__df=pgtrigger.F("new__due_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.number
