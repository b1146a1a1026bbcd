"""Opening the whole replay of an organisation: under a power, for a purpose, noted."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.errors import NotPermitted
from chengxin.replay.errors import ReplayPurposeNeeded
from chengxin.replay.queries import stood, whom
from chengxin.replay.values import Explanation
from chengxin.subjects.values import SubjectView

EXPLAIN = "replay.explain"


def explain(
    *,
    code: str,
    on: date,
    known: datetime,
    purpose: str,
    known_purposes: Collection[str],
    by: Actor,
) -> Explanation:
    """Everything that stood about an organisation on a day, as known at a moment 回放.

    For an officer with the power over all units, or who speaks for the organisation; with a
    registered purpose. The entry in the log is written in the transaction that reads; a refused
    attempt is noted too. Who speaks for the organisation is told which unit acted, not which
    officer.
    Raises: `NotKnownYet`, `NotForPersons`, `UnknownSubject`, `NobodyThen`, `NotPermitted`,
    `ReplayPurposeNeeded`.
    """
    subject = whom(code, known=known)
    try:
        with transaction.atomic():
            _may(subject, purpose, known_purposes, by)
            found = stood(code, on=on, known=known)
            _note(EXPLAIN, subject, purpose, by, {
                "on": on.isoformat(), "known": known.isoformat(),
                "edition": found.asked.edition, "digest": found.digest,
            })  # fmt: skip
    except (NotPermitted, ReplayPurposeNeeded) as refusal:
        with transaction.atomic():
            _note(f"{EXPLAIN}.refused", subject, purpose, by, {"code": refusal.code})
        raise
    return found if by.subject is None else _without_officers(found)


def _may(subject: SubjectView, purpose: str, known_purposes: Collection[str], by: Actor) -> None:
    if by.subject is None:
        by.require(EXPLAIN, unit="")  # of one unit only is not enough: the file is of all
    else:
        by.require_for(EXPLAIN, subject.id)
    if purpose not in known_purposes:
        raise ReplayPurposeNeeded(known=sorted(known_purposes))


def _note(verb: str, subject: SubjectView, purpose: str, by: Actor, facts: dict[str, str]) -> None:
    target = f"subject:{subject.public_id}"
    audit.note(by=by, verb=verb, target=target, purpose=purpose, facts=facts)


def _without_officers(found: Explanation) -> Explanation:
    return replace(
        found,
        merges=tuple(replace(one, by="") for one in found.merges),
        records=tuple(
            replace(one, link=replace(one.link, by="") if one.link else None)
            for one in found.records
        ),
        happened=tuple(replace(one, by="") for one in found.happened),
    )
