"""Well-formed delimited text through DuckDB's reader, when it reads as the careful one would.

Nothing is left to sniffing. The proof that no row was lost or cut in two: as many records as the
file has physical lines below the header. Whatever is in doubt returns None and goes the careful
way (`delimited`), which a property test holds to give the same.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow.parquet as pq

from chengxin.intake.rules.limits import LONGEST_CELL
from chengxin.intake.rules.staging import DAMAGED_TEXT, REPLACED, quoted
from chengxin.intake.rules.transcoding import Text
from chengxin.intake.values import Header, Staged

CONFIG: Final[dict[str, str | bool | int | float | list[str]]] = {
    "threads": 2,
    "memory_limit": "700MB",
    "preserve_insertion_order": True,
}
ROW_GROUP: Final = 61_440
FEWEST_LINES: Final = 2_000  # below this the careful reader is as quick
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
    columns = max(width, extent)
    try:
        with duckdb.connect(config=CONFIG) as connection:
            target, aside = folder / "rows.parquet", folder / "damaged.parquet"
            made = _copied(
                connection, _read(connection, text, delimiter, header, columns, width), target
            )
            if not _complete(connection, text, header, made, target):
                return None
            hurt = _set_aside(connection, target, aside, columns) if text.damaged else 0
            filled = filled_cells(target, columns)
            if _repeats(connection, target, header) or any(filled[extent:]):
                return None
            left = made - hurt
            if left and left not in filled:
                left = _without_blanks(connection, target, columns)
    except duckdb.Error:
        return None
    damage = {DAMAGED_TEXT: hurt} if hurt else {}
    whole = Staged(rows=target, count=left, width=columns, filled=filled, way="bulk")
    return replace(whole, damaged=aside if hurt else None, damage=damage)


def _read(
    connection: Any, text: Text, delimiter: str, header: Header, columns: int, width: int
) -> str:
    """The rows with the physical line each begins at, as a SELECT that streams.

    A cell may hold line breaks: the line of a row is the rows before it and the breaks in them.
    """
    cleaned = CLEAN_QUOTED if text.quotes else CLEAN
    cells = [cleaned.format(c=f"c{at}") + f" AS c{at}" for at in range(width)]
    cells += [f"CAST(NULL AS VARCHAR) AS c{at}" for at in range(width, columns)]
    types = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(width))
    marks = "quote = '\"', escape = '\"'" if text.quotes else "quote = '', escape = ''"
    connection.execute(f"SET VARIABLE cut = chr({ord(delimiter)})")
    source = (
        f"read_csv({quoted(text.path)}, auto_detect = false, header = false, "
        f"skip = {header.last}, delim = getvariable('cut'), {marks}, columns = {{{types}}}, "
        "strict_mode = true, null_padding = false, ignore_errors = false, "
        f"allow_quoted_nulls = true, max_line_size = {LONGEST_CELL})"
    )
    line = f"{header.last} + row_number() OVER ()"
    if text.quotes:
        # Both windows run over the rows as they come; neither holds them.
        source = f"(SELECT *, {_breaks(width)} AS breaks FROM {source})"  # noqa: S608
        before = "sum(breaks) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
        line += f" + {before} - breaks"
    return f"SELECT CAST({line} AS INTEGER) AS line, {', '.join(cells)} FROM {source}"  # noqa: S608


def _breaks(width: int) -> str:
    """Line breaks inside the cells of a row."""
    counts = (
        f"CASE WHEN contains(c{at}, chr(10)) "
        f"THEN length(c{at}) - length(replace(c{at}, chr(10), '')) ELSE 0 END"
        for at in range(width)
    )
    return f"coalesce({' + '.join(counts)}, 0)"


def _set_aside(connection: Any, target: Path, aside: Path, columns: int) -> int:
    """Move the damaged rows to a file laid out as `staging.RowWriter` does; returns how many."""
    cells = [f"c{at}" for at in range(columns)]
    hurt = " OR ".join(f"contains(coalesce({cell}, ''), '{REPLACED}')" for cell in cells)
    rows = f"read_parquet({quoted(target)})"
    listed = f"line, '{DAMAGED_TEXT}' AS damage, {', '.join(cells)}, CAST(NULL AS VARCHAR) AS rest"
    count = _copied(connection, f"SELECT {listed} FROM {rows} WHERE {hurt}", aside)  # noqa: S608
    if count:
        apart = target.with_suffix(".whole")
        _copied(connection, f"SELECT * FROM {rows} WHERE NOT ({hurt})", apart)  # noqa: S608
        apart.replace(target)
    return count


def _copied(connection: Any, select: str, target: Path) -> int:
    """Copy the rows of a question and return how many there were."""
    ((made,),) = connection.execute(
        f"COPY ({select}) TO {quoted(target)} (FORMAT parquet, ROW_GROUP_SIZE {ROW_GROUP})"
    ).fetchall()
    return int(made)


def _complete(connection: Any, text: Text, header: Header, made: int, target: Path) -> bool:
    """Whether no row was lost, cut or joined: the last one begins at the last line.

    Every row or line break too many or too few would have moved it.
    """
    end = text.lines - text.blank_end
    if not text.quotes:
        return made == end - header.last
    ((last,),) = connection.execute(
        f"SELECT max(line) FROM read_parquet({quoted(target)})"  # noqa: S608
    ).fetchall()
    return bool((last or header.last) == end)


CLEAN: Final = (
    "CASE WHEN {c} < '!' OR starts_with({c}, '\u3000') OR starts_with({c}, '\ufeff') "
    f"THEN CASE WHEN trim({{c}}, {_BLANKS}) <> '' THEN {{c}} END ELSE {{c}} END"
)
CLEAN_QUOTED: Final = (
    "CASE WHEN {c} < '!' OR starts_with({c}, '\u3000') OR starts_with({c}, '\ufeff') "
    "OR starts_with({c}, '=\"') OR ends_with({c}, chr(10)) OR ends_with({c}, chr(13)) "
    f"THEN CASE WHEN trim({{c}}, {_BLANKS}) = '' THEN NULL "
    f"WHEN starts_with(trim({{c}}, {_BLANKS}), '=\"') AND ends_with(trim({{c}}, {_BLANKS}), '\"') "
    f"AND length(trim({{c}}, {_BLANKS})) > 2 "
    f"THEN nullif(substr(trim({{c}}, {_BLANKS}), 3, length(trim({{c}}, {_BLANKS})) - 3), '') "
    "ELSE rtrim({c}, chr(10) || chr(13)) END ELSE {c} END"
)


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


def _repeats(connection: Any, parquet: Path, header: Header) -> bool:
    """Whether the column names stand again among the rows."""
    names = [(f"c{at}", name) for at, name in enumerate(header.names) if name][:2]
    if not names:
        return False
    same = " AND ".join(f"{column} = ?" for column, _ in names)
    found = connection.execute(
        f"SELECT count(*) FROM {quoted(parquet)} WHERE {same}",  # noqa: S608
        [name for _, name in names],
    ).fetchone()
    return bool(found[0])


def _without_blanks(connection: Any, parquet: Path, columns: int) -> int:
    """Leave out rows in which every cell is blank; returns how many are left."""
    filled = " OR ".join(f"c{at} IS NOT NULL" for at in range(columns))
    ((left,),) = connection.execute(
        f"SELECT count(*) FROM {quoted(parquet)} WHERE {filled}"  # noqa: S608
    ).fetchall()
    apart = parquet.with_suffix(".filled")
    connection.execute(
        f"COPY (SELECT * FROM {quoted(parquet)} WHERE {filled}) TO {quoted(apart)} "  # noqa: S608
        f"(FORMAT parquet, ROW_GROUP_SIZE {ROW_GROUP})"
    )
    apart.replace(parquet)
    return int(left)
