"""What stands against or for an organisation today: list entries and the measures that bind."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chengxin.kernel.clock import now
from chengxin.measures.queries.executions import MeasureView, measures_of
from chengxin.measures.rules import removal_from
from chengxin.policy.errors import ParameterNotInForce
from chengxin.policy.values import CreditList, Nature, Rulebook
from chengxin.publication.queries import facts_of
from chengxin.publication.values import PublicFact
from chengxin.register import queries as register
from chengxin.register.values import RecordState

LIST_CODE = "list_code"


@dataclass(frozen=True)
class StandingEntry:
    """An entry of a list in force 名单事项, and the measures that follow from it and bind.

    `removable_from`: first day on which its subject may ask to leave early; None where that is
    with another authority, or open at any time.
    """

    fact: PublicFact
    listed: CreditList
    measures: tuple[MeasureView, ...]
    removable_from: date | None

    @property
    def adverse(self) -> bool:
        """Whether it speaks against its subject."""
        return self.listed.nature is Nature.ADVERSE


def standing_entries(subject: UUID, *, on: date, book: Rulebook) -> tuple[StandingEntry, ...]:
    """The list entries of an organisation that show on a day, newest first, with their measures.

    What publication does not show is not here; what has ended is gone with it (charter 8).
    """
    items = sorted({one.item for one in book.consequences.lists.values()})
    states = register.records_of(subject, on=on, known=now(), items=items)
    facts = facts_of([one.id for one in states], on=on, book=book)
    binding = measures_of(list(facts), on=on, book=book)
    found = []
    for state in states:
        fact = facts.get(state.id)
        listed = book.consequences.list_of(state.item, state.facts.get(LIST_CODE, ""))
        if fact is None or listed is None or not fact.showing.on(on):
            continue
        measures = tuple(binding.get(state.id, ()))
        found.append(StandingEntry(fact, listed, measures, _removable(listed, state, book)))
    return tuple(sorted(found, key=lambda one: one.fact.passport.decided_on, reverse=True))


def _removable(listed: CreditList, state: RecordState, book: Rulebook) -> date | None:
    if not listed.early_removal:
        return None
    try:
        return removal_from(listed, state.decided_on, book).value
    except ParameterNotInForce:
        return None
