"""Propose for each column the field it holds, with a confidence."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from chengxin.catalogue.values import Field, Item
from chengxin.intake.errors import BadMapping
from chengxin.intake.rules.evidence import LIKELY, UNLIKELY, Content
from chengxin.intake.rules.headers import header_key
from chengxin.kernel.canonical import sha256_hex

EXACT, SYNONYM, BARE, LEAST = 1.0, 0.95, 0.88, 0.55
CLOSE = 0.8  # likeness from which two names are perhaps the same
_NOTE = re.compile(r"\([^()]*\)")
_NUMBERED = re.compile(r"代码-?(\d)")
BY_CONTENT = 0.7
OLD_NUMBERS = frozenset({"tax_number", "registration_number", "org_code"})
_NAMELESS = re.compile(r"(?:列|字段|COLUMN|UNNAMED|F|COL|FIELD)?-?\d*")
TELLING = 2  # fields named as in an older layout, from which a file is said to be in it
DISTINCT = 3  # fields that must be met before a file is said to be of an item
LIKELY_ITEMS = 4  # items looked at closely, of all that know some header
TELLING_SCORE = 0.8  # about one header that no other item has
CLEARLY = 1.2  # by how much the first must be better than the second


@dataclass(frozen=True)
class Guess:
    """The field a column may hold, and how sure that is (0..1)."""

    field: str | None
    confidence: float
    source: str = "proposed"


NOTHING = Guess(None, 0.0)


def propose(item: Item, headers: Sequence[str], contents: Sequence[Content]) -> tuple[Guess, ...]:
    """For each column the best field left, surest first; each field is given once.

    Where the headers show an older layout, a header of that layout means what it meant there,
    also where today's layout gives the same words to another field (失信严重程度).
    """
    layout = _layout_of(item, headers)
    candidates = sorted(
        (
            (-_confidence(field, header, contents[column], layout), order, column, field.name)
            for column, header in enumerate(headers)
            if header
            for order, field in enumerate(item.fields)
        ),
    )
    guesses: dict[int, Guess] = {}
    given: set[str] = set()
    for negative, _, column, name in candidates:
        if -negative < LEAST:
            break
        if column not in guesses and name not in given:
            guesses[column] = Guess(name, round(-negative, 2))
            given.add(name)
    _by_content(item, headers, contents, guesses)
    return tuple(guesses.get(column, NOTHING) for column in range(len(headers)))


def _by_content(
    item: Item, headers: Sequence[str], contents: Sequence[Content], guesses: dict[int, Guess]
) -> None:
    """Give the code of the party to a column that plainly holds it and is called otherwise.

    Since 2015 a tax or registration number may be the unified code; and a column without a name
    may be one. Never a column whose name says something else: it may be another body's code.
    """
    known = {field.name: field for field in item.fields}
    taken = {guess.field for guess in guesses.values()}
    if "uscc" in taken or "uscc" not in known:
        return
    for column, header in enumerate(headers):
        guess = guesses.get(column, NOTHING)
        nameless = guess is NOTHING and _NAMELESS.fullmatch(header_key(header)) is not None
        if (nameless or guess.field in OLD_NUMBERS) and contents[column].codes() >= LIKELY:
            guesses[column] = Guess("uscc", BY_CONTENT)
            return


def _layout_of(item: Item, headers: Sequence[str]) -> Mapping[str, str]:
    """Header → field of the older layout the headers belong to; empty for today's.

    A layout is told by the fields it names otherwise than today: more of them, and at least two,
    must stand there under its names than under today's. A synonym of today proves nothing.
    """
    held = {header_key(header) for header in headers}
    own = {f.name: {header_key(f.label), header_key(f.code)} - {""} for f in item.fields}
    for name in item.profiles:
        layout = {header_key(header): field for header, field in item.profile(name).items()}
        older = {field for key, field in layout.items() if key in held and key not in own[field]}
        newer = {field for field in layout.values() if own[field] & held}
        if len(older) >= max(TELLING, len(newer) + 1):
            return layout
    return {}


def _confidence(field: Field, header: str, content: Content, layout: Mapping[str, str]) -> float:
    """Likeness of the names, moved by what the content says."""
    meant = layout.get(header_key(header))
    by_name = (EXACT if meant == field.name else 0.0) if meant else name_likeness(field, header)
    if by_name < LEAST:
        return 0.0
    share = content.fits(field)
    if share is None:
        return by_name
    if share >= LIKELY:
        return by_name + (1 - by_name) * 0.3
    # The header still decides who is asked about it; a doubt is raised from the contents.
    return by_name * (0.6 if share <= UNLIKELY else 0.85)


def name_likeness(field: Field, header: str) -> float:
    """How surely a header names a field: code or label 1, synonym less, likeness least."""
    return _likeness_to(field.label, field.code, field.headers, header)


@lru_cache(maxsize=65536)  # departments use the same headers, file after file
def _likeness_to(label: str, code: str, headers: tuple[str, ...], header: str) -> float:
    wanted = header_key(header)
    if not wanted:
        return 0.0
    if wanted in {header_key(label), header_key(code)} - {""}:
        return EXACT
    known = frozenset(header_key(one) for one in headers)
    if wanted in known:
        return SYNONYM
    bare = header_key(_NOTE.sub("", wanted))
    if bare and bare in known | {header_key(_NOTE.sub("", key)) for key in known}:
        return BARE
    if _NUMBERED.search(wanted) or len(wanted) < 3:  # noqa: PLR2004  代码_1 and 代码_2 are alike, not the same
        return 0.0
    best = max((_likeness(wanted, key) for key in known), default=0.0)
    return round(best * 0.85, 2) if best >= CLOSE else 0.0


def _likeness(left: str, right: str) -> float:
    if abs(len(left) - len(right)) > max(len(left), len(right)) // 2:
        return 0.0
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def signature_of(headers: Sequence[str]) -> str:
    """A digest that stands for column names in their order, as `header_key` compares them."""
    return sha256_hex("\n".join(header_key(header) for header in headers).encode())


def detect_item(
    items: Mapping[str, Item], headers: Sequence[str], contents: Sequence[Content]
) -> str | None:
    """The item whose fields the headers name best; None when none does, or two do nearly as well.

    A header proves the less, the more items have a field so named: 列入日期 says "some list",
    the party and its codes say nothing.
    """
    owners = _owners(items)
    held = {key for header in headers if (key := header_key(header))}
    exact = {
        code: sum(1 / len(owners[key]) for key in held if code in owners.get(key, ()))
        for code in items
    }
    likely = sorted(items, key=lambda code: (-exact[code], code))[:LIKELY_ITEMS]
    scores = [
        (exact[code] + alike, code)
        for code in likely
        for met, alike in [_met(items[code], headers, contents, owners)]
        if met >= DISTINCT and exact[code] + alike >= TELLING_SCORE
    ]
    scores.sort(key=lambda one: (-one[0], one[1]))
    if not scores or (len(scores) > 1 and scores[1][0] * CLEARLY > scores[0][0]):
        return None
    return scores[0][1]


def _owners(items: Mapping[str, Item]) -> Mapping[str, set[str]]:
    """Header key → the items with a field so named, in today's layout or an older one."""
    owners: dict[str, set[str]] = {}
    for code, item in items.items():
        for field in item.fields:
            older = (header for names in field.profiles.values() for header in names)
            for header in (*field.headers, *older):
                owners.setdefault(header_key(header), set()).add(code)
    return owners


def _met(
    item: Item,
    headers: Sequence[str],
    contents: Sequence[Content],
    owners: Mapping[str, set[str]],
) -> tuple[int, float]:
    """How many fields of the item are met, and what headers nobody knows resemble of it."""
    guesses = propose(item, headers, contents)
    named = [(guess, header) for guess, header in zip(guesses, headers, strict=True) if guess.field]
    strange = [guess.confidence for guess, header in named if header_key(header) not in owners]
    return len(named), sum(strange) / 2


def given_mapping(
    item: Item,
    headers: Sequence[str],
    mapping: Mapping[str, str | None],
    proposed: Sequence[Guess],
    *,
    source: str = "given",
) -> tuple[Guess, ...]:
    """What a person decided, header → field, over what was proposed for the other columns.

    Raises: `BadMapping`.
    """
    names = {field.name for field in item.fields}
    wrong = [f"没有列“{header}”" for header in mapping if header not in headers]
    wrong += [f"没有字段“{name}”" for name in mapping.values() if name and name not in names]
    chosen = [name for name in mapping.values() if name]
    wrong += [f"字段“{name}”对应了多列" for name in {n for n in chosen if chosen.count(n) > 1}]
    if wrong:
        raise BadMapping(what="；".join(wrong))
    taken: set[str] = set()
    guesses = []
    for header, guess in zip(headers, proposed, strict=True):
        if header not in mapping:
            guesses.append(NOTHING if guess.field in chosen else guess)
            continue
        name = mapping[header] or ""
        guesses.append(Guess(name, 1.0, source) if name and name not in taken else NOTHING)
        taken.add(name)
    return tuple(guesses)


def recalled_mapping(
    item: Item,
    headers: Sequence[str],
    remembered: Mapping[str, str | None],
    proposed: Sequence[Guess],
) -> tuple[Guess, ...]:
    """What a person decided for such a file before, as a proposal: still shown, still doubted.

    A field the item has no more is left to what is proposed today.
    """
    names = {field.name for field in item.fields}
    known = {h: f for h, f in remembered.items() if h in headers and (not f or f in names)}
    return given_mapping(item, headers, known, proposed, source="remembered")
