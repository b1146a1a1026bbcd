"""Makes the persons 自然人: all fictional, with ID numbers that can be nobody's."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from chengxin.city.dice import Dice
from chengxin.city.identifiers import id_number
from chengxin.city.values import Person, Size
from chengxin.city.words import words

MINOR_PERCENT: Final = 4
KEPT: Final = 50_000
_OLDEST_DAYS: Final = 78 * 365
_GROWN_DAYS: Final = 24 * 366  # grown up on every day the city tells of
_YOUNGEST_DAYS: Final = 9 * 365
_OF_AGE_SOON_DAYS: Final = 17 * 365  # and a minor on every such day


@lru_cache(maxsize=KEPT)
def person(size: Size, index: int) -> Person:
    """Person number `index`; the same for the same size."""
    dice = Dice(size.seed, "person", index)
    lists = words()
    minor = dice.happens(MINOR_PERCENT) or index == 0
    days = (
        dice.between(_YOUNGEST_DAYS, _OF_AGE_SOON_DAYS)
        if minor
        else dice.between(_GROWN_DAYS, _OLDEST_DAYS)
    )
    born_on = size.as_of - timedelta(days=days)
    is_man = dice.happens(50)
    given = dice.pick(lists.given) + (dice.pick(lists.given) if dice.happens(75) else "")
    return Person(
        index=index,
        name=dice.pick(lists.surnames) + given,
        id_number=id_number(born_on, _order(index, is_man=is_man)),
        born_on=born_on,
        is_man=is_man,
    )


def adult(size: Size, dice: Dice) -> Person:
    """A grown-up, chosen by `dice`."""
    return _chosen(size, dice, minor=False)


def minor(size: Size, dice: Dice) -> Person:
    """A person under 18, chosen by `dice`."""
    return _chosen(size, dice, minor=True)


def _chosen(size: Size, dice: Dice, *, minor: bool) -> Person:
    start = dice.below(size.persons)
    for step in range(size.persons):
        found = person(size, (start + step) % size.persons)
        if found.is_minor(size.as_of) == minor:
            return found
    raise AssertionError(minor)


def _order(index: int, *, is_man: bool) -> int:
    """The three order digits: odd for men; spread so that birthdays rarely collide."""
    return (index * 2 + (1 if is_man else 0)) % 1000


def first_day(size: Size) -> date:
    """The first day of which the city tells: 1 January three years before `as_of`."""
    return date(size.as_of.year - 3, 1, 1)
