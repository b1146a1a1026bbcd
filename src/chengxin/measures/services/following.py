"""Entries taken in propose their measures by themselves 自动提出, and only propose."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction

from chengxin.audit.services import read_on
from chengxin.audit.values import Act
from chengxin.kernel.actor import Actor
from chengxin.measures.services.triggering import AT_ONCE, VERB, propose_measures
from chengxin.notices import queries as notices
from chengxin.policy.values import Rulebook
from chengxin.register.queries.reaching import came_in_by

READER: Final = "measures"
ACTS_AT_ONCE: Final = 100
BATCHES: Final = frozenset({"intake.release", "intake.decide_match"})
RECORDS: Final = frozenset({"register.link", "register.corrected", "register.decide_case"})
TOLD: Final = "notices.acknowledge"
ACTS: Final = BATCHES | RECORDS | {TOLD}
"""The acts by which an entry of a list may come into effect here; our own entries propose theirs
with the service of the decision."""


def follow_entries(*, by: Actor, on: date, book: Rulebook) -> int:
    """Propose the measures of entries the log tells of since this last ran.

    A proposal waits for a named official; nothing follows from it. In pieces, each a transaction.
    Returns: how many were proposed. Raises: `NotPermitted`.
    """
    by.require(VERB)
    made = 0
    while (piece := _piece(by, on, book)) is not None:
        made += piece
    return made


@transaction.atomic
def _piece(by: Actor, on: date, book: Rulebook) -> int | None:
    acts = read_on(reader=READER, verbs=ACTS, limit=ACTS_AT_ONCE)
    if not acts:
        return None
    items = sorted({one.item for one in book.consequences.lists.values()})
    records = list(dict.fromkeys(one for act in acts for one in _records(act, items)))
    return sum(
        propose_measures(by=by, on=on, book=book, records=records[start : start + AT_ONCE])
        for start in range(0, len(records), AT_ONCE)
    )


def _records(act: Act, items: Sequence[str]) -> list[UUID]:
    kind, _, identity = act.target.partition(":")
    if act.verb in BATCHES:
        asked = UUID(identity) if kind == "batch" else None
        return came_in_by(asked, items=items, row=act.facts.get("row")) if asked else []
    if act.verb == TOLD:
        about = notices.about(UUID(identity))
        return [about] if about else []
    return [UUID(identity)]
