"""Content no item may have: the words of the prohibited list, looked for in every text of it.

Labels, names, synonyms, help, purposes and the code lists a field uses are all read, in Chinese
and in English, whatever blanks and marks stand between the characters.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from chengxin.catalogue.errors import item_fault
from chengxin.kernel.text import normalise_text
from chengxin.policy.errors import RulebookFault
from chengxin.policy.values import Prohibition, RawItem, Rulebook

_WORD: Final = re.compile(r"[a-z0-9]+")
_MARKS: Final = re.compile(r"[\W_]+")
_NEVER: Final = r"(?!)"
_HIDDEN: Final = "\0"
SHORTEST_PLURAL: Final = 4
ITEM_TEXTS: Final = ("code", "label", "label_en", "purpose", "purpose_en")
FIELD_TEXTS: Final = ("name", "label", "label_en", "help", "help_en")


def prohibited_faults(raw: RawItem, book: Rulebook) -> Iterator[RulebookFault]:
    """Each text of the item that speaks of prohibited content; a text is told of once."""
    about_persons = "natural_person" in raw.data["subject_kinds"]
    reader = reader_of(tuple(book.prohibitions))
    for path, text in _texts(raw, book):
        for one, of_persons_only in reader.found(text):
            if about_persons or not of_persons_only:
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


def _texts(raw: RawItem, book: Rulebook) -> Iterator[tuple[tuple[str, ...], str]]:
    data = raw.data
    for key in ITEM_TEXTS:
        if data.get(key):
            yield (key,), data[key]
    for field in data["fields"]:
        place = ("fields", field["name"])
        for key in FIELD_TEXTS:
            if key in field:
                yield (*place, key), field[key]
        for text in field.get("synonyms", ()):
            yield (*place, "synonyms"), text
        codelist = book.codelists.get(field.get("codelist", ""))
        for entry in codelist.entries if codelist is not None else ():
            yield (*place, "codelist"), entry.label


Found = tuple[Prohibition, bool]
"""A prohibition, and whether it was found by what forbids it for persons only."""


@dataclass(frozen=True)
class _Test:
    """What to look for in the Chinese and in the English of a text."""

    prohibition: Prohibition
    zh: re.Pattern[str]
    en: re.Pattern[str]
    of_persons_only: bool


class Reader:
    """Tells which prohibitions a text speaks of; each text is read once."""

    def __init__(self, prohibitions: Sequence[Prohibition]) -> None:
        self._tests = [test for one in prohibitions for test in _expressions(one)]
        # Most texts have nothing in them: one look over all words settles those.
        self._any_zh = _any(test.zh.pattern for test in self._tests)
        self._any_en = _any(test.en.pattern for test in self._tests)
        self._seen: dict[str, tuple[Found, ...]] = {}

    def found(self, text: str) -> tuple[Found, ...]:
        """The prohibitions `text` speaks of, in the order of the list, and of whom they hold."""
        if text not in self._seen:
            chinese, english = _chinese(text), _english(text)
            hit = self._any_zh.search(chinese) or self._any_en.search(english)
            self._seen[text] = self._looked_at(chinese, english) if hit else ()
        return self._seen[text]

    def _looked_at(self, chinese: str, english: str) -> tuple[Found, ...]:
        hits: dict[str, Found] = {}
        for test in self._tests:
            one = test.prohibition
            zh = _without(chinese, tuple(map(_chinese, one.exceptions)))
            en = _without(english, tuple(map(_english, one.exceptions_en)), between="_")
            if test.zh.search(zh) or test.en.search(en):
                hits.setdefault(one.code, (one, test.of_persons_only))
        return tuple(hits.values())


@lru_cache(maxsize=8)
def reader_of(prohibitions: tuple[Prohibition, ...]) -> Reader:
    """The reader for a list of prohibitions, made once."""
    return Reader(prohibitions)


def speaks_of(prohibition: Prohibition, text: str) -> bool:
    """Whether `text` (Chinese or English, a label or a name) has a word of the prohibition."""
    return bool(reader_of((prohibition,)).found(text))


def _expressions(one: Prohibition) -> Iterator[_Test]:
    latin = [word for word in one.words if word.isascii()]
    zh = [re.escape(_chinese(word)) for word in one.words if not word.isascii()]
    yield _Test(
        one, _any([*zh, *one.patterns]), _any(_words((*one.words_en, *latin))), one.persons_only
    )
    if one.words_en_persons:
        yield _Test(
            one, re.compile(_NEVER), _any(_words(one.words_en_persons)), of_persons_only=True
        )


def _words(texts: Sequence[str]) -> list[str]:
    return [_english(text)[:-1] + "(?=_)" for text in texts]


def _any(patterns: Iterator[str] | Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns) or _NEVER)


def _chinese(text: str) -> str:
    """Half-width capitals without blanks or marks: 闯 · 红-灯 is 闯红灯."""
    return _MARKS.sub("", normalise_text(text).upper())


def _english(text: str) -> str:
    """Words between underscores, a plural as its singular: ``_blood_type_``."""
    words = (_singular(word) for word in _WORD.findall(text.lower()))
    return f"_{'_'.join(words)}_"


def _singular(word: str) -> str:
    plural = len(word) >= SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if plural else word


def _without(text: str, harmless: Sequence[str], between: str = "") -> str:
    for one in harmless:
        text = text.replace(one, between + _HIDDEN + between)
    return text
