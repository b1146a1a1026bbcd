"""Well-formed delimited text through DuckDB's reader, when it reads as the careful one would.

Nothing is left to sniffing. The proof that no row was lost or cut in two: as many records as the
file has physical lines below the header. Whatever is in doubt returns None and goes the careful
way (`delimited`), which a property test holds to give the same.
"""

from functools import reduce
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from chengxin.intake.rules.arrays import int32s, text_scalar
from chengxin.intake.rules.limits import LONGEST_CELL
from chengxin.intake.rules.staging import DAMAGED_TEXT, REPLACED, quoted
from chengxin.intake.rules.transcoding import Text
from chengxin.intake.values import Header, Staged

CONFIG: Final[dict[str, str | bool | int | float | list[str]]] = {
    "threads": 2,
    "memory_limit": "700MB",
    "preserve_insertion_order": True,
}
ROW_GROUP: Final = 30_720  # rows handed over at a time, a group of the file each
BUFFER: Final = "32MB"  # what DuckDB may read ahead of the writer
OFTEN: Final = 4  # times a text comes on average in a column that is worth a dictionary
FEWEST_LINES: Final = 2_000  # below this the careful reader is as quick
_DAMAGED: Final = REPLACED.encode()
_BLANKS: Final = "'\u3000 \ufeff' || chr(9) || chr(10) || chr(13) || chr(26)"


def stage(
    text: Text, delimiter: str, header: Header, *, width: int, extent: int, folder: Path
) -> Staged | None:
    """The rows below the header as Parquet, or None when they must be read with care.

    `width` is how many cells the first rows have, `extent` how many columns the table has.
    Rows with characters damaged at the source are set aside, as the careful reader does.
    """
    doubtful = text.spaced_quotes or not text.one_kind_of_break
    if doubtful or not delimiter.isascii() or text.lines < FEWEST_LINES:
        return None
    try:
        with (
            duckdb.connect(config=CONFIG) as connection,
            _Taker(text, header, max(width, extent), folder) as taker,
        ):
            for batch in _read(connection, text, delimiter, header, width):
                if not taker.take(batch):
                    return None
    except (duckdb.Error, pa.ArrowInvalid):
        return None
    return taker.staged(extent)


def _read(connection: Any, text: Text, delimiter: str, header: Header, width: int) -> Any:
    """The rows in order, `ROW_GROUP` at a time."""
    cleaned = CLEAN
    if text.quotes:
        cleaned = CLEAN_BROKEN if text.broken_ends else CLEAN_QUOTED
    cells = ", ".join(cleaned.format(c=f"c{at}") + f" AS c{at}" for at in range(width))
    types = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(width))
    marks = "quote = '\"', escape = '\"'" if text.quotes else "quote = '', escape = ''"
    connection.execute(f"SET VARIABLE cut = chr({ord(delimiter)})")
    connection.execute(f"SET streaming_buffer_size = '{BUFFER}'")
    return connection.sql(
        f"SELECT {cells} FROM read_csv({quoted(text.path)}, auto_detect = false, "  # noqa: S608
        f"header = false, skip = {header.last}, delim = getvariable('cut'), {marks}, "
        f"columns = {{{types}}}, strict_mode = true, null_padding = false, "
        f"ignore_errors = false, allow_quoted_nulls = true, max_line_size = {LONGEST_CELL})"
    ).to_arrow_reader(ROW_GROUP)


class _Taker:
    """Takes rows batch by batch, counts their lines, and puts them on disk; use as a context.

    A cell may hold line breaks: the line of a row is the rows before it and the breaks in them.
    Damaged rows go to a file laid out as `staging.RowWriter` does, blank ones nowhere.
    """

    def __init__(self, text: Text, header: Header, columns: int, folder: Path) -> None:
        self._text, self._header = text, header
        self._line = header.last  # the last line taken
        self._cells = [(f"c{at}", pa.string()) for at in range(columns)]
        self._rows, self._aside = folder / "rows.parquet", folder / "damaged.parquet"
        self._schema = pa.schema([("line", pa.int32()), *self._cells])
        self._writer: Any = None
        self._apart: Any = None
        self._filled = [0] * columns
        self._count = self._hurt = 0
        self._names = [(at, text_scalar(name)) for at, name in enumerate(header.names) if name][:2]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        """Close the files; one without rows is a file too."""
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._rows, self._schema)
        for writer in (self._writer, self._apart):
            if writer is not None:
                writer.close()

    def take(self, batch: Any) -> bool:
        """Take the next rows; False when the column names stand again among them."""
        cells = list(batch.columns)
        damaged: list[Any] = []
        broken: list[Any] = []
        for cell in cells:
            texts = _bytes_of(cell)
            damaged += _rows_with(_DAMAGED, texts, cell)
            broken += _rows_with(b"\n", texts, cell) if self._text.quotes else ()
        lines = self._lines_of(batch.num_rows, broken)
        cells += [pa.nulls(len(lines), pa.string())] * (len(self._cells) - len(cells))
        table = pa.table([lines, *cells], schema=self._schema)
        if damaged:
            table = self._without_damaged(table, pc.unique(pa.concat_arrays(damaged)))
        if self._names:
            again = (pc.equal(table[at + 1], name) for at, name in self._names)
            if pc.any(reduce(pc.and_, again)).as_py():
                return False
        counts = [table.num_rows - column.null_count for column in table.columns[1:]]
        self._filled = [before + now for before, now in zip(self._filled, counts, strict=True)]
        if table.num_rows not in counts:
            filled = (column.is_valid() for column in table.columns[1:])
            table = table.filter(reduce(pc.or_, filled))
        self._count += table.num_rows
        self._write(table)
        return True

    def _lines_of(self, count: int, broken: list[Any]) -> Any:
        """The physical line each row begins at; `broken` has a row for each break in its cells."""
        lines = int32s(range(self._line + 1, self._line + count + 1))
        self._line += count
        if not broken:
            return lines
        rows = pa.concat_arrays(broken)
        self._line += len(rows)
        rows = rows.take(pc.array_sort_indices(rows))
        return pc.add(lines, pc.search_sorted(rows, int32s(range(count))).cast(pa.int32()))

    def _without_damaged(self, table: Any, hurt: Any) -> Any:
        """The rows that are whole; the others are set aside."""
        hurt = hurt.take(pc.array_sort_indices(hurt))
        self._hurt += len(hurt)
        reasons = pa.repeat(text_scalar(DAMAGED_TEXT), len(hurt))
        apart = table.take(hurt).add_column(1, "damage", reasons)
        apart = apart.append_column("rest", pa.nulls(len(hurt), pa.string()))
        if self._apart is None:
            self._apart = pq.ParquetWriter(self._aside, apart.schema)
        self._apart.write_table(apart)
        # Views of the rows between them: nothing is copied.
        ends = pairwise([-1, *hurt.to_pylist(), table.num_rows])
        return pa.concat_tables([table.slice(at + 1, to - at - 1) for at, to in ends])

    def _write(self, table: Any) -> None:
        if self._writer is None:
            self._writer = pq.ParquetWriter(
                self._rows,
                self._schema,
                compression="snappy",
                use_dictionary=_repeating(table),
                write_statistics=["line"],
            )
        self._writer.write_table(table)

    def staged(self, extent: int) -> Staged | None:
        """What was taken; None if a row was lost, cut or joined, or goes beyond the table.

        Every row or line break too many or too few would have moved the last line. Where most is
        damaged the encoding was misread, and that is for the careful way to say.
        """
        whole = self._line == self._text.lines - self._text.blank_end
        if not whole or any(self._filled[extent:]) or self._hurt > self._count:
            return None
        return Staged(
            rows=self._rows,
            count=self._count,
            width=len(self._cells),
            filled=tuple(self._filled),
            damaged=self._aside if self._hurt else None,
            damage={DAMAGED_TEXT: self._hurt} if self._hurt else {},
            way="bulk",
        )


def _bytes_of(cells: Any) -> bytes:
    """All texts of a column, one after the other: one look at them tells of every cell."""
    texts = cells.buffers()[2]
    return b"" if texts is None else bytes(texts.to_pybytes())


def _rows_with(sign: bytes, texts: bytes, cells: Any) -> list[Any]:
    """The row of each place a sign stands at in the texts of a column."""
    places = []
    at = texts.find(sign)
    while at >= 0:
        places.append(at)
        at = texts.find(sign, at + len(sign))
    if not places:
        return []
    ends = pa.Array.from_buffers(
        pa.int32(), len(cells), [None, cells.buffers()[1]], offset=cells.offset + 1
    )
    return [pc.search_sorted(ends, int32s(places), side="right").cast(pa.int32())]


def _repeating(table: Any) -> list[str]:
    """Columns whose texts come again and again: the others have no use of a dictionary."""
    counts = ((name, pc.count_distinct(table[name]).as_py()) for name in table.column_names)
    return [name for name, different in counts if different * OFTEN <= table.num_rows]


# Comparisons, not functions: these are asked of every cell. What begins with a sign lies between
# it and the sign after it.
_ODD: Final = (
    "{c} < '!' OR ({c} >= '\u3000' AND {c} < '\u3001') OR ({c} >= '\ufeff' AND {c} < '\uff00')"
)
_FORCED: Final = "({c} >= '=\"' AND {c} < '=#')"
_ENDS: Final = "ends_with({c}, chr(10)) OR ends_with({c}, chr(13))"
_UNFORCED: Final = (
    f"CASE WHEN trim({{c}}, {_BLANKS}) = '' THEN NULL "
    f"WHEN starts_with(trim({{c}}, {_BLANKS}), '=\"') AND ends_with(trim({{c}}, {_BLANKS}), '\"') "
    f"AND length(trim({{c}}, {_BLANKS})) > 2 "
    f"THEN nullif(substr(trim({{c}}, {_BLANKS}), 3, length(trim({{c}}, {_BLANKS})) - 3), '') "
    "ELSE rtrim({c}, chr(10) || chr(13)) END"
)
CLEAN: Final = (
    f"CASE WHEN {_ODD} THEN CASE WHEN trim({{c}}, {_BLANKS}) <> '' THEN {{c}} END ELSE {{c}} END"
)
CLEAN_QUOTED: Final = f"CASE WHEN {_ODD} OR {_FORCED} THEN {_UNFORCED} ELSE {{c}} END"
CLEAN_BROKEN: Final = f"CASE WHEN {_ODD} OR {_FORCED} OR {_ENDS} THEN {_UNFORCED} ELSE {{c}} END"


def filled_cells(parquet: Path, columns: int) -> tuple[int, ...]:
    """How many cells of `c0`… are not blank, from the statistics of the file."""
    with pq.ParquetFile(parquet) as file:
        counts = dict.fromkeys((f"c{at}" for at in range(columns)), 0)
        for group in range(file.metadata.num_row_groups):
            chunk = file.metadata.row_group(group)
            for at in range(chunk.num_columns):
                column = chunk.column(at)
                if column.path_in_schema in counts:
                    counts[column.path_in_schema] += chunk.num_rows - column.statistics.null_count
    return tuple(counts.values())
