"""Which entries were held to be one body, and why."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from chengxin.kernel.clock import SHANGHAI
from chengxin.replay.values import Happened, MergeStood, named
from chengxin.subjects.queries import merges_of


def merges(bodies: Collection[UUID], *, known: datetime) -> tuple[MergeStood, ...]:
    """The merges that held at a moment between the entries of a body."""
    found = {}
    for body in bodies if len(bodies) > 1 else ():
        for one in merges_of(body):
            if one.decided_at is None or one.decided_at > known or one.state == "declined":
                continue
            if one.split_at is None or one.split_at > known:
                found[one.id] = MergeStood(
                    kept=one.kept.public_id,
                    absorbed=one.absorbed.public_id,
                    since=one.decided_at,
                    by=one.decided_by,
                    reason=one.decision_reason,
                    document=one.document,
                    basis=one.basis,
                    edition=one.edition,
                )
    return tuple(sorted(found.values(), key=lambda one: (one.since, one.absorbed)))


def happened_to_merges(found: Sequence[MergeStood]) -> Iterator[Happened]:
    """The same as acts; a merge counts from when it was decided, whatever the day asked."""
    for one in found:
        yield Happened(
            one.since, one.since.astimezone(SHANGHAI).date(), "merged", *named("merged"),
            f"{one.absorbed} → {one.kept}", "", one.by, "", one.reason, one.basis, one.edition,
            True,
        )  # fmt: skip
