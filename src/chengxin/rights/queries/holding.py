"""Every record of the subject with its passport, and every use made of it."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from chengxin.catalogue import queries as catalogue
from chengxin.evaluation import queries as evaluation
from chengxin.evaluation.values import STATE_WORDS
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import SHANGHAI
from chengxin.measures import queries as measures
from chengxin.measures.values import MeasureState
from chengxin.policy.values import Rulebook
from chengxin.publication.queries.holding import facts_held
from chengxin.publication.values import REASONS
from chengxin.register.errors import UnknownRecord
from chengxin.reports import queries as reports
from chengxin.rights.queries.tracking import look_count, looks, statistics
from chengxin.rights.values import OwnData, OwnFact, Use
from chengxin.subjects.queries import kinds_of

READ, COPY = "rights.read", "rights.copy"
MOST_LOOKS = 10_000
MEASURE_WORDS = {
    MeasureState.PROPOSED: ("拟采取，未决定", "proposed, not decided"),
    MeasureState.IMPOSED: ("已决定实施", "imposed"),
    MeasureState.ACKNOWLEDGED: ("执行单位已签收", "taken up by the executing unit"),
    MeasureState.FED_BACK: ("执行单位已反馈", "reported back"),
    MeasureState.DECLINED: ("决定不采取", "declined"),
    MeasureState.LIFTED: ("已解除", "lifted"),
}


def own_facts(subject: UUID, *, by: Actor, on: date, book: Rulebook) -> list[OwnFact]:
    """All that is held of a subject, shown to others or not, newest decision first.

    Raises: `NotPermitted`.
    """
    by.require_for(READ, subject)
    return _facts(subject, on, book)


def _facts(subject: UUID, on: date, book: Rulebook) -> list[OwnFact]:
    items = catalogue.items(book)
    person = kinds_of([subject]).get(subject) == "natural_person"
    found = []
    for one, state in facts_held(subject, on=on, book=book):
        item = items[one.item]
        reason = one.showing.reason_on(on)
        words = REASONS.get(reason, (reason, reason))
        closed = tuple(
            (each.label, each.label_en or each.label)
            for each in item.fields
            if each.personal and person
        )
        found.append(
            OwnFact(
                fact=one,
                shows=one.showing.on(on),
                reason=words[0],
                reason_en=words[1],
                closed=closed,
                adverse=state.adverse,
                revoked_on=state.revoked_on,
            )
        )
    return sorted(found, key=lambda own: own.fact.passport.decided_on, reverse=True)


def own_fact(record: UUID, subject: UUID, *, by: Actor, on: date, book: Rulebook) -> OwnFact:
    """One record of the subject's own. Raises: `NotPermitted`, `UnknownRecord`."""
    for one in own_facts(subject, by=by, on=on, book=book):
        if one.fact.record == record:
            return one
    raise UnknownRecord(asked=str(record))


def uses(subject: UUID, *, by: Actor, on: date, book: Rulebook) -> list[Use]:
    """Every use made of the subject's records, newest first. Raises: `NotPermitted`."""
    by.require_for(READ, subject)
    return _uses(subject, on, book)


def _uses(subject: UUID, on: date, book: Rulebook) -> list[Use]:
    found = [*_evaluated(subject, book), *_measured(subject, on, book), *_reported(subject)]
    return sorted(found, key=lambda use: use.at, reverse=True)


def _evaluated(subject: UUID, book: Rulebook) -> Iterator[Use]:
    if kinds_of([subject]).get(subject) == "natural_person":
        return  # nobody evaluates a person (charter 1)
    for one in evaluation.history(subject, book=book):
        model = book.models.get(one.evaluation.model)
        words = STATE_WORDS[one.state]
        yield Use(
            kind="evaluation",
            label=model.label if model else one.evaluation.model,
            label_en=model.label_en if model else one.evaluation.model,
            at=one.evaluation.made_at.astimezone(SHANGHAI).date(),
            unit=model.decided_by if model else "",
            state=words[0],
            state_en=words[1],
        )


def _measured(subject: UUID, on: date, book: Rulebook) -> Iterator[Use]:
    for one in measures.measures_about(subject, on=on, book=book):
        words = MEASURE_WORDS[one.state]
        yield Use(
            kind="measure",
            label=one.rule.label,
            label_en=one.rule.label_en or one.rule.label,
            at=one.case.proposed_at.astimezone(SHANGHAI).date(),
            unit=one.case.executor,
            records=(one.case.record_id,),
            state=words[0],
            state_en=words[1],
        )


def _reported(subject: UUID) -> Iterator[Use]:
    for one in reports.issued_about(subject):
        yield Use(
            kind="report",
            label=f"信用报告 {one.number}",
            label_en=f"Credit report {one.number}",
            at=one.issued_at.astimezone(SHANGHAI).date(),
            unit="",
            state=one.purpose,
            state_en=one.purpose,
        )


def own_data(subject: UUID, *, by: Actor, on: date, book: Rulebook) -> OwnData:
    """All of it, for a copy to take away. Raises: `NotPermitted`."""
    by.require_for(COPY, subject)
    counts = statistics(subject, on=on)
    return OwnData(
        facts=tuple(_facts(subject, on, book)),
        uses=tuple(_uses(subject, on, book)),
        looks=tuple(looks(subject, own=True, limit=MOST_LOOKS)),
        look_count=look_count(subject),
        by_unit=counts["unit"],
        by_purpose=counts["purpose"],
    )
