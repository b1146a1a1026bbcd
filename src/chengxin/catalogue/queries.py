"""The compiled catalogue 目录 of a rulebook."""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from chengxin.catalogue.errors import CatalogueRefused, ItemEnded, UnknownItem
from chengxin.catalogue.rules import compile_raw, item_faults, item_notices
from chengxin.catalogue.trials import Trial, try_all
from chengxin.catalogue.values import Item
from chengxin.law.values import Law
from chengxin.policy.errors import RulebookFault
from chengxin.policy.queries import take_up_only_if_faultless
from chengxin.policy.values import RawItem, Rulebook

__all__ = [
    "Trial",
    "check_items",
    "item",
    "items",
    "notices",
    "open_item",
    "open_items",
    "try_all",
]

KEPT: Final = 4

Items = Mapping[str, Item]
# What they were compiled from is kept beside them, so that its id is not used again.
Source = tuple[Mapping[str, RawItem], Mapping[str, Law]]
_compiled: OrderedDict[tuple[str, int, int], tuple[Source, Items]] = OrderedDict()


def items(book: Rulebook) -> Items:
    """Every item of the catalogue by code, compiled once per rulebook.

    Raises: `CatalogueRefused` with every fault, if any item does not compile.
    """
    key = (book.edition, id(book.raw_items), id(book.laws))
    if key not in _compiled:
        faults = check_items(book)
        if faults:
            raise CatalogueRefused(faults)
        made = {code: compile_raw(raw, book) for code, raw in sorted(book.raw_items.items())}
        _compiled[key] = ((book.raw_items, book.laws), MappingProxyType(made))
        while len(_compiled) > KEPT:
            _compiled.popitem(last=False)
    return _compiled[key][1]


def item(book: Rulebook, code: str) -> Item:
    """The item of that code. Raises: `UnknownItem`, `CatalogueRefused`."""
    catalogue = items(book)
    if code not in catalogue:
        raise UnknownItem(item=code, known=list(catalogue))
    return catalogue[code]


def open_items(book: Rulebook, on: date) -> Items:
    """The items under which something may be collected on that day.

    Raises: `CatalogueRefused`.
    """
    return {code: one for code, one in items(book).items() if one.until is None or on < one.until}


def open_item(book: Rulebook, code: str, on: date) -> Item:
    """The item of that code, if something may be collected under it on that day.

    Raises: `UnknownItem`, `ItemEnded`, `CatalogueRefused`.
    """
    found = item(book, code)
    if found.until is None or on < found.until:
        return found
    zh = f"所依据的{found.repealed}已废止。" if found.repealed else ""
    en = f"Its basis {found.repealed} was repealed." if found.repealed else ""
    raise ItemEnded(
        item=found.label, item_en=found.code, until=found.until, reason_zh=zh, reason_en=en
    )


def notices(book: Rulebook) -> list[RulebookFault]:
    """What ends by itself because its law does: values of parameters, and items."""
    ending = (notice for raw in book.raw_items.values() for notice in item_notices(raw, book))
    return sorted([*book.notices, *ending])


def check_items(book: Rulebook) -> list[RulebookFault]:
    """Every fault that keeps an item of the rulebook from compiling, by file and line."""
    return sorted(fault for raw in book.raw_items.values() for fault in item_faults(raw, book))


# A change of the law files that leaves the catalogue faulty is not taken up while we run.
take_up_only_if_faultless(check_items)
