"""The errors planted into rows, each with what must happen to the row.

Outcomes: `accepted`; `fault:<kind>` (a finding on the row); `awaiting_match` (a person decides
whose it is); `duplicate` (known already, nothing is added); `refused` (may not be held at all).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from chengxin.city.dice import Dice
from chengxin.city.identifiers import ALPHABET, PLACEHOLDER, base31, org_code, uscc
from chengxin.city.organisations import organisation
from chengxin.city.people import adult
from chengxin.city.values import PENALTY, PERMIT, Decision, PlannedFile, Size
from chengxin.city.words import words

ACCEPTED: Final = "accepted"
AWAITING: Final = "awaiting_match"
DUPLICATE: Final = "duplicate"
REFUSED: Final = "refused"
BOTH: Final = (PENALTY, PERMIT)


@dataclass(frozen=True)
class Spot:
    """Where an error is planted."""

    size: Size
    planned: PlannedFile
    decision: Decision
    dice: Dice


Change = Mapping[str, str]


@dataclass(frozen=True)
class Plant:
    """A kind of error: items it can befall, what the party must be, outcome, what changes."""

    kind: str
    items: tuple[str, ...]
    need: str
    outcome: str
    change: Callable[[Spot], Change]
    link: str = ""


def _missing(spot: Spot) -> Change:
    names = {
        PENALTY: ("document_number", "breach_facts", "decided_on", "authority", "penalty_basis"),
        PERMIT: ("document_number", "content", "decided_on", "authority", "valid_from"),
    }
    return {spot.dice.pick(names[spot.decision.item]): ""}


def _bad_code_word(spot: Spot) -> Change:
    name, words_ = {
        PENALTY: ("penalty_kind", ("罚钱", "处理", "经济处罚")),
        PERMIT: ("permit_kind", ("审批", "一般事项", "即办件")),
    }[spot.decision.item]
    return {name: spot.dice.pick(words_)}


def _bad_date(spot: Spot) -> Change:
    year = spot.decision.decided_on.year
    return {"decided_on": spot.dice.pick((f"{year}-02-30", f"{year}年13月1日", "详见决定书"))}


def _future_date(spot: Spot) -> Change:
    day = spot.planned.received_on + timedelta(days=spot.dice.between(30, 300))
    change = {"decided_on": day.isoformat(), "valid_until": "2099-12-31", "served_on": ""}
    if spot.decision.item == PERMIT:
        change |= {"valid_from": day.isoformat()}
    return change


def _date_order(spot: Spot) -> Change:
    earlier = spot.decision.decided_on - timedelta(days=spot.dice.between(20, 500))
    return {"valid_until": earlier.isoformat()}


def _served_before(spot: Spot) -> Change:
    earlier = spot.decision.decided_on - timedelta(days=spot.dice.between(1, 9))
    return {"served_on": earlier.isoformat()}


def _fine_missing(_: Spot) -> Change:
    return {"fine_yuan": ""}


def _bad_amount(spot: Spot) -> Change:
    return {"fine_yuan": spot.dice.pick(("若干元", "详见决定书", "1.2.5"))}


def _too_long(spot: Spot) -> Change:
    return {"document_number": spot.decision.values["document_number"] + "（续）" * 60}


def _malformed_uscc(spot: Spot) -> Change:
    code = spot.decision.values["uscc"]
    return {
        "uscc": spot.dice.pick((code[:-1], f"{code[:8]}I{code[9:]}", "9.13207E+17", code + "0"))
    }


def _slipped_uscc(spot: Spot) -> Change:
    code = spot.decision.values["uscc"]
    place = spot.dice.between(9, 15)
    other = ALPHABET[(ALPHABET.index(code[place]) + 1 + spot.dice.below(29)) % 31]
    return {"uscc": code[:place] + other + code[place + 1 :]}


def _unknown_organisation(spot: Spot) -> Change:
    """A company of another city, in no list; its code is valid, so it is a new subject."""
    dice = spot.dice
    inner = org_code("NA" + base31(dice.below(31**6), 6))
    trade = dice.pick(words().trades).word
    return {
        "subject_name": f"徐州{dice.pick(words().fancy)}{trade}有限公司",
        "subject_kind": "法人及非法人组织",
        "uscc": uscc("91", "320300", inner),
        "registration_number": "",
        "org_code": "",
    }


def _name_code_conflict(spot: Spot) -> Change:
    """The name of one organisation beside the code of another."""
    own = spot.decision.values["subject_name"]
    start = spot.dice.below(spot.size.organisations)
    for step in range(spot.size.organisations):
        other = organisation(spot.size, (start + step) % spot.size.organisations)
        if other.name != own and other.form == "company":
            return {"subject_name": other.name}
    return {"subject_name": f"{own}（新）"}


def _placeholder(_: Spot) -> Change:
    return {"uscc": PLACEHOLDER, "registration_number": "", "org_code": ""}


def _bad_id_number(spot: Spot) -> Change:
    number = spot.decision.values["id_number"]
    digit = str((int(number[-2]) + 1 + spot.dice.below(8)) % 10)
    return {"id_number": number[:-2] + digit + number[-1]}


def _person_with_uscc(spot: Spot) -> Change:
    return {"uscc": organisation(spot.size, spot.dice.below(spot.size.organisations)).uscc}


def _leaked_id(spot: Spot) -> Change:
    name = "breach_facts" if spot.decision.item == PENALTY else "content"
    witness = adult(spot.size, spot.dice)
    text = spot.decision.values[name]
    return {name: f"{text}现场负责人{witness.name}（身份证号{witness.id_number}）在场。"}


def _short_authority(spot: Spot) -> Change:
    return {"authority_uscc": spot.decision.values["authority_uscc"][:-1]}


def _nothing(_: Spot) -> Change:
    return {}


PLANTS: Final = (
    Plant("missing_required", BOTH, "", "fault:missing_required", _missing),
    Plant("bad_code_word", BOTH, "", "fault:bad_code_word", _bad_code_word),
    Plant("bad_date", BOTH, "", "fault:bad_date", _bad_date),
    Plant("future_date", BOTH, "", "fault:future_date", _future_date),
    Plant("date_order", BOTH, "", "fault:date_order", _date_order),
    Plant("served_before_decision", (PENALTY,), "", "fault:date_order", _served_before),
    Plant("fine_missing", (PENALTY,), "fine", "fault:fine_missing", _fine_missing),
    Plant("bad_amount", (PENALTY,), "fine", "fault:bad_amount", _bad_amount),
    Plant("too_long", BOTH, "", "fault:too_long", _too_long),
    Plant("malformed_uscc", BOTH, "organisation", "fault:malformed_uscc", _malformed_uscc),
    Plant("malformed_authority", BOTH, "", "fault:malformed_uscc", _short_authority),
    Plant("slipped_uscc", BOTH, "organisation", AWAITING, _slipped_uscc, "slip"),
    Plant("unknown_organisation", BOTH, "organisation", ACCEPTED, _unknown_organisation, "new"),
    Plant("name_code_conflict", BOTH, "organisation", AWAITING, _name_code_conflict, "conflict"),
    Plant("placeholder_uscc", BOTH, "sole_trader", AWAITING, _placeholder, "placeholder"),
    Plant("bad_id_number", BOTH, "person", "fault:bad_id_number", _bad_id_number, "person"),
    Plant("person_with_uscc", BOTH, "person", "fault:must_be_blank", _person_with_uscc, "person"),
    Plant("minor", (PENALTY,), "minor", REFUSED, _nothing, "person"),
    Plant("leaked_id", BOTH, "organisation", "fault:personal_data_in_text", _leaked_id),
    Plant("duplicate_row", BOTH, "", "fault:duplicate_row", _nothing),
    Plant("duplicate_across", BOTH, "", DUPLICATE, _nothing),
)
KINDS: Final[Mapping[str, Plant]] = {plant.kind: plant for plant in PLANTS}
BY_ITEM: Final[Mapping[str, tuple[Plant, ...]]] = {
    item: tuple(plant for plant in PLANTS if item in plant.items) for item in BOTH
}
REPEATS: Final = frozenset({"duplicate_row", "duplicate_across"})


def written_raw(change: Change) -> frozenset[str]:
    """Fields that must be written exactly, since the error is in their spelling."""
    return frozenset(name for name, text in change.items() if text and not _is_day(text))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
