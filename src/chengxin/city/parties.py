"""Chooses who a decision is about 行政相对人, and fills the columns about the party."""

from typing import Final

from chengxin.city.dice import Dice
from chengxin.city.organisations import organisation
from chengxin.city.people import adult, minor
from chengxin.city.values import (
    NATURAL_PERSON,
    PENALTY,
    SOLE_TRADER,
    Organisation,
    Person,
    Size,
)

PERSON_PERCENT: Final = {PENALTY: 8, "permit": 3}
TRIES: Final = 8
ID_CARD: Final = "身份证"

Party = tuple[Organisation | None, Person | None]


def choose_party(size: Size, dice: Dice, item: str, sector: str, need: str) -> Party:
    """An organisation the sector watches, if it is found soon, or a natural person.

    `need` forces what a planted error must have: organisation, sole_trader, person, minor.
    """
    if need == "minor":
        return None, minor(size, dice)
    if need == "person" or (not need and dice.happens(PERSON_PERCENT[item])):
        return None, adult(size, dice)
    found = organisation(size, dice.below(size.organisations))
    tries = 20 * TRIES if need == "sole_trader" else TRIES
    for _ in range(tries):
        if _fits(found, sector, need):
            break
        found = organisation(size, dice.below(size.organisations))
    return found, None


def _fits(found: Organisation, sector: str, need: str) -> bool:
    if need == "sole_trader":
        return found.form == "sole_trader"
    if need == "organisation" and found.held:
        return False
    return sector in found.sectors or sector in {"general", "statistics", "tax"}


def party_values(party: Party, dice: Dice) -> dict[str, str]:
    """The columns about the party, as the tables write them; blank ones left out."""
    found, person = party
    if found is None:
        assert person is not None  # noqa: S101 - one of the two is always there
        return {
            "subject_name": person.name,
            "subject_kind": NATURAL_PERSON,
            "id_type": ID_CARD,
            "id_number": person.id_number,
        }
    values = {
        "subject_name": found.name,
        "subject_kind": found.subject_kind,
        "uscc": found.uscc,
        "representative": found.representative.name,
    }
    if dice.happens(40):
        values["registration_number"] = found.old_registration_number
        values["org_code"] = found.old_org_code
    if found.subject_kind != SOLE_TRADER and dice.happens(25):
        values["representative_id_type"] = ID_CARD
        values["representative_id_number"] = found.representative.id_number
    return {name: text for name, text in values.items() if text}
