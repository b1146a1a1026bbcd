"""The daily proof of retention 留存证明: nothing is shown or used past its end.

What ends by rule needs no job to end it. This proves it from the other side: the last possible day
of each record is counted from the law and the events alone, and the doors are asked what they show.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from chengxin.audit import services as audit
from chengxin.casework.models import RetentionProof
from chengxin.casework.values import Proof
from chengxin.catalogue import queries as catalogue
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.dates import add_months
from chengxin.policy.values import Rulebook
from chengxin.publication.queries import facts_of, in_use
from chengxin.register.queries import states_of

PROVE: Final = "casework.prove"
CHUNK: Final = 2000
_IDS: Final = """
SELECT r.id, r.item, r.decided_on,
    (SELECT min(e.effective_on) FROM register_recordevent AS e
     WHERE e.record_id = r.id AND e.kind = 'revoked') AS revoked_on
FROM register_record AS r
WHERE r.adverse AND r.id > %s AND r.decided_on <= %s ORDER BY r.id LIMIT %s
"""
_NIL: Final = UUID(int=0)


def prove_retention(*, by: Actor, on: date, book: Rulebook) -> Proof:
    """Ask of every adverse record whether any door shows or uses it past its end; keep the proof.

    The proof is noted in the log with a digest over all that was looked at.
    Raises: `NotPermitted`.
    """
    by.require(PROVE)
    digest, looked, past = hashlib.sha256(), 0, 0
    wrong: list[UUID] = []
    for chunk in _chunks(on):
        ends = {one: _end(item, day, revoked, book) for one, item, day, revoked in chunk}
        over = [one for one, end in ends.items() if end is not None and end <= on]
        showing = _showing(over, on, book)
        looked, past = looked + len(chunk), past + len(over)
        wrong += [one for one in over if one in showing]
        for one, end in ends.items():
            digest.update(f"{one}|{end}|{one in showing}\n".encode())
    found = Proof(on, looked, past, tuple(wrong), digest.hexdigest())
    return _kept(found, by)


@transaction.atomic
def _kept(found: Proof, by: Actor) -> Proof:
    entry = audit.note(by=by, verb=PROVE, target="retention", facts=found.facts())
    RetentionProof.objects.create(
        on=found.on,
        looked_at=found.looked_at,
        past_end=found.past_end,
        shown_past=len(found.shown_past),
        digest=found.digest,
        sequence=entry.sequence,
        made_at=now(),
    )
    return Proof(
        found.on, found.looked_at, found.past_end, found.shown_past, found.digest, entry.sequence
    )


def _chunks(on: date) -> Iterator[list[tuple[UUID, str, date, date | None]]]:
    after = _NIL
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_IDS, [after, on, CHUNK])
            rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        after = rows[-1][0]


def _end(item: str, decided_on: date, revoked_on: date | None, book: Rulebook) -> date | None:
    """The last day any reading of the law could give: the longest term there is for the item."""
    name = catalogue.item(book, item).parameters.get("maximum_term")
    days = [revoked_on] if revoked_on else []
    if name is not None:
        days.append(add_months(decided_on, _longest(name, book)))
    return min(days, default=None)


def _longest(name: str, book: Rulebook) -> int:
    values = [one.value for one in book.parameter(name).values]
    flat = [v for one in values for v in (one.values() if isinstance(one, Mapping) else (one,))]
    return max(int(value) for value in flat)


def _showing(over: list[UUID], on: date, book: Rulebook) -> frozenset[UUID]:
    """Which of these a door would show or use on that day: the page, the API, the reports; use."""
    if not over:
        return frozenset()
    shown = {one for one, fact in facts_of(over, on=on, book=book).items() if fact.showing.on(on)}
    used = in_use(states_of(over, on=on, known=now()), book)
    return frozenset(shown | {one for one, window in used.items() if window.on(on)})
