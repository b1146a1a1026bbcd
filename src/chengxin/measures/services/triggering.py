"""An entry in effect proposes the measures its list triggers; proposing is all software does."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.looks.services import computing
from chengxin.measures.models import MeasureCase
from chengxin.policy.values import BusinessKind, Effect, MadeBy, Measure, Rulebook
from chengxin.publication.queries import facts_of
from chengxin.publication.values import PublicFact
from chengxin.register import queries as register
from chengxin.register.values import RecordState

AT_ONCE = 500
VERB = "measures.propose"


def propose_measures(
    *, by: Actor, on: date, book: Rulebook, records: Sequence[UUID] | None = None
) -> int:
    """Propose the measures that follow from entries 拟采取措施; all entries held, or some.

    A measure that was proposed stays proposed once, however often this runs. Who has no entry
    gets nothing: nobody is better or worse off for having no record.
    Returns: how many were proposed now. Raises: `NotPermitted`.
    """
    by.require(VERB)
    made = 0
    for some in [records] if records is not None else _all(book):
        made += _propose(some, by, on, book)
    return made


def _all(book: Rulebook) -> Iterable[Sequence[UUID]]:
    items = sorted({one.item for one in book.consequences.lists.values()})
    after: UUID | None = None
    while found := register.held_of(items, after=after, limit=AT_ONCE):
        yield found
        after = found[-1]


@computing()
@transaction.atomic
def _propose(records: Sequence[UUID], by: Actor, on: date, book: Rulebook) -> int:
    moment = now()
    shown = facts_of(records, on=on, book=book)
    rows = [
        row
        for state in register.states_of(records, on=on, known=moment)
        for row in _rows(state, shown.get(state.id), by, on, book)
    ]
    held = set(
        MeasureCase.objects.filter(record_id__in=list(records)).values_list(
            "record_id", "measure", "executor"
        )
    )
    new = [row for row in rows if (row.record_id, row.measure, row.executor) not in held]
    made = MeasureCase.objects.bulk_create(new, ignore_conflicts=True)
    if made:
        entries = sorted({str(row.record_id) for row in new})
        audit.note(
            by=by,
            verb=VERB,
            target=f"record:{entries[0]}" if len(entries) == 1 else "records",
            facts={"measures": len(new), "entries": len(entries)},
        )
    return len(new)


def _rows(
    state: RecordState, shown: PublicFact | None, by: Actor, on: date, book: Rulebook
) -> Iterable[MeasureCase]:
    """The proposals of one record; none for what will not, or no longer, be in effect."""
    if shown is None or shown.showing.since is None or state.subject is None:
        return
    if shown.showing.until is not None and shown.showing.until <= on:
        return
    listed = book.consequences.list_of(state.item, state.facts.get("list_code", ""))
    kind = BusinessKind.of(state.subject_kind)
    if listed is None or kind not in listed.subject_kinds or not listed.in_force(on):
        return
    for rule in book.consequences.triggered_by(listed.code):
        if not rule.in_force(on) or kind not in rule.subject_kinds:
            continue
        for executor in rule.executing_units:
            yield MeasureCase(
                measure=rule.code,
                effect=rule.effect.value,
                list_code=listed.code,
                record_id=state.id,
                subject_id=state.subject,
                subject_kind=state.subject_kind,
                # Whose list it is decides; about an entry of others, who would carry it out.
                unit=executor if listed.made_by is MadeBy.MIRROR else state.unit,
                executor=executor,
                basis="；".join(str(one) for one in rule.basis),
                exemption=str(listed.exemption or ""),
                waiting_days=_waiting(rule, on, book),
                edition=book.edition,
                proposed_by=by.login,
                proposed_at=now(),
            )


def _waiting(rule: Measure, on: date, book: Rulebook) -> int:
    if rule.effect is Effect.INCENTIVE:
        return 0
    return int(book.on(on, rule.waiting_period).value)
