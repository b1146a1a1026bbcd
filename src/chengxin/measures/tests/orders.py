"""Random orders of events thrown at the rules, and an oracle that knows only what the law says."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from chengxin.kernel.errors import CreditError
from chengxin.measures.rules import advance, begin, imposition_lacks
from chengxin.measures.values import Act, EntryAct, EntryState, Imposition, Life

START = date(2026, 1, 5)
DAYS = tuple(START + timedelta(days=n) for n in range(40))
WHO = ("clerk", "head", "system", "")
TEXTS = ("", " ", "有")
KINDS = tuple(one for one in EntryAct if one is not EntryAct.PROPOSED)


def any_act(dice: Random) -> Act:
    """An act with any facts at all, lawful or not."""
    pick, draw = dice.choice, dice.random
    return Act(
        kind=pick(KINDS),
        on=pick(DAYS),
        login=pick(WHO),
        reason=pick(TEXTS),
        remedy=pick(TEXTS),
        document=pick(TEXTS),
        told_on=pick(DAYS) if draw() < 0.7 else None,
        waits_until=pick(DAYS) if draw() < 0.7 else None,
        hearing=draw() < 0.2,
    )


def any_order(dice: Random) -> list[Act]:
    """Acts in some order: half of the orders any at all, half nearly as the law has them."""
    count = dice.randrange(1, 24)
    if dice.random() < 0.5:
        return [any_act(dice) for _ in range(count)]
    days = sorted(dice.choices(DAYS, k=count))
    return [_earnest(dice, on) for on in days]


def _earnest(dice: Random, on: date) -> Act:
    """An act whose facts are each right more often than not."""
    told = on - timedelta(days=dice.randrange(-1, 9))
    return Act(
        kind=dice.choice((*KINDS, EntryAct.NOTIFIED, EntryAct.DECIDED, EntryAct.SERVED)),
        on=on,
        login=dice.choice((*WHO, "head", "head", "head")),
        reason=dice.choice((*TEXTS, "有", "有", "有")),
        remedy=dice.choice((*TEXTS, "有", "有", "有")),
        document=dice.choice((*TEXTS, "有", "有", "有")),
        told_on=dice.choice((told, told, on, None)),
        waits_until=told + timedelta(days=dice.randrange(8)),
        hearing=dice.random() < 0.2,
    )


def follow(acts: Sequence[Act]) -> tuple[Life, list[Act]]:
    """What becomes of a draft under these acts, and which of them were let through."""
    life, kept = begin("clerk", START), []
    for act in acts:
        try:
            life = advance(life, act)
        except CreditError:
            continue
        kept.append(act)
    return life, kept


def wrong(life: Life, kept: Sequence[Act]) -> str:  # noqa: PLR0911 – each is one demand of the law
    """Why the outcome is unlawful; empty if it is not. Knows nothing of the table of moves."""
    if life.state not in {EntryState.DECIDED, EntryState.IN_EFFECT, EntryState.REMOVED}:
        return ""
    kinds = [act.kind for act in kept]
    if EntryAct.NOTIFIED not in kinds or EntryAct.DECIDED not in kinds:
        return "no notice or no decision"
    at = kinds.index(EntryAct.DECIDED)
    decision, before = kept[at], kept[:at]
    if EntryAct.NOTIFIED not in kinds[:at]:
        return "decided before notice"
    told, waits = decision.told_on, decision.waits_until
    if told is None or waits is None or not told < waits <= decision.on:
        return "decided before the waiting time was over"
    if not all(text.strip() for text in (decision.reason, decision.remedy, decision.document)):
        return "no reason, remedy or document"
    if decision.login in {"", "system", "clerk"}:
        return "no other named official"
    asked = any(act.hearing for act in before if act.kind is EntryAct.STATED)
    if asked and EntryAct.HEARD not in kinds[:at]:
        return "a hearing asked for was not held"
    if life.state is EntryState.DECIDED:
        return ""
    served = [act for act in kept[at + 1 :] if act.kind is EntryAct.SERVED]
    if not served or served[0].told_on is None or served[0].told_on < decision.on:
        return "in effect without service"
    return ""


def any_imposition(dice: Random) -> Imposition:
    """A measure about to be imposed with any facts at all."""
    pick, draw = dice.choice, dice.random
    return Imposition(
        constraint=draw() < 0.8,
        subject_kind=pick(("legal_person", "sole_trader", "natural_person")),
        on=pick(DAYS),
        login=pick(WHO),
        proposed_by="clerk",
        reason=pick(TEXTS),
        remedy=pick(TEXTS),
        told_on=pick(DAYS) if draw() < 0.7 else None,
        waits_until=pick(DAYS) if draw() < 0.7 else None,
    )


def wrongly_imposed(asked: Imposition) -> bool:
    """Whether the rule lets through what the law does not, or refuses what it allows."""
    named = asked.login == "head" and bool(asked.reason.strip())
    lawful = named and asked.subject_kind != "natural_person"
    if lawful and asked.constraint:
        told, waits = asked.told_on, asked.waits_until
        waited = told is not None and waits is not None and told < waits <= asked.on
        lawful = waited and bool(asked.remedy.strip())
    return lawful != (not imposition_lacks(asked))
