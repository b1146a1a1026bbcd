"""Makes the organisations: each from its number alone, so that a million need no memory."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from chengxin.city.dice import Dice
from chengxin.city.identifiers import (
    base31,
    org_code,
    registration_13,
    registration_15,
    uscc,
    wrong_check,
)
from chengxin.city.names import Named, former_names, name_of
from chengxin.city.people import adult
from chengxin.city.values import Organisation, Size
from chengxin.city.words import words

FORMS: Final = (
    ("company", 440),
    ("sole_trader", 320),
    ("branch", 50),
    ("cooperative", 50),
    ("institution", 35),
    ("private_non_enterprise", 25),
    ("village_collective", 25),
    ("social_group", 18),
    ("sole_proprietorship", 15),
    ("law_firm", 10),
    ("partnership", 9),
    ("foundation", 3),
)
CODE_PREFIX: Final = {
    "company": ("91", "MA"),
    "branch": ("91", "MA"),
    "sole_proprietorship": ("91", "MA"),
    "partnership": ("91", "MA"),
    "sole_trader": ("92", "MA"),
    "cooperative": ("93", "MA"),
    "institution": ("12", "MB"),
    "social_group": ("51", "MJ"),
    "private_non_enterprise": ("52", "MJ"),
    "foundation": ("53", "MJ"),
    "law_firm": ("31", "MD"),
    "village_collective": ("N2", "MF"),
}
HELD_PERCENT: Final = 0.6
CODES_SINCE: Final = date(2015, 10, 1)
DIVISIONS_CHANGED: Final = date(2014, 5, 1)
LONG_NUMBERS_SINCE: Final = date(2007, 7, 1)
BUSINESS_FORMS: Final = frozenset(
    {"company", "branch", "sole_trader", "cooperative", "sole_proprietorship", "partnership"}
)
KEPT: Final = 50_000
_PRIME: Final = 715_827_883


def form_of(size: Size, index: int) -> str:
    """The legal form of organisation `index`. The first is a company, so branches have one."""
    if index == 0:
        return "company"
    return Dice(size.seed, "form", index).weighted(FORMS)


@lru_cache(maxsize=KEPT)
def organisation(size: Size, index: int) -> Organisation:
    """Organisation number `index`; the same for the same size. The last ones made are kept."""
    dice = Dice(size.seed, "organisation", index)
    form = form_of(size, index)
    parent = organisation(size, _parent(size, dice)) if form == "branch" else None
    representative = adult(size, dice)
    named = name_of(size, index, form, representative.name, parent)
    registered_on = _registered_on(size, dice, form)
    if parent is not None:
        registered_on = max(registered_on, parent.registered_on + timedelta(days=30))
    place = words().places[named.division]
    region = place.old_division if registered_on < DIVISIONS_CHANGED else place.division
    region = region if region[4] != "7" else "320700"
    code, inner = _codes(index, form, region, registered_on)
    held = dice.happens(HELD_PERCENT)
    old = registered_on < CODES_SINCE
    business = form in BUSINESS_FORMS
    return Organisation(
        index=index,
        form=form,
        name=named.name,
        uscc=wrong_check(code, dice.below(30)) if held else code,
        held=held,
        division=named.division,
        industry=named.industry,
        sectors=named.sectors,
        address=_address(dice, named),
        registered_on=registered_on,
        status=dice.weighted((("active", 88), ("revoked", 7), ("deregistered", 5))),
        former_names=former_names(dice, form, named, place),
        old_registration_number=_registration(index, region, registered_on)
        if old and business
        else "",
        old_org_code=f"{inner[:8]}-{inner[8]}" if old and form != "sole_trader" else "",
        branch_of="" if parent is None else parent.uscc,
        representative=representative,
    )


def organisations(size: Size) -> Iterator[Organisation]:
    """All of them, in order."""
    return (organisation(size, index) for index in range(size.organisations))


def _parent(size: Size, dice: Dice) -> int:
    start = dice.below(size.organisations)
    for step in range(size.organisations):
        index = (start + step) % size.organisations
        if form_of(size, index) == "company":
            return index
    raise AssertionError(size)


def _codes(index: int, form: str, region: str, registered_on: date) -> tuple[str, str]:
    """A valid code and its inner organisation code; no two numbers share one."""
    kind, letters = CODE_PREFIX[form]
    serial = (index * _PRIME + 17) % 31**6
    if registered_on < CODES_SINCE and form != "sole_trader":
        inner = org_code(f"{10_000_000 + index * 67_867_967 % 89_999_999:08d}")
    else:
        inner = org_code(letters + base31(serial, 6))
    return uscc(kind, region, inner), inner


def _registration(index: int, region: str, registered_on: date) -> str:
    if registered_on < LONG_NUMBERS_SINCE:
        return registration_13(region, 1_000_000 + index * 7_368_787 % 8_999_999)
    return registration_15(region, index * 67_867_967 % 99_999_989)


def _registered_on(size: Size, dice: Dice, form: str) -> date:
    """More of them lately; institutions and villages are older."""
    oldest = 34 * 365 if form in {"institution", "company", "village_collective"} else 20 * 365
    days = min(dice.between(1200, oldest), dice.between(1200, oldest))
    return size.as_of - timedelta(days=days)


def _address(dice: Dice, named: Named) -> str:
    place = words().places[named.division]
    street = dice.pick(words().streets)
    district = place.district.removeprefix("连云港")
    house = f"连云港市{district}{dice.pick(place.towns)}{street}{dice.between(1, 399)}号"
    if dice.happens(30):
        house += f"{dice.between(1, 28)}幢{dice.between(101, 2904)}室"
    return house
