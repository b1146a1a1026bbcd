"""Commit to a draw, carry it out, abandon it."""

import re
import secrets
from datetime import date

from django.db import transaction

from chengxin.access.queries import sealer
from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.ids.leaks import hide_id_numbers
from chengxin.policy.values import Rulebook
from chengxin.supervision import queries
from chengxin.supervision.errors import (
    AlreadyEnded,
    BadInspector,
    ChanceTooEarly,
    NobodyToDraw,
    NoChance,
    NoReason,
    NotYetDrawn,
    OwnCommitment,
    PlanNotApproved,
    TooFewInspectors,
    UnknownTier,
)
from chengxin.supervision.models import Draw, DrawEnd, InspectionPlan
from chengxin.supervision.rules.drawing import (
    LEAST_CHANCE,
    SEED_BYTES,
    commitment_of,
    digest_of,
    drawn,
    plain_chance,
)
from chengxin.supervision.services.planning import decide_plan, draft_plan
from chengxin.supervision.values import Chance, Plan, Wanted

__all__ = ["abandon_draw", "carry_out_draw", "commit_draw", "decide_plan", "draft_plan"]

RATES, TEAM = "supervision.rates", "supervision.team"
LEAST_REASON = 5
_SERVICE_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{1,19}")


@transaction.atomic
def commit_draw(
    *, wanted: Wanted, chance: Chance, by: Actor, on: date, book: Rulebook, plan_number: str = ""
) -> Draw:
    """Fix list, inspectors and a secret, and publish the digest of all 公开承诺.

    `plan_number` names the approved plan the draw carries out, if it does.

    Raises: `NotPermitted`, `NobodyToDraw`, `UnknownTier`, `BadInspector`, `TooFewInspectors`,
    `ChanceTooEarly`, `UnknownPlan`, `PlanNotApproved`.
    """
    by.require("supervision.commit", unit=wanted.unit)
    follows = _approved(plan_number, wanted.unit, on) if plan_number else None
    if chance.source_on <= on:
        raise ChanceTooEarly(committed_on=on, source_on=chance.source_on)
    rates = _rates_for(wanted, book, on)
    team = int(book.on(on, TEAM).value)
    _check_inspectors(wanted, team)
    plan = Plan(
        number=f"{on:%Y%m%d}-{secrets.token_hex(3)}",
        unit=wanted.unit,
        matter=wanted.matter,
        basis=tuple(str(book.on(on, name).basis) for name in (RATES, TEAM)),
        population=wanted.population,
        candidates=tuple(sorted(set(wanted.candidates), key=lambda one: one.public_id)),
        rates=rates,
        inspectors=tuple(sorted(wanted.inspectors)),
        team=team,
        avoid={one: tuple(sorted(set(who))) for one, who in wanted.avoid.items()},
        source=chance.source,
        source_on=chance.source_on,
        edition=book.edition,
    )
    seed = secrets.token_bytes(SEED_BYTES)
    made = Draw.objects.create(
        number=plan.number,
        inspection_plan=follows,
        unit=plan.unit,
        matter=plan.matter,
        plan=plan.as_json(),
        candidates=len(plan.candidates),
        commitment=commitment_of(plan, seed),
        sealed_seed=sealer().seal(seed, owner=plan.number),
        source=plan.source,
        source_on=plan.source_on,
        public_from=max(chance.public_from, plan.source_on),
        committed_on=on,
        committed_at=now(),
        committed_by=by.login,
    )
    audit.note(
        by=by,
        verb="supervision.commit",
        target=f"draw:{made.number}",
        unit=plan.unit,
        facts={
            "commitment": made.commitment,
            "plan_sha256": digest_of(plan).hex(),
            "candidates": made.candidates,
            "source_on": plan.source_on.isoformat(),
        },
    )
    return made


@transaction.atomic
def carry_out_draw(*, number: str, chance: str, by: Actor, on: date) -> Draw:
    """Enter what the public chance said; the draw follows, and the secret is open 抽取.

    Raises: `UnknownDraw`, `NotPermitted`, `OwnCommitment`, `AlreadyEnded`, `NotYetDrawn`,
    `NoChance`.
    """
    found = _open_draw(number, by, "supervision.draw")
    if on < found.source_on:
        raise NotYetDrawn(source=found.source, source_on=found.source_on)
    spelt = plain_chance(chance)
    if len(spelt.replace(" ", "")) < LEAST_CHANCE:
        raise NoChance(given=chance[:40], least=LEAST_CHANCE)
    plan = queries.plan_of(found)
    seed = sealer().unseal(bytes(found.sealed_seed), owner=found.number)
    visits = drawn(plan, seed, spelt)
    DrawEnd.objects.create(
        draw=found,
        kind="drawn",
        chance=spelt,
        seed=seed.hex(),
        visits=[
            {
                "order": one.order,
                "public_id": one.public_id,
                "tier": one.tier,
                "inspectors": list(one.inspectors),
            }
            for one in visits
        ],
        ended_on=on,
        ended_at=now(),
        ended_by=by.login,
    )
    audit.note(
        by=by,
        verb="supervision.draw",
        target=f"draw:{number}",
        unit=found.unit,
        facts={"commitment": found.commitment, "chance": spelt, "visits": len(visits)},
    )
    return queries.draw(number)


@transaction.atomic
def abandon_draw(*, number: str, reason: str, by: Actor, on: date) -> Draw:
    """End a draw that was not carried out, for a reason the public reads 放弃抽查.

    Raises: `UnknownDraw`, `NotPermitted`, `OwnCommitment`, `AlreadyEnded`, `NoReason`.
    """
    found = _open_draw(number, by, "supervision.draw")
    said = hide_id_numbers(reason.strip())
    if len(said) < LEAST_REASON:
        raise NoReason(least=LEAST_REASON)
    DrawEnd.objects.create(
        draw=found, kind="abandoned", reason=said, ended_on=on, ended_at=now(), ended_by=by.login
    )
    audit.note(
        by=by,
        verb="supervision.abandon",
        target=f"draw:{number}",
        unit=found.unit,
        facts={"commitment": found.commitment},
    )
    return queries.draw(number)


def _open_draw(number: str, by: Actor, verb: str) -> Draw:
    found = Draw.objects.select_for_update().filter(number=number).first()
    if found is None:
        return queries.draw(number)
    by.require(verb, unit=found.unit)
    if found.committed_by == by.login:
        raise OwnCommitment(number=number)
    ended = DrawEnd.objects.filter(draw=found).first()
    if ended is not None:
        raise AlreadyEnded(number=number, how={"drawn": "抽取", "abandoned": "放弃"}[ended.kind])
    return found


def _approved(number: str, unit: str, on: date) -> InspectionPlan:
    found = queries.plan(number)
    approved = hasattr(found, "decision") and found.decision.approved
    if not approved or found.unit != unit or found.year != on.year:
        raise PlanNotApproved(number=number)
    return found


def _rates_for(wanted: Wanted, book: Rulebook, on: date) -> dict[str, int]:
    if not wanted.candidates:
        raise NobodyToDraw(population=wanted.population)
    rates = queries.rates(book, on)
    tiers = {one.tier for one in wanted.candidates}
    for tier in sorted(tiers - set(rates)):
        raise UnknownTier(tier=tier, known="、".join(rates))
    return {tier: rate for tier, rate in rates.items() if tier in tiers}


def _check_inspectors(wanted: Wanted, team: int) -> None:
    for one in wanted.inspectors:
        named = _SERVICE_NUMBER.fullmatch(one) and hide_id_numbers(one) == one
        if not named or wanted.inspectors.count(one) > 1:
            raise BadInspector(given=hide_id_numbers(one)[:40])
    everybody = set(wanted.inspectors)
    if len(everybody) < team:
        raise TooFewInspectors(team=team, where="本次抽查", there=len(everybody))
    for public_id in {one.public_id for one in wanted.candidates} & set(wanted.avoid):
        free = len(everybody - set(wanted.avoid[public_id]))
        if free < team:
            raise TooFewInspectors(team=team, where=public_id, there=free)
