"""Judge one row of cells by queries kept open: a form's row in a few milliseconds.

A cell is judged by the part of its field, and the answer remembered for the texts that come again
and again; then the rules across cells are asked. What is found is what the whole program finds.
"""

import atexit
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
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

Cells = dict[str, Any]

_guard = threading.Lock()
_kept: OrderedDict[str, "RowCheck"] = OrderedDict()


@dataclass(frozen=True)
class Judged:
    """A row judged: sums of bits of the rules found, and everything messages need of its cells."""

    sums: tuple[int, ...]
    cells: Cells


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
        self._known: OrderedDict[tuple[Any, ...], Cells] = OrderedDict()

    def judge(self, row: Mapping[str, str | None], on: date, field: str | None = None) -> Judged:
        """Everything found in a row, or only what is found at one field of it."""
        fields = rowwise.asked_at(self._program, field) if field else self._parts.keys()
        cells: Cells = {}
        for name, part in self._parts.items():
            if name in fields:
                cells |= self._cell(part, row.get(name), cells)
        stream = self._across_stream()
        cells[rowwise.DAY_OF_CHECK] = on
        cells |= stream.ask([cells.get(column) for column in self._asks.columns])
        wanted = (field,) if field else tuple(fields)
        sums = [cells.pop(f"__m{n}", 0) or 0 for n in range(self._masks)]
        for name in wanted:
            for n in range(self._masks):
                sums[n] += cells.get(f"{name}__l{n}", 0) or 0
        return Judged(tuple(self._at(field, sums) if field else sums), cells)

    def repeated(self, columns: Mapping[str, list[str | None]]) -> list[tuple[int, int]]:
        """Rows, in their one form, that repeat an earlier one; see `statements.repeated`."""
        key = self._program.natural_key
        if not key:
            return []
        arrays = {name: pa.array(columns[name], pa.string()) for name in key}
        rows = len(columns[key[0]])
        with self._connection.cursor() as cursor:
            cursor.register("several", pa.table({"__row": range(rows), **arrays}))
            found: list[tuple[int, int]] = cursor.execute(
                statements.repeated(key, "several")
            ).fetchall()
        return found

    def close(self) -> None:
        """End the queries."""
        self.closed = True
        for stream in (*self._streams.values(), self._across):
            if stream is not None:
                stream.close()
        self._connection.close()

    def _at(self, field: str, sums: list[int]) -> Iterator[int]:
        """Of what was found only what is shown at one field."""
        for n, found in enumerate(sums):
            rules = self._program.rules[n * statements.BITS : (n + 1) * statements.BITS]
            yield found & sum(1 << bit for bit, rule in enumerate(rules) if rule.field == field)

    def _cell(self, part: Part, text: str | None, cells: Cells) -> Cells:
        contexts = [cells[name] for name in part.contexts]
        key = (part.field, text, *contexts)
        known = self._known.get(key)
        if known is None:
            known = self._stream(part).ask([text, *contexts])
            if self._worth_knowing(part.field, text):
                self._known[key] = known
                while len(self._known) > REMEMBERED:
                    self._known.popitem(last=False)
        else:
            self._known.move_to_end(key)
        return known

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
