"""Questions to the log."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Q

from chengxin.audit.models import AuditEntry, LogHead
from chengxin.audit.rules import HASHED, entry_hash
from chengxin.audit.values import GENESIS, Head, LogPlace, Verification


def head() -> Head:
    """The end of the chain; number 0 when nothing has been noted yet."""
    row = LogHead.objects.filter(id=1).first()
    return Head(row.sequence, row.hash) if row else Head(0, GENESIS)


def newest(*, limit: int, before: int | None = None) -> list[AuditEntry]:
    """The latest entries, newest first; `before` turns the page: entries with a lower number."""
    rows = AuditEntry.objects.order_by("-sequence")
    return list((rows if before is None else rows.filter(sequence__lt=before))[:limit])


def last_of(verb: str) -> AuditEntry | None:
    """The latest entry of one verb; None if there is none."""
    return AuditEntry.objects.filter(verb=verb).order_by("-sequence").first()


def acts_on(since: datetime, until: datetime) -> Iterator[tuple[str, UUID, datetime]]:
    """Who did something to which record or subject, and when; looks and refusals are no acts."""
    rows = AuditEntry.objects.filter(at__gte=since, at__lt=until)
    rows = rows.exclude(verb__startswith="looks.").exclude(verb__endswith=".refused")
    rows = rows.filter(Q(target__startswith="record:") | Q(target__startswith="subject:"))
    for login, target, at in rows.values_list("login", "target", "at").iterator(chunk_size=2000):
        with suppress(ValueError):
            yield login, UUID(target.partition(":")[2]), at


def about(target: str) -> Iterator[AuditEntry]:
    """The entries about one target, oldest first."""
    return AuditEntry.objects.filter(target=target).order_by("sequence").iterator()


def places(
    targets: Collection[str], verbs: Collection[str], *, until: datetime | None = None
) -> dict[str, list[LogPlace]]:
    """Where acts on these targets stand in the log, or stood at a moment; oldest first."""
    found: dict[str, list[LogPlace]] = {}
    rows = AuditEntry.objects.filter(target__in=targets, verb__in=verbs).order_by("sequence")
    rows = rows if until is None else rows.filter(at__lte=until)
    for row in rows.only("sequence", "hash", "at", "target"):
        found.setdefault(row.target, []).append(LogPlace(row.sequence, row.hash, row.at))
    return found


def verify() -> Verification:
    """Walk the whole chain and compare every hash, every number and the head.

    Finds a changed, missing, inserted or reordered entry, and a cut tail as long as the head
    row was not rewritten too.
    """
    previous, expected = GENESIS, 1
    for row in AuditEntry.objects.order_by("sequence").iterator(chunk_size=2000):
        if row.sequence != expected:
            return _bad(expected, previous, "此处缺少一条日志。", "An entry is missing here.")
        entry = {name: getattr(row, name) for name in HASHED}
        entry["at"] = row.at.astimezone(UTC).isoformat(timespec="microseconds")
        if row.previous_hash != previous or row.hash != entry_hash(previous, entry):
            return _bad(
                row.sequence, previous, "该条日志已被改动。", "This entry has been altered."
            )
        previous, expected = row.hash, expected + 1
    end = head()
    if (end.sequence, end.hash) != (expected - 1, previous):
        return _bad(
            expected,
            previous,
            "日志末端与链尾记录不一致，可能有日志被截去。",
            "The end of the chain does not match its head: entries may have been cut off.",
        )
    return Verification(count=expected - 1, root=previous, ok=True)


def _bad(sequence: int, root: str, zh: str, en: str) -> Verification:
    return Verification(
        count=sequence - 1, root=root, ok=False, first_bad=sequence, reason_zh=zh, reason_en=en
    )


def holds(sequence: int, hash_: str) -> bool:
    """Whether an entry of that number and hash stands in this log; number 0 is its beginning."""
    if sequence == 0:
        return hash_ == GENESIS
    return AuditEntry.objects.filter(sequence=sequence, hash=hash_).exists()
