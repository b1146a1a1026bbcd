"""Channels, their history, what they brought, and uploads by machine that are under way."""

import uuid
from typing import ClassVar

from django.db import models

from chengxin.audit.schema import append_only


class ChannelState(models.TextChoices):
    """Where a channel 渠道 stands."""

    PROPOSED = "proposed", "待确认"
    ACTIVE = "active", "运行中"
    PAUSED = "paused", "已暂停"
    CLOSED = "closed", "已关闭"


class DeliveryState(models.TextChoices):
    """What became of a delivery 送达件."""

    RECEIVED = "received", "处理中"
    SUBMITTED = "submitted", "已提交"
    KNOWN = "known", "内容已有"
    QUESTION = "question", "待确认疑问"
    REFUSED = "refused", "已拒收"
    DISMISSED = "dismissed", "已作罢"


class Channel(models.Model):
    """A channel as it stands; how it came to stand so is in its events.

    `declaration` is what `rules.declarations.Declaration.as_json` gives; no secret is in it.
    `position` remembers how far a table was read, `sightings` which files were still growing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    code = models.CharField(max_length=40, unique=True)
    label = models.CharField(max_length=100)
    unit = models.CharField(max_length=64)
    item = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    state = models.CharField(max_length=16, choices=ChannelState.choices)
    declaration = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    answers = models.CharField(max_length=64)
    declared_by = models.CharField(max_length=64)
    confirmed_by = models.CharField(max_length=64, blank=True)
    columns = models.JSONField(default=list)
    position = models.JSONField(default=dict)
    sightings = models.JSONField(default=dict)
    failures = models.PositiveIntegerField(default=0)
    problem = models.JSONField(null=True)
    last_run_at = models.DateTimeField(null=True)
    next_run_at = models.DateTimeField(null=True)

    class Meta:
        """Two persons stand behind a channel that runs."""

        indexes: ClassVar = [models.Index(fields=["state", "next_run_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="two_persons_for_a_channel",
                condition=models.Q(confirmed_by="")
                | ~models.Q(confirmed_by=models.F("declared_by")),
            ),
            models.CheckConstraint(
                name="an_active_channel_is_confirmed",
                condition=~models.Q(state="active")
                | ~models.Q(kind__in=["postgresql", "mysql"])
                | ~models.Q(confirmed_by=""),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ChannelEvent(models.Model):
    """One act upon a channel: declared, confirmed, paused, resumed, closed; never changed."""

    id = models.BigAutoField(primary_key=True)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="events")
    version = models.PositiveIntegerField()
    verb = models.CharField(max_length=16)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    declaration = models.JSONField()

    class Meta:
        """Append-only by trigger."""

        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.channel_id} {self.verb}"


class Delivery(models.Model):
    """One file a channel brought 送达件; its bytes are in the store of originals."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="deliveries")
    state = models.CharField(max_length=16, choices=DeliveryState.choices)
    filename = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, blank=True)
    size_bytes = models.BigIntegerField(default=0)
    received_at = models.DateTimeField()
    batch = models.CharField(max_length=24, blank=True)
    problem = models.JSONField(null=True)
    facts = models.JSONField(default=dict)
    settled_by = models.CharField(max_length=64, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        """Found by channel, newest first, and by what is still open."""

        indexes: ClassVar = [
            models.Index(fields=["channel", "-received_at"]),
            models.Index(fields=["state"]),
        ]

    def __str__(self) -> str:
        return f"{self.channel_id}:{self.filename}"


class Upload(models.Model):
    """A large file that a machine sends in parts 分段上传; `received` bytes are on the disk."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    login = models.CharField(max_length=64)
    unit = models.CharField(max_length=64)
    item = models.CharField(max_length=64)
    filename = models.CharField(max_length=255)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    received = models.BigIntegerField(default=0)
    batch = models.CharField(max_length=24, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        """What has expired is found at once."""

        indexes: ClassVar = [models.Index(fields=["login"]), models.Index(fields=["expires_at"])]

    def __str__(self) -> str:
        return f"{self.filename} {self.received}/{self.size_bytes}"


class SentKey(models.Model):
    """An Idempotency-Key of one account: what was sent under it and what was answered."""

    id = models.BigAutoField(primary_key=True)
    login = models.CharField(max_length=64)
    key = models.CharField(max_length=128)
    digest = models.CharField(max_length=64)
    batch = models.CharField(max_length=24, blank=True)
    at = models.DateTimeField()

    class Meta:
        """A key means one sending."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["login", "key"], name="one_sending_per_key")
        ]

    def __str__(self) -> str:
        return f"{self.login} {self.key}"


class Checking(models.Model):
    """A check of an uploaded file by the worker 后台校验: how far it has come."""

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=64, unique=True)
    sha256 = models.CharField(max_length=64)
    filename = models.CharField(max_length=255)
    item = models.CharField(max_length=64, blank=True)
    mapping = models.JSONField(null=True)
    sheet = models.CharField(max_length=255, blank=True)
    unit = models.CharField(max_length=64, blank=True)
    login = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    state = models.CharField(max_length=16)
    problem = models.JSONField(null=True)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        """The worker takes the oldest first."""

        indexes: ClassVar = [models.Index(fields=["state", "asked_at"])]

    def __str__(self) -> str:
        return f"{self.filename} {self.state}"
