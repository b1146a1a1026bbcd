"""Judge a few rows of cells by queries kept open: a form's row in a few milliseconds.

Each different cell is judged by the part of its field, and the answer remembered for the texts
that come again and again; then the rules across cells are asked. What is found is what the whole
program finds.
"""

import atexit
import re
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import duckdb
import pyarrow as pa

from chengxin.engine.rules import rowwise, statements
from chengxin.engine.rules.parts import Part, field_of, parts_of
from chengxin.engine.services.streams import Stream
from chengxin.engine.values import RAW, Program

KEPT: Final = 4  # programs whose queries are kept open, some 2 MB per field
REMEMBERED: Final = 4_000  # cells per program
LONGEST: Final = 200  # characters of a text worth remembering

Answers = tuple[Any, ...]
Key = tuple[Any, ...]
"""A text and its contexts: what a cell is judged by."""

_guard = threading.Lock()
_kept: OrderedDict[str, "RowCheck"] = OrderedDict()


@dataclass(frozen=True)
class Told:
    """What an open query said of some rows: the places of its columns, an answer per row."""

    places: Mapping[str, int]
    rows: Sequence[Answers]

    def column(self, name: str) -> list[Any]:
        """One column of it."""
        place = self.places[name]
        return [answers[place] for answers in self.rows]


@dataclass(frozen=True)
class Judged:
    """Rows judged: sums of bits of the rules found, and everything messages need of the cells."""

    sums: Sequence[tuple[int, ...]]
    columns: Mapping[str, Sequence[Any]]
    _across: Told
    _fields: Mapping[str, Told]

    def found(self) -> Iterator[int]:
        """Rows in which anything was found."""
        return (at for at, sums in enumerate(self.sums) if any(sums))

    def cell(self, column: str, at: int) -> Any:
        """A cell of what messages need; one that nobody worked out is NULL."""
        if column in self.columns:
            return self.columns[column][at]
        for told in (self._across, self._fields.get(field_of(column))):
            if told is not None and column in told.places:
                return told.rows[at][told.places[column]]
        return None


class RowCheck:
    """The open queries of one program; they serve one call at a time."""

    def __init__(self, program: Program) -> None:
        self.lock = threading.Lock()
        self.closed = False
        self._program = program
        self._connection = duckdb.connect(config={"threads": 1, "memory_limit": "128MB"})
        self._parts = parts_of(program).each
        self._streams: dict[str, Stream] = {}
        self._across: Stream | None = None
        self._asks = rowwise.across(program)
        self._masks = len(statements.masks(program))
        self._known: OrderedDict[tuple[str, Key], Answers] = OrderedDict()

    def judge(
        self,
        columns: Mapping[str, Sequence[str | None]],
        count: int,
        on: date,
        field: str | None = None,
    ) -> Judged:
        """Everything found in `count` rows, or only what is found at one field of them.

        `columns` maps fields to texts as received; a field without a column is blank throughout.
        """
        fields = rowwise.asked_at(self._program, field) if field else self._parts.keys()
        told: dict[str, Told] = {}
        blank = [None] * count
        for name, part in self._parts.items():
            if name in fields:
                told[name] = self._cells(part, columns.get(name, blank), told)
        asked: dict[str, Sequence[Any]] = {rowwise.DAY_OF_CHECK: [on] * count}
        for column in self._asks.columns:
            if column not in asked:
                there = told.get(field_of(column))
                asked[column] = there.column(column) if there else blank
        stream = self._across_stream()
        rows = list(zip(*(asked[name] for name in self._asks.columns), strict=True))
        across = Told(_places(stream.answers), stream.ask(rows))
        sums = self._sums(across, [told[name] for name in ((field,) if field else fields)], count)
        if field:
            sums = [tuple(self._at(field, found)) for found in sums]
        return Judged(sums, {name: one.column(name) for name, one in told.items()}, across, told)

    def close(self) -> None:
        """End the queries."""
        self.closed = True
        for stream in (*self._streams.values(), self._across):
            if stream is not None:
                stream.close()
        self._connection.close()

    def _sums(self, across: Told, told: Sequence[Told], count: int) -> list[tuple[int, ...]]:
        """Per row and mask the bits of everything found, across cells and in each of them."""
        sums = [[0] * count for _ in range(self._masks)]
        for one in (across, *told):
            for column in one.places:
                if (mask := _mask_of(column)) is not None:
                    bits = one.column(column)
                    sums[mask] = [
                        sum_ + (bit or 0) for sum_, bit in zip(sums[mask], bits, strict=True)
                    ]
        return list(zip(*sums, strict=True))

    def _at(self, field: str, sums: Sequence[int]) -> Iterator[int]:
        """Of what was found only what is shown at one field."""
        for n, found in enumerate(sums):
            rules = self._program.rules[n * statements.BITS : (n + 1) * statements.BITS]
            yield found & sum(1 << bit for bit, rule in enumerate(rules) if rule.field == field)

    def _cells(self, part: Part, texts: Sequence[str | None], told: Mapping[str, Told]) -> Told:
        """The cells of one field judged, each different one once."""
        contexts = [told[field_of(name)].column(name) for name in part.contexts]
        keys: list[Key] = list(zip(texts, *contexts, strict=True))
        answers = {key: self._known.get((part.field, key)) for key in keys}
        new = [key for key, known in answers.items() if known is None]
        stream = self._stream(part)
        told_now = dict(zip(new, stream.ask(new), strict=True))
        found = {key: known or told_now[key] for key, known in answers.items()}
        for key, answer in found.items():
            if self._worth_knowing(part.field, key[0]):
                self._known[part.field, key] = answer
                self._known.move_to_end((part.field, key))
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return Told(_places(stream.answers), [found[key] for key in keys])

    def _worth_knowing(self, field: str, text: str | None) -> bool:
        """What may be a person's is not kept in memory."""
        personal = field in self._program.personal or field in self._program.personal_if
        return text is None or (len(text) <= LONGEST and not personal)

    def _stream(self, part: Part) -> Stream:
        if part.field not in self._streams:
            types = {part.field + RAW: pa.string()} | self._types(part.contexts)
            self._streams[part.field] = Stream(
                self._connection, types, rowwise.alone(part, "asked")
            )
        return self._streams[part.field]

    def _across_stream(self) -> Stream:
        if self._across is None:
            types = self._types(self._asks.columns)
            self._across = Stream(self._connection, types, self._asks.over("asked"))
        return self._across

    def _types(self, columns: tuple[str, ...]) -> dict[str, Any]:
        return {name: self._type(name) for name in columns}

    def _type(self, column: str) -> Any:
        if column == rowwise.DAY_OF_CHECK:
            return pa.date32()
        if rowwise.of_text(column, self._program):
            return pa.string()
        return self._stream(self._parts[field_of(column)]).answers[column]


def _places(columns: Mapping[str, Any]) -> dict[str, int]:
    return {name: place for place, name in enumerate(columns)}


_MASK: Final = re.compile(r"__m(\d+)|.+__l(\d+)")


def _mask_of(column: str) -> int | None:
    """The number of the mask a column has bits of; None if it is no such column."""
    found = _MASK.fullmatch(column)
    return int(found[1] or found[2]) if found else None


@contextmanager
def row_check(program: Program) -> Iterator[RowCheck]:
    """The open queries of `program`, for this call alone; started when there are none.

    If anything goes wrong they are given up, and started anew for the next call.
    """
    one = _taken(program)
    try:
        yield one
    except BaseException:
        with _guard:
            _kept.pop(program.digest, None)
        one.close()
        raise
    finally:
        one.lock.release()


def _taken(program: Program) -> RowCheck:
    """The open queries of a program, locked; those over the number are ended."""
    while True:
        with _guard:
            one = _kept.pop(program.digest, None) or RowCheck(program)
            _kept[program.digest] = one
            over = [_kept.popitem(last=False)[1] for _ in range(len(_kept) - KEPT)]
        for old in over:
            with old.lock:
                old.close()
        one.lock.acquire()
        if not one.closed:
            return one
        one.lock.release()  # given up while this call waited for it


@atexit.register
def _close_all() -> None:
    """Left open at the end of the process, the engine complains of what leaks."""
    while _kept:
        _kept.popitem()[1].close()
