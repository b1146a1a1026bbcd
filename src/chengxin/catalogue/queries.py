"""The compiled catalogue 目录 of a rulebook."""

from collections import OrderedDict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from chengxin.catalogue.errors import CatalogueRefused, UnknownItem
from chengxin.catalogue.rules import compile_raw, item_faults
from chengxin.catalogue.values import Item
from chengxin.policy.errors import RulebookFault
from chengxin.policy.values import RawItem, Rulebook

KEPT: Final = 4

Items = Mapping[str, Item]
# The raw items are kept beside the compiled ones, so that their id is not used again.
_compiled: OrderedDict[tuple[str, int], tuple[Mapping[str, RawItem], Items]] = OrderedDict()


def items(book: Rulebook) -> Items:
    """Every item of the catalogue by code, compiled once per rulebook.

    Raises: `CatalogueRefused` with every fault, if any item does not compile.
    """
    key = (book.edition, id(book.raw_items))
    if key not in _compiled:
        faults = check_items(book)
        if faults:
            raise CatalogueRefused(faults)
        made = {code: compile_raw(raw, book) for code, raw in sorted(book.raw_items.items())}
        _compiled[key] = (book.raw_items, MappingProxyType(made))
        while len(_compiled) > KEPT:
            _compiled.popitem(last=False)
    return _compiled[key][1]


def item(book: Rulebook, code: str) -> Item:
    """The item of that code. Raises: `UnknownItem`, `CatalogueRefused`."""
    catalogue = items(book)
    if code not in catalogue:
        raise UnknownItem(item=code, known=list(catalogue))
    return catalogue[code]


def check_items(book: Rulebook) -> list[RulebookFault]:
    """Every fault that keeps an item of the rulebook from compiling, by file and line."""
    return sorted(fault for raw in book.raw_items.values() for fault in item_faults(raw, book))
