"""A year's plan of inspections 抽查计划: drafted by one officer, decided by a named official."""

import secrets
from collections import Counter
from datetime import date

from django.db import transaction

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.ids.leaks import hide_id_numbers
from chengxin.policy.values import Rulebook
from chengxin.supervision import queries
from chengxin.supervision.errors import (
    NobodyToDraw,
    NoGrounds,
    OwnPlan,
    PlanDecided,
    PlanIncomplete,
)
from chengxin.supervision.models import InspectionPlan, PlanDecision
from chengxin.supervision.queries.tiers import TIER
from chengxin.supervision.values import PlanDraft

PLAN, APPROVE = "supervision.plan", "supervision.approve_plan"
RATES = "supervision.rates"
SYSTEM = "system"


@transaction.atomic
def draft_plan(*, draft: PlanDraft, by: Actor, on: date, book: Rulebook) -> InspectionPlan:
    """Draft the plan of a year; nothing follows from a draft.

    The share drawn of each tier is the rulebook's, whom it is drawn from is counted as of today.
    Raises: `NotPermitted`, `PlanIncomplete`, `UnknownItem`, `NotToDrawFrom`, `NobodyToDraw`.
    """
    by.require(PLAN, unit=draft.unit)
    matters = [hide_id_numbers(one.strip()) for one in draft.matters if one.strip()]
    title = hide_id_numbers(draft.title.strip())
    if not title or not matters or draft.year < on.year or draft.year > on.year + 1:
        raise PlanIncomplete(year=on.year, next=on.year + 1)
    found = queries.candidates(
        item=draft.item, book=book, on=on, unit=draft.unit, division=draft.division
    )
    if not found:
        raise NobodyToDraw(population=title)
    share = book.on(on, RATES)
    made = InspectionPlan.objects.create(
        number=f"JH{draft.year}-{secrets.token_hex(3)}",
        unit=draft.unit,
        year=draft.year,
        title=title,
        item=draft.item,
        division=draft.division,
        matters=matters,
        rates=queries.rates(book, on),
        population=dict(Counter(one.tier for one in found)),
        basis=sorted({str(share.basis), *map(str, book.codelist(TIER).basis)}),
        edition=book.edition,
        drafted_on=on,
        drafted_at=now(),
        drafted_by=by.login,
    )
    _note("supervision.plan", made, by, {"year": made.year, "population": made.population})
    return made


@transaction.atomic
def decide_plan(*, number: str, approve: bool, reason: str, by: Actor, on: date) -> InspectionPlan:
    """Approve a plan, which publishes it, or not 批准、不予批准; a named official, with reasons.

    Raises: `UnknownPlan`, `NotPermitted`, `OwnPlan`, `PlanDecided`, `NoGrounds`.
    """
    found = InspectionPlan.objects.select_for_update().filter(number=number).first()
    if found is None:
        return queries.plan(number)
    by.require(APPROVE, unit=found.unit)
    if by.login in ("", SYSTEM, found.drafted_by) or not by.unit:
        raise OwnPlan(number=number)
    if PlanDecision.objects.filter(plan=found).exists():
        raise PlanDecided(number=number)
    if not reason.strip():
        raise NoGrounds
    PlanDecision.objects.create(
        plan=found,
        approved=approve,
        reason=hide_id_numbers(reason.strip()),
        on=on,
        at=now(),
        login=by.login,
        unit=by.unit,
    )
    _note(APPROVE if approve else "supervision.decline_plan", found, by, {})
    return queries.plan(number)


def _note(verb: str, made: InspectionPlan, by: Actor, facts: dict[str, object]) -> None:
    audit.note(
        by=by,
        verb=verb,
        target=f"plan:{made.number}",
        unit=made.unit,
        basis="；".join(made.basis),
        facts=facts,
    )
