"""Draws for the public and for their unit, and the proof of one."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from chengxin.catalogue import queries as catalogue
from chengxin.catalogue.values import Disclosure, Item
from chengxin.policy.values import Rulebook
from chengxin.subjects import queries as subjects
from chengxin.supervision.errors import NotToDrawFrom, UnknownDraw
from chengxin.supervision.models import Draw
from chengxin.supervision.queries.holders import holders_of
from chengxin.supervision.queries.plans import plan, plans, progress
from chengxin.supervision.queries.tiers import STANDARD, tier_of, tiers_of
from chengxin.supervision.rules.proving import proof
from chengxin.supervision.values import Candidate, Plan, Visit

__all__ = [
    "STANDARD",
    "Draw",
    "candidates",
    "confirmed",
    "draw",
    "draws",
    "holders_of",
    "is_open",
    "may_draw_from",
    "outcome",
    "plan",
    "plan_of",
    "plans",
    "progress",
    "proof_of",
    "rates",
    "tier_of",
    "tiers_of",
]


def draws() -> QuerySet[Draw]:
    """All draws, the latest first: what was committed to is public, whatever became of it."""
    return Draw.objects.select_related("end").order_by("-committed_at").defer("plan")


def draw(number: str) -> Draw:
    """Raises: `UnknownDraw`."""
    found = Draw.objects.select_related("end").filter(number=number).first()
    if found is None:
        raise UnknownDraw(number=number)
    return found


def outcome(found: Draw) -> str:
    """`committed`, `drawn` or `abandoned`."""
    return found.end.kind if hasattr(found, "end") else "committed"


def is_open(found: Draw, on: date) -> bool:
    """Whether the public may see who was drawn: not before the day the plan names for it.

    Who is to be inspected without warning is not told beforehand; the digest is.
    """
    return outcome(found) == "drawn" and on >= found.public_from


def plan_of(found: Draw) -> Plan:
    """The plan as it was committed to."""
    return Plan.from_json(found.plan)


def proof_of(found: Draw) -> dict[str, Any]:
    """The proof file of a draw that was carried out."""
    visits = tuple(
        Visit(one["order"], one["public_id"], one["tier"], tuple(one["inspectors"]))
        for one in found.end.visits
    )
    return proof(
        plan_of(found),
        seed=bytes.fromhex(found.end.seed),
        chance=found.end.chance,
        visits=visits,
        commitment=found.commitment,
    )


def may_draw_from(item: Item) -> bool:
    """Whether being listed for a record of an item says nothing but what is open and harmless."""
    return item.disclosure is Disclosure.PUBLIC and not item.adverse


def candidates(
    *,
    item: str,
    book: Rulebook,
    on: date,
    unit: str = "",
    division: str = "",
) -> tuple[Candidate, ...]:
    """Active organisations whose record of `item` shows on `on`, of one unit or district or of all.

    Sorted; each of the tier its confirmed grades give it (`tiers.tiers_of`), else of the standard
    one. A permit that has ended, was revoked or is another's puts nobody on it. The list is
    published with the proof, so it may not tell what has ended or was never public (charter 5, 8):
    it is made from open items that are not adverse.
    Raises: `UnknownItem`, `NotToDrawFrom`.
    """
    if not may_draw_from(catalogue.item(book, item)):
        raise NotToDrawFrom(item=catalogue.item(book, item).label)
    holders = holders_of(item, unit=unit, on=on, book=book)
    found = subjects.in_business(holders, division=division)
    named = subjects.identified(found)
    tiers = tiers_of(list(named), unit=unit, on=on, book=book)
    known = {named[subject]: tier for subject, (tier, _) in tiers.items()}
    return tuple(Candidate(one, known.get(one, STANDARD)) for one in sorted(found))


def confirmed(book: Rulebook, on: date) -> bool:
    """Whether the shares and teams in force on a day have been read in the law's own text."""
    names = ("supervision.rates", "supervision.team")
    return all(book.on(on, name).status == "confirmed" for name in names)


def rates(book: Rulebook, on: date) -> dict[str, int]:
    """Percent drawn per tier, in force on a day."""
    value = book.on(on, "supervision.rates").value
    return {str(tier): int(rate) for tier, rate in dict(value).items()}
