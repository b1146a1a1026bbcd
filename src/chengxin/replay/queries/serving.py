"""What the public is served about an organisation, and what it was served."""

from datetime import date, datetime
from typing import Any

from chengxin.policy.values import Rulebook
from chengxin.publication import queries as publication
from chengxin.replay.rules import file_of
from chengxin.subjects.values import SubjectView


def organisation_file(
    subject: SubjectView, *, on: date, book: Rulebook, known: datetime | None = None
) -> dict[str, Any]:
    """The public file of an organisation for a day: the machine answer, in plain values."""
    facts = publication.public_facts(subject.id, on=on, book=book, known=known)
    return file_of(subject, facts, on=on, book=book)


def served_file(subject: SubjectView, *, on: date, at: datetime, book: Rulebook) -> dict[str, Any]:
    """What `organisation_file` answered for day `on` when it was asked at the moment `at`.

    `subject` is the organisation and `book` the rulebook as they were then (`whom`, `edition_of`).
    Its canonical bytes are those that were served.
    """
    facts = publication.facts_served(subject.id, on=on, at=at, book=book)
    return file_of(subject, facts, on=on, book=book)
