"""What a reader may have meant: from a text to attempts at finding it, the surest first.

An attempt is pure data: lexemes that narrow the search down through the index, patterns that
decide, and the reason that is told beside the result. No attempt asks for a person.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from typing import Final

from opencc import OpenCC

from chengxin.kernel.ids.leaks import holds_id_number
from chengxin.kernel.text import normalise_name, normalise_text
from chengxin.subjects.rules.names import name_key
from chengxin.subjects.rules.near import near_codes
from chengxin.subjects.rules.pinyin import readings, syllables
from chengxin.subjects.values import Reason

MINIMUM_QUERY: Final = 2
LONGEST_NEEDLE: Final = 60
_LONGEST_SLIP: Final = 30
_SHORTEST_SLIP: Final = 3
_SHORTEST_NEAR: Final = 4
_BRIEF: Final = 7
_SHORT_NAME: Final = range(3, 13)
_CODE: Final = re.compile(r"[0-9A-Z]{8,20}")
_LETTERS: Final = re.compile(r"[a-zü']+")
_CJK: Final = re.compile(r"[一-鿿]")
_DOCUMENT: Final = re.compile(r"(.*[一-鿿].*?)\(?((?:19|20)\d\d)\)?(.*\d.*)")
_YEAR_BRACKETS: Final = ("〔〕", "[]", "（）", "()", "【】", ("", ""))
_SIGNS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ORG_CODE_LENGTH: Final = 9
_SHORTER_CODES: Final = (ORG_CODE_LENGTH, 15)
_LOOKALIKES: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "S": "5", "Z": "2", "B": "8"})
_FORMS: Final = re.compile(
    r"(?:集团)?(?:股份有限公司|有限责任公司|股份公司|有限公司|总公司|公司|合作社|合伙企业)$"
)
_WRITINGS: Final = (
    ("有限责任公司", "有限公司"),
    ("有限公司", "有限责任公司"),
    ("股份公司", "股份有限公司"),
)


@dataclass(frozen=True)
class Attempt:
    """One way of finding: `lexemes` (any of them, each all) in the index, `patterns` decide.

    `column` is of names: `normalised`, `pinyin` or `initials`; what begins with `first` is shown
    before the rest.
    """

    reason: Reason
    lexemes: frozenset[tuple[str, ...]]
    patterns: tuple[str, ...]
    column: str = "normalised"
    first: str = ""

    def tsquery(self, traits: Iterable[str] = (), common: frozenset[str] = frozenset()) -> str:
        """The lexemes as PostgreSQL reads them, together with traits each result must have.

        Where there are several ways, what very many names have (`common`) is left out of each that
        says more: an index walks through all of it for every other way.
        """
        lexemes = self.lexemes
        if len(lexemes) > 1:
            rare = ((way, tuple(one for one in way if one not in common)) for way in lexemes)
            lexemes = frozenset(few or way for way, few in rare)
        ways = " | ".join(sorted(_all(one) for one in lexemes))
        return " & ".join((f"({ways})", *map(_quoted, traits)))


def get_ready() -> None:
    """Read the tables that searching needs, once: half a second that no reader should wait for."""
    syllables("连云港")
    simplified("連雲港")


def needle_of(text: str) -> str:
    """A text as names are matched; cut where no name goes on."""
    return normalise_name(text)[:LONGEST_NEEDLE]


def is_personal(text: str) -> bool:
    """Whether a text holds the number of a natural person 公民身份号码: it is not looked up."""
    return holds_id_number(normalise_text(text)) or holds_id_number(normalise_name(text))


def is_brief(needle: str) -> bool:
    """Whether it is so short that it may be short for another name too."""
    return len(needle) <= _BRIEF


def is_wordy(needle: str) -> bool:
    """Whether it has enough of letters, digits or characters to be compared with whole names."""
    return sum(map(str.isalnum, needle)) >= _SHORTEST_NEAR


def document_numbers(text: str) -> tuple[str, ...]:
    """The ways to write a document number 文号 that a text may be; none if it is not like one."""
    found = _DOCUMENT.fullmatch(normalise_name(text))
    if found is None:
        return ()
    before, year, after = found.groups()
    ways = (f"{before}{left}{year}{right}{after}" for left, right in _YEAR_BRACKETS)
    return tuple(dict.fromkeys((text, *ways)))


def simplified(needle: str) -> str:
    """The needle in simplified characters 简体."""
    return needle if needle.isascii() else str(_converter().convert(needle))


def codes(needle: str) -> tuple[str, ...]:
    """The needle as a code, if it may be one."""
    return (needle,) if _CODE.fullmatch(needle) and any(map(str.isdigit, needle)) else ()


def slipped_codes(needle: str) -> tuple[str, ...]:
    """The codes one slip away from what looks like one: a wrong sign, a letter for a digit."""
    if not codes(needle):
        return ()
    found = set(near_codes(needle))
    found.add(needle.translate(_LOOKALIKES))
    if len(needle) in _SHORTER_CODES:
        found.update(
            needle[:at] + sign + needle[at + 1 :] for at in range(len(needle)) for sign in _SIGNS
        )
    return tuple(sorted(found - {needle}))


def direct(needle: str, reason: Reason = Reason.NAME) -> Iterator[Attempt]:
    """Names that hold the needle, those that begin with it first."""
    if len(needle) >= MINIMUM_QUERY:
        yield Attempt(reason, _lexemes(needle), (f"%{_literal(needle)}%",), first=needle)


def words(text: str) -> Iterator[Attempt]:
    """Names that hold every word of a text with spaces, in this order or the other."""
    parts = [normalise_name(one) for one in normalise_text(text).split(" ")]
    parts = [one for one in parts if one]
    pairs = tuple(dict.fromkeys(pair for one in parts for pair in _pairs(one)))
    if len(parts) > 1 and pairs:
        ways = (parts, parts[::-1])
        patterns = tuple("%" + "%".join(map(_literal, way)) + "%" for way in ways)
        yield Attempt(Reason.WORDS, frozenset({pairs}), patterns)


def said(text: str) -> Iterator[Attempt]:
    """Names whose pinyin 拼音 the letters are, or whose initials 首字母."""
    letters = normalise_text(text).lower().replace(" ", "")
    if not _LETTERS.fullmatch(letters):
        return
    letters = letters.replace("'", "").replace("ü", "v")[:LONGEST_NEEDLE]
    ways = [way for way in readings(letters) if len(way) > 1]
    whole, begun = [], []
    known = {one for way in readings(letters) for one in way[:-1]}
    for way in ways:
        finished = way if readings(way[-1]) or way[-1] in known else way[:-1]
        if len(finished) > 1:
            whole.append(tuple(f"{a} {b}" for a, b in pairwise(finished)))
            begun.append("% " + " ".join(way) + "%")
    if whole:
        yield Attempt(Reason.PINYIN, frozenset(whole), tuple(begun), "pinyin")
    if len(letters) >= MINIMUM_QUERY:
        yield Attempt(Reason.INITIALS, _lexemes(letters), (f"%{letters}%",), "initials")


def written(needle: str) -> Iterator[Attempt]:
    """Names in which the legal form 组织形式 or the brackets are written another way."""
    ways = {needle.replace("(", "").replace(")", ""), name_key(needle), _FORMS.sub("", needle)}
    ways.update(needle.replace(a, b) for a, b in _WRITINGS)
    for one in sorted(ways - {needle}, key=len, reverse=True):
        if len(one) >= MINIMUM_QUERY:
            yield Attempt(Reason.FORM, _lexemes(one), (f"%{_literal(one)}%",))


def shortened(needle: str) -> Iterator[Attempt]:
    """Names the needle is short for 简称: all its signs in order, with one or two gaps."""
    if len(needle) not in _SHORT_NAME:
        return
    gaps = 1 if len(needle) == _SHORT_NAME.start else 2
    places = range(1, len(needle))
    lexemes, patterns = set(), []
    for count in range(1, gaps + 1):
        for cuts in combinations(places, count):
            ends = (0, *cuts, len(needle))
            parts = [needle[a:b] for a, b in pairwise(ends)]
            if pairs := tuple(pair for part in parts for pair in _pairs(part)):
                lexemes.add(pairs)
                patterns.append("%" + "%".join(map(_literal, parts)) + "%")
    if patterns:
        yield Attempt(Reason.SHORT, frozenset(lexemes), tuple(patterns))


def sounding(needle: str) -> Iterator[Attempt]:
    """Names with other characters that are said the same 同音."""
    said = syllables(needle)
    if len(said) >= _SHORTEST_SLIP - 1 and len(said) == len(_CJK.findall(needle)) == len(needle):
        pairs = tuple(f"{a} {b}" for a, b in pairwise(said))
        yield Attempt(Reason.SOUND, frozenset({pairs}), (f"% {' '.join(said)} %",), "pinyin")


def slipped(needle: str) -> Iterator[Attempt]:
    """Names one slip away: a sign wrong, missing or too many, two neighbours swapped."""
    if not _SHORTEST_SLIP <= len(needle) <= _LONGEST_SLIP:
        return
    lexemes: set[tuple[str, ...]] = set()
    patterns: dict[str, None] = {}
    for before, between, after in _slips(needle):
        pairs = (*_pairs(before), *_pairs(after)) if between else _pairs(before + after)
        if pairs:
            lexemes.add(tuple(dict.fromkeys(pairs)))
            patterns[f"%{_literal(before)}{between}{_literal(after)}%"] = None
    if patterns:
        yield Attempt(Reason.SLIP, frozenset(lexemes), tuple(patterns))


def _slips(needle: str) -> Iterator[tuple[str, str, str]]:
    size = len(needle)
    for at in range(size):
        yield needle[:at], "_", needle[at + 1 :]
        if at:
            yield needle[:at], "_", needle[at:]
            swapped = needle[: at - 1] + needle[at] + needle[at - 1]
            yield swapped, "", needle[at + 1 :]
        if size > _SHORTEST_SLIP:
            yield needle[:at], "", needle[at + 1 :]


def _pairs(text: str) -> tuple[str, ...]:
    return tuple(a + b for a, b in pairwise(text))


def _lexemes(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset({tuple(dict.fromkeys(_pairs(text)))})


def _all(lexemes: Sequence[str]) -> str:
    return "(" + " & ".join(map(_quoted, lexemes)) + ")"


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def _literal(text: str) -> str:
    """A text that a LIKE pattern takes as it stands."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
