"""Everything held of a subject with its passport, shown or not: for the subject itself."""

from datetime import date
from uuid import UUID

from chengxin.kernel.clock import now
from chengxin.policy.values import Rulebook
from chengxin.publication.queries import facts_from
from chengxin.publication.values import PublicFact
from chengxin.register import queries as register
from chengxin.register.values import RecordState


def facts_held(subject: UUID, *, on: date, book: Rulebook) -> list[tuple[PublicFact, RecordState]]:
    """Each record as it stands, a natural person's too; personal fields stay sealed.

    `.showing` says why others see it or do not.
    """
    states = register.records_of(subject, on=on, known=now())
    return list(zip(facts_from(states, book), states, strict=True))
