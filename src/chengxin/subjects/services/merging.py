"""Merging two entries of one body 主体合并, and splitting them again 主体拆分.

Nothing is moved: a merge is a statement, folded in when reading and taken back whole.
"""

from datetime import date
from uuid import UUID

from django.db import transaction

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.policy.values import Rulebook
from chengxin.subjects.errors import (
    MergeNeedsGrounds,
    MergeNotOpen,
    NotOneBody,
    OwnMerge,
    PersonsNeverMerged,
    UnknownMerge,
    UnknownSubject,
)
from chengxin.subjects.models import Identifier, Merge, MergeState, Subject
from chengxin.subjects.queries.families import mains
from chengxin.subjects.rules.merging import Described, common_ground
from chengxin.subjects.values import SubjectKind

BASIS = ("gb-32100", "")  # one body, one code


@transaction.atomic
def propose_merge(
    *, kept: str, absorbed: str, document: str, reason: str, by: Actor, on: date, book: Rulebook
) -> Merge:
    """Propose that two organisations are one body 提出合并; `kept` stays the main one.

    Both are public identifiers. What the two have in common is noted beside the officer's own
    reason and the document it rests on. Never natural persons; never a sole trader with a body
    of another kind: the one who becomes a company is another subject.

    Raises: `NotPermitted`, `UnknownSubject`, `PersonsNeverMerged`, `NotOneBody`,
    `MergeNeedsGrounds`.
    """
    by.require("subjects.propose_merge")
    main, other = _both(kept, absorbed)
    _may_be_one(main, other)
    if not reason.strip() or not document.strip():
        raise MergeNeedsGrounds
    made = Merge(
        kept=main,
        absorbed=other,
        state=MergeState.PROPOSED,
        evidence=common_ground(_described(main), _described(other)),
        document=document.strip(),
        reason=reason.strip(),
        basis=str(book.basis(*BASIS)),
        edition=book.edition,
        proposed_by=by.login,
        proposed_at=now(),
    )
    made.save(force_insert=True)
    _note(made, by, "subjects.propose_merge", on)
    return made


@transaction.atomic
def decide_merge(*, merge_id: UUID, confirm: bool, reason: str, by: Actor, on: date) -> Merge:
    """A second officer confirms a merge 确认合并, or declines it.

    From that moment one public identifier leads to both; the other redirects.
    Raises: `UnknownMerge`, `NotPermitted`, `MergeNotOpen`, `OwnMerge`, `MergeNeedsGrounds`,
    `NotOneBody`.
    """
    by.require("subjects.confirm_merge")
    made = _locked(merge_id, MergeState.PROPOSED)
    if made.proposed_by == by.login:
        raise OwnMerge
    if not reason.strip():
        raise MergeNeedsGrounds
    if confirm:
        _may_be_one(*_lock(made.kept_id, made.absorbed_id), proposed=made.id)
    made.state = MergeState.CONFIRMED if confirm else MergeState.DECLINED
    made.decided_by, made.decided_at, made.decision_reason = by.login, now(), reason.strip()
    made.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
    _note(made, by, "subjects.confirm_merge" if confirm else "subjects.decline_merge", on)
    return made


@transaction.atomic
def split(*, merge_id: UUID, reason: str, by: Actor, on: date) -> Merge:
    """Take a merge back 拆分: each is itself again, exactly as before; not by who confirmed it.

    Raises: `UnknownMerge`, `NotPermitted`, `MergeNotOpen`, `OwnMerge`, `MergeNeedsGrounds`.
    """
    by.require("subjects.split")
    made = _locked(merge_id, MergeState.CONFIRMED)
    if made.decided_by == by.login:
        raise OwnMerge
    if not reason.strip():
        raise MergeNeedsGrounds
    made.state = MergeState.SPLIT
    made.split_by, made.split_at, made.split_reason = by.login, now(), reason.strip()
    made.save(update_fields=["state", "split_by", "split_at", "split_reason"])
    _note(made, by, "subjects.split", on)
    return made


def _both(kept: str, absorbed: str) -> tuple[Subject, Subject]:
    found = {one.public_id: one for one in Subject.objects.filter(public_id__in=[kept, absorbed])}
    for asked in (kept, absorbed):
        if asked not in found:
            raise UnknownSubject(asked=asked)
    return _lock(found[kept].id, found[absorbed].id)


def _lock(kept: UUID, absorbed: UUID) -> tuple[Subject, Subject]:
    """Both rows, locked in one order whoever comes first, so that no circle can be merged."""
    rows = Subject.objects.select_for_update().filter(id__in=[kept, absorbed]).order_by("id")
    found = {row.id: row for row in rows}
    return found[kept], found[absorbed]


def _locked(merge_id: UUID, state: MergeState) -> Merge:
    made = Merge.objects.select_for_update().filter(id=merge_id).first()
    if made is None:
        raise UnknownMerge(asked=str(merge_id))
    if made.state != state:
        raise MergeNotOpen(state=made.get_state_display(), state_en=made.state)
    return made


def _may_be_one(main: Subject, other: Subject, *, proposed: UUID | None = None) -> None:
    kinds = {main.kind, other.kind}
    if SubjectKind.NATURAL_PERSON in kinds:
        raise PersonsNeverMerged
    if main.id == other.id:
        raise NotOneBody(why="两者是同一个主体", why_en="they are the same entry")
    if SubjectKind.SOLE_TRADER in kinds and len(kinds) > 1:
        raise NotOneBody(
            why="个体工商户转为企业后是另一个主体",
            why_en="a sole trader who becomes a company is another subject",
        )
    leads = mains([main.id, other.id])
    waiting = Merge.objects.filter(state=MergeState.PROPOSED, absorbed__in=[main, other])
    if any(one.id != proposed for one in waiting):
        raise NotOneBody(
            why="其中一个已有待确认的合并", why_en="a merge of one of them waits to be decided"
        )
    if leads[main.id] != main.id or leads[other.id] != other.id:
        raise NotOneBody(
            why="其中一个已并入其他主体，请选择其主要主体",
            why_en="one of them shows under another already; choose that one",
        )


def _described(subject: Subject) -> Described:
    codes = Identifier.objects.filter(subject=subject, sealed=None).order_by("kind", "lookup")
    return Described(
        names=tuple(subject.names.order_by("id").values_list("normalised", flat=True)),
        codes=tuple(codes.values_list("kind", "lookup")),
        address=subject.address,
    )


def _note(made: Merge, by: Actor, verb: str, on: date) -> None:
    audit.note(
        by=by,
        verb=verb,
        target=f"subject:{made.kept.public_id}",
        basis=made.basis,
        facts={
            "merge": str(made.id),
            "kept": made.kept.public_id,
            "absorbed": made.absorbed.public_id,
            "state": made.state,
            "on": on.isoformat(),
        },
    )
