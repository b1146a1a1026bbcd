"""The explanation put together, whole or as the public may have it."""

from dataclasses import replace
from datetime import date, datetime

from chengxin.evaluation import queries as evaluation
from chengxin.kernel.canonical import canonical_json, sha256_hex
from chengxin.policy.queries import current_rulebook
from chengxin.policy.queries.kept import InForce
from chengxin.policy.values import Rulebook
from chengxin.publication import queries as publication
from chengxin.replay.queries.consequences import (
    consequences,
    followed,
    happened_to_consequences,
)
from chengxin.replay.queries.evaluations import evaluations, happened_to_evaluations
from chengxin.replay.queries.merges import happened_to_merges, merges
from chengxin.replay.queries.records import gather, happened_to_records, records
from chengxin.replay.queries.serving import served_file
from chengxin.replay.queries.whom import edition_of, whom
from chengxin.replay.rules.serving import organisation_of
from chengxin.replay.values import Asked, Explanation
from chengxin.subjects.values import SubjectView


def stood(code: str, *, on: date, known: datetime) -> Explanation:
    """All that stood about an organisation on a day, as known at a moment: the whole of it.

    For the verb that requires the power and notes the reading (`services.explain`), and for tests.
    About thirty queries, however many records.
    Raises: `NotKnownYet`, `NotForPersons`, `UnknownSubject`, `NobodyThen`.
    """
    subject = whom(code, known=known)
    book, noted = edition_of(known)
    kept = gather(subject.id, on=on, known=known)
    served = served_file(subject, on=on, at=known, book=book)
    grades = evaluation.stood(subject.id, on=on, known=known, book=book)
    effects = followed(kept.bodies, on=on, known=known, book=book)
    one_body = merges(kept.bodies, known=known)
    happened = [
        *happened_to_records(kept, on=on, book=book),
        *happened_to_merges(one_body),
        *happened_to_evaluations(grades, on=on, book=book),
        *happened_to_consequences(effects, on=on, book=book),
    ]
    return Explanation(
        asked=_asked(subject, on, known, book, noted),
        whole=True,
        organisation=organisation_of(subject),
        merges=one_body,
        records=records(kept, on=on, book=book),
        evaluations=evaluations(grades, book),
        consequences=consequences(effects, book),
        happened=tuple(sorted(happened, key=lambda one: (one.at, one.on))),
        served=sha256_hex(canonical_json(served)),
    )


def public_explanation(code: str, *, on: date, known: datetime) -> Explanation:
    """What the public may be told of that: records that showed then and may be shown today.

    No one's name, no link, no draft, no proposal, and no sign of what has left publication.
    Raises: as `stood`.
    """
    subject = whom(code, known=known)
    book, noted = edition_of(known)
    served = publication.facts_served(subject.id, on=on, at=known, book=book)
    # Of the same organisation, still: what was unlinked since is not brought back either.
    still = publication.public_facts(subject.id, on=on, book=current_rulebook(), known=known)
    told_of = {str(one.record) for one in served} & {str(one.record) for one in still}
    kept = gather(subject.id, on=on, known=known)
    told = [one for one in records(kept, on=on, book=book) if one.record in told_of]
    return Explanation(
        asked=_asked(subject, on, known, book, noted),
        whole=False,
        organisation=organisation_of(subject),
        merges=(),
        records=tuple(replace(one, link=None, checks=()) for one in told),
        evaluations=(),
        consequences=(),
        happened=(),
        served="",
    )


def _asked(
    subject: SubjectView, on: date, known: datetime, book: Rulebook, noted: InForce | None
) -> Asked:
    # `until` is not told: it may not have been known at that moment.
    return Asked(
        code=subject.code or subject.public_id,
        on=on,
        known=known,
        edition=book.edition,
        edition_since=noted.since if noted else None,
        noted=noted is not None,
    )
