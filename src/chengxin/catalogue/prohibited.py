"""Content no item may have: the words of the prohibited list, looked for in every name."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from chengxin.catalogue.errors import item_fault
from chengxin.kernel.text import normalise_text
from chengxin.policy.errors import RulebookFault
from chengxin.policy.values import Prohibition, RawItem, Rulebook

_WORD = re.compile(r"[a-z0-9]+")


def prohibited_faults(raw: RawItem, book: Rulebook) -> Iterator[RulebookFault]:
    """Each name or label of the item that speaks of prohibited content."""
    persons = "natural_person" in raw.data["subject_kinds"]
    barred = [one for one in book.prohibitions if persons or not one.persons_only]
    yield from _faults(raw, barred, raw.data, "code", "label", "label_en")
    for field in raw.data["fields"]:
        place = ("fields", field["name"])
        yield from _faults(raw, barred, field, "name", "label", "label_en", at=place)
        for text in field.get("synonyms", ()):
            yield from _text_faults(raw, barred, text, (*place, "synonyms"))


def _faults(
    raw: RawItem,
    barred: list[Prohibition],
    data: Mapping[str, Any],
    *keys: str,
    at: tuple[str, ...] = (),
) -> Iterator[RulebookFault]:
    for key in keys:
        if key in data:
            yield from _text_faults(raw, barred, data[key], (*at, key))


def _text_faults(
    raw: RawItem, barred: list[Prohibition], text: str, path: tuple[str, ...]
) -> Iterator[RulebookFault]:
    for one in barred:
        if speaks_of(one, text):
            yield item_fault(
                "PROHIBITED",
                raw.where(*path),
                text=text,
                label=one.label,
                label_en=one.label_en,
                reason=one.reason,
                reason_en=one.reason_en,
                basis=one.basis,
            )


def speaks_of(prohibition: Prohibition, text: str) -> bool:
    """Whether `text` (Chinese or English, a label or a name) has a word of the prohibition."""
    chinese = normalise_text(text).upper().replace(" ", "")
    for harmless in prohibition.exceptions:
        chinese = chinese.replace(harmless.upper(), "")
    if any(word.upper() in chinese for word in prohibition.words if not word.isascii()):
        return True
    english = f"_{'_'.join(_WORD.findall(text.lower()))}_"
    latin = (word.lower() for word in prohibition.words if word.isascii())
    return any(f"_{word}_" in english for word in (*prohibition.words_en, *latin))
