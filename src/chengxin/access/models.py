"""Accounts of officers and of partners' machines."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Officer(AbstractBaseUser):
    """An officer 经办人: one person, one unit, some roles. Powers follow from the roles' data."""

    login = models.CharField("登录名", max_length=64, unique=True)
    name = models.CharField(max_length=64)
    unit = models.CharField(max_length=64)
    roles = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    is_demonstration = models.BooleanField(default=False)
    registered_at = models.DateTimeField()

    objects = BaseUserManager["Officer"]()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar = ["name", "unit"]

    def __str__(self) -> str:
        return f"{self.login} ({self.unit})"


class Allowance(models.Model):
    """How much one asker may still ask 查询额度: a bucket that fills up again by itself.

    `key` is a keyed digest that changes every day: of whom it was cannot be told from it. Not
    written to the log of the database (unlogged): after a crash everybody starts anew.
    """

    key = models.CharField(max_length=64, primary_key=True)
    left = models.FloatField()
    refused = models.BooleanField(default=False)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.left:.1f} left"


class ApiToken(models.Model):
    """An opaque token of a partner's machine. Only its SHA-256 is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="tokens")
    label = models.CharField(max_length=100)
    token_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.label} of {self.officer}"
