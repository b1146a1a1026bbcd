"""Headers that have slipped from their columns: names glued together, a name or a value missing.

The right mapping is worked out from the content and put to the clerk; until she has answered,
nothing is imported by these names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from chengxin.catalogue.values import Item
from chengxin.engine.rules.wording import shown
from chengxin.intake.rules.aligning import (
    MOST,
    Fit,
    aligned,
    fit_of,
    is_glued,
    pieces_of,
    worth,
)
from chengxin.intake.rules.evidence import LIKELY, UNLIKELY, Content, looks_personal
from chengxin.intake.rules.mapping import Guess, propose
from chengxin.intake.values import Question

FEWEST_MOVED: Final = 2  # columns that fit only when moved, from which a header has slipped
GAIN: Final = 1.5  # how much better all of it must fit


@dataclass(frozen=True)
class Slip:
    """A header that does not stand over its columns, and what belongs where.

    `guesses` say for each column of the file which field it holds (all None without an item).
    """

    question: Question
    guesses: tuple[Guess, ...]


def glued_header(
    items: Mapping[str, Item],
    item: Item | None,
    headers: Sequence[str],
    contents: Sequence[Content],
) -> Slip | None:
    """Several names in one cell of the header: it was cut with another sign than the rows."""
    glued = [header for header in headers if is_glued(header)]
    if not glued or len(headers) > MOST:
        return None
    names = pieces_of(headers)
    fit = fit_of({item.code: item} if item else items, names, contents)
    pairs = aligned(len(names), len(headers), fit)
    belongs = tuple("" if name is None else names[name] for name in pairs)
    left = [name for at, name in enumerate(names) if at not in set(pairs)]
    guesses = propose(item, belongs, contents) if item else tuple(Guess(None, 0.0) for _ in headers)
    proposal = _proposal(item, headers, belongs, guesses)
    at = headers.index(glued[0])
    count = len(pieces_of([glued[0]]))
    told, told_en = _told(headers, belongs, contents)
    spare = f"多出的列名“{'、'.join(left)}”没有对应的内容；" if left else ""
    spare_en = f"no column holds “{', '.join(left)}”; " if left else ""
    question = Question(
        kind="broken_header",
        columns=tuple(headers),
        message_zh=f"表头已损坏：“{visible(glued[0])}”是{count}个列名粘在一格里"
        f"（该列内容如“{_example(contents[at])}”）。拆开后有{len(names)}个列名，数据只有{len(headers)}列，"
        f"列名与内容已经错位。按内容判断，各列应为：{told}；{spare}"
        "请确认或改正各列的对应；确认前不会按列名导入。",
        message_en=f"The header is broken: “{visible(glued[0])}” is {count} names in one cell (the "
        f"column holds “{_example(contents[at])}”). Taken apart there are {len(names)} names for "
        f"{len(headers)} columns, so names and values do not match. By their content the columns "
        f"are: {told_en}; {spare_en}confirm this or correct it. Nothing is imported by these names "
        "before.",
        proposal=proposal,
        fields=tuple(guess.field for guess in guesses if guess.field),
    )
    return Slip(question, guesses)


def slipped(
    item: Item, headers: Sequence[str], contents: Sequence[Content], guesses: Sequence[Guess]
) -> Slip | None:
    """Values one or more columns beside their headers, over a stretch of the table."""
    if len(headers) > MOST:
        return None
    fit = fit_of({item.code: item}, headers, contents)
    held = tuple(range(len(headers)))
    pairs = aligned(len(headers), len(headers), fit)
    if pairs == held or worth(pairs, fit) - worth(held, fit) < GAIN:
        return None
    moved = [
        column
        for column, name in enumerate(pairs)
        if name not in (None, column) and headers[column] and _mends(fit, column, name)
    ]
    if len(moved) < FEWEST_MOVED:
        return None
    belongs = tuple("" if name is None else headers[name] for name in pairs)
    proposed = propose(item, belongs, contents)
    first = next(column for column, name in enumerate(pairs) if name != column)
    last = max(column for column, name in enumerate(pairs) if name != column)
    stretch = range(first, last + 1)
    side, side_en = _side(pairs, moved)
    cut = slice(first, last + 1)
    told, told_en = _told(headers[cut], belongs[cut], contents[cut])
    fields = {guess.field for guess in (*guesses, *proposed) if guess.field}
    question = Question(
        kind="shifted",
        columns=tuple(headers[column] for column in stretch if headers[column]),
        message_zh=f"从“{headers[first]}”到“{headers[last]}”，各列内容比列名整体偏{side}"
        f"（如“{headers[moved[0]]}”列填的是“{_example(contents[moved[0]])}”）。"
        f"按内容判断，各列应为：{told}。请核对表头并确认；确认前不会导入。",
        message_en=f"From “{headers[first]}” to “{headers[last]}” the values stand to the "
        f"{side_en} of their headers (“{headers[moved[0]]}” holds "
        f"“{_example(contents[moved[0]])}”). By their content the columns are: {told_en}. Check "
        "the header and confirm; nothing is imported before.",
        proposal=_proposal(item, headers, belongs, proposed, stretch),
        fields=tuple(sorted(fields)),
    )
    return Slip(question, tuple(guesses))


def _mends(fit: Fit, column: int, name: int | None) -> bool:
    """Whether a column contradicts its own header and suits the other."""
    return name is not None and fit(column, column) <= UNLIKELY and fit(name, column) >= LIKELY


def _side(pairs: Sequence[int | None], moved: Sequence[int]) -> tuple[str, str]:
    to_left = sum((pairs[column] or 0) > column for column in moved)
    return ("左", "left") if to_left * 2 >= len(moved) else ("右", "right")


def _proposal(
    item: Item | None,
    headers: Sequence[str],
    belongs: Sequence[str],
    guesses: Sequence[Guess],
    stretch: range | None = None,
) -> dict[str, str]:
    """Header of the file → field, "" for none; without an item, → the name that belongs there."""
    wanted = stretch if stretch is not None else range(len(headers))
    if item is None:
        return {headers[c]: belongs[c] for c in wanted}
    return {headers[c]: guesses[c].field or "" for c in wanted}


def _told(
    headers: Sequence[str], belongs: Sequence[str], contents: Sequence[Content]
) -> tuple[str, str]:
    """Each column of the file with the name that belongs there, and an example; zh and en."""
    rows = [
        (visible(header), name or "—", _example(content))
        for header, name, content in zip(headers, belongs, contents, strict=True)
    ]
    chinese = "，".join(f"“{header}”列→{name}（{example}）" for header, name, example in rows)
    english = ", ".join(f"“{header}” → {name} ({example})" for header, name, example in rows)
    return chinese, english


def _example(content: Content) -> str:
    """An example from a column whose name is in doubt: masked as soon as it may be a person's."""
    text = content.example
    return shown(text, hidden=looks_personal(content) or content.may_be_person)


def visible(header: str) -> str:
    """A header with its tabs to be seen."""
    return header.replace("\t", "⇥")
