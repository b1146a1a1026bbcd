"""Lists of organisations and of parties in files, made ready for `link_table`. No database."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from chengxin.kernel.ids import IdKind, Verdict, check
from chengxin.kernel.ids.cleaning import clean
from chengxin.kernel.text import normalise_name, tidy_text
from chengxin.subjects.queries.tables import opened, write
from chengxin.subjects.rules.columns import is_personal
from chengxin.subjects.rules.files import quoted
from chengxin.subjects.values import KINDS, Directory

ROWS_AT_ONCE: Final = 20_000
SHORTEST_MISREAD: Final = 15  # shorter texts are no slip of a credit code

_PARTY: Final = pa.schema(
    [
        ("line", pa.int64()),
        ("name", pa.string()),
        ("personal", pa.bool_()),
        ("sole_trader", pa.bool_()),
        ("misread", pa.string()),
        *((kind, pa.string()) for kind in KINDS),
        *((f"{kind}_held", pa.bool_()) for kind in KINDS),
    ]
)
_LISTED: Final = pa.schema(
    [
        ("id", pa.string()),
        ("line", pa.int64()),
        ("name", pa.string()),
        ("normalised", pa.string()),
        ("former", pa.list_(pa.string())),
        *((kind, pa.string()) for kind in KINDS),
    ]
)


def parties_of_table(rows: Path, columns: Mapping[str, str], into: Path) -> Path:
    """Parties as `link_table` takes them, from texts as received.

    `rows`: Parquet with `line` and texts; `columns`: field (`subjects.rules.columns.HEADERS`) →
    its column. Under `uscc` any number may stand: what it is, is told by its check. A number of a
    person makes the party a person, who is linked to nobody here; the number is not kept.
    """
    _convert(rows, columns, into, _PARTY, _party)
    return into


def directory_of_table(rows: Path, columns: Mapping[str, str], folder: Path) -> Directory:
    """A directory from a registry file; `rows` and `columns` as for `parties_of_table`.

    A code listed twice is one organisation with both names. Subjects are numbered by their line
    (`UUID(int=line)`); `folder / "listed.parquet"` has their line, name and code as listed.
    """
    listed = folder / "listed.parquet"
    _convert(rows, columns, listed, _LISTED, _organisation)
    with opened(folder) as duck:
        duck.execute(
            f"""
            CREATE TABLE owner AS SELECT line, CAST(first(id) OVER (
                PARTITION BY coalesce(uscc, org_code, registration, tax, id) ORDER BY line
            ) AS UUID) AS id FROM {quoted(listed)}
            """  # noqa: S608
        )
        duck.execute(
            "CREATE TABLE known AS SELECT DISTINCT id, NULL::VARCHAR AS kind, NULL::BLOB AS sealed "
            "FROM owner"
        )
        duck.execute(
            f"""
            CREATE TABLE called AS
            SELECT owner.id, normalised AS name, owner.id = CAST(l.id AS UUID) AS current
            FROM {quoted(listed)} AS l JOIN owner USING (line) WHERE normalised <> '' UNION ALL
            SELECT owner.id, unnest(former), false
            FROM {quoted(listed)} AS l JOIN owner USING (line)
            """  # noqa: S608
        )
        codes = " UNION ALL ".join(
            f"SELECT line, '{kind}' AS kind, {kind} AS code FROM {quoted(listed)}"  # noqa: S608
            for kind in KINDS
        )
        duck.execute(
            f"""
            CREATE TABLE coded AS SELECT arg_min(id, line) AS id, kind, code
            FROM ({codes}) JOIN owner USING (line) WHERE code IS NOT NULL GROUP BY kind, code
            """  # noqa: S608
        )
        return write(duck, folder)


def _convert(
    rows: Path, columns: Mapping[str, str], into: Path, schema: pa.Schema, convert: Any
) -> None:
    """Row by row, some rows at a time; memory holds one part."""
    with pq.ParquetWriter(into, schema) as writer, pq.ParquetFile(rows) as file:
        wanted = ["line", *dict.fromkeys(columns.values())]
        for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, columns=wanted):
            lines = batch.column("line").to_pylist()
            texts = [batch.column(column).to_pylist() for column in columns.values()]
            made = list(_made(columns, lines, texts, convert))
            arrays = [
                pa.array(values, field.type)
                for values, field in zip(zip(*made, strict=True), schema, strict=True)
            ]
            if made:
                writer.write_table(pa.table(arrays, schema=schema))


def _made(
    columns: Mapping[str, str], lines: Sequence[int], texts: Sequence[Sequence[Any]], convert: Any
) -> Iterator[tuple[Any, ...]]:
    for line, *cells in zip(lines, *texts, strict=True):
        yield convert(line, dict(zip(columns, cells, strict=True)))


def _codes(cells: Mapping[str, Any]) -> tuple[dict[str, str], set[str], str, bool]:
    """Numbers by kind, the kinds held, a code nobody can read, and whether it is a person's."""
    codes: dict[str, str] = {}
    held: set[str] = set()
    misread = ""
    for field in KINDS:
        text = cells.get(field)
        if not text:
            continue
        found = check(text) if field == "uscc" else check(text, IdKind(field))
        if field == "uscc" and is_personal(found.kind) and found.verdict is Verdict.VALID:
            return {}, set(), "", True
        kind = found.kind.value
        if found.verdict is Verdict.INVALID or found.code == "IDS-PLACEHOLDER":
            read = clean(text)
            if field == "uscc" and len(read) >= SHORTEST_MISREAD:
                misread = read
            continue
        # Fifteen digits may be a registration number and an old tax number at once.
        both = field == "uscc" and kind == "registration"
        for one in (found, check(text, IdKind.TAX)) if both else (found,):
            if one.kind.value in KINDS and one.verdict is not Verdict.INVALID:
                codes.setdefault(one.kind.value, one.normalised)
                if one.verdict is Verdict.HELD:
                    held.add(one.kind.value)
    return codes, held, misread, False


def _party(line: int, cells: Mapping[str, Any]) -> tuple[Any, ...]:
    codes, held, misread, personal = _codes(cells)
    return (
        line,
        cells.get("name") or "",
        personal,
        codes.get("uscc", "").startswith("92"),
        misread or None,
        *(codes.get(kind) for kind in KINDS),
        *(kind in held for kind in KINDS),
    )


def _organisation(line: int, cells: Mapping[str, Any]) -> tuple[Any, ...]:
    codes, _, _, _ = _codes(cells)
    name = tidy_text(cells.get("name") or "")
    former = [normalise_name(text) for text in (cells.get("former_names") or "").split("|")]
    return (
        str(UUID(int=line)),
        line,
        name,
        normalise_name(name),
        [text for text in former if text],
        *(codes.get(kind) for kind in KINDS),
    )


def told_lines(links: Path, parties: Path, listed: Path) -> Iterator[str]:
    """A line of JSON for each row: decision, whom it means, by which rule, on what evidence.

    `row`, `decision` (linked, candidate, none), `code` and `name` of the organisation linked or
    first offered, `rule`, `evidence`, `conflict` (the name written and the one listed, or the
    numbers that disagree; null if nothing does), `candidates` (code and name).
    """
    query = f"""
        WITH meant AS (
            SELECT line, unnest(ids) AS id, generate_subscripts(ids, 1) AS place
            FROM (SELECT line, CASE WHEN subject IS NULL THEN candidates ELSE [subject] END AS ids
                FROM {quoted(links)})
        ), shown AS (
            SELECT meant.line, list(struct_pack(code := coalesce(
                l.uscc, l.org_code, l.registration, l.tax), name := l.name) ORDER BY place) AS met
            FROM meant JOIN {quoted(listed)} AS l ON CAST(l.id AS UUID) = meant.id
            GROUP BY meant.line
        )
        SELECT '{{"row":' || a.line || ',"decision":"' || CASE WHEN a.decision = 'linked'
                THEN 'linked' WHEN len(met) > 0 THEN 'candidate' ELSE 'none' END
            || '","code":' || coalesce(CAST(to_json(met[1].code) AS VARCHAR), 'null')
            || ',"name":' || coalesce(CAST(to_json(met[1].name) AS VARCHAR), 'null')
            || ',"rule":"' || a.rule || '","evidence":' || (evidence::JSON ->> '$.evidence')
            || ',"conflict":' || CASE
                WHEN contains(evidence, '"name_differs"') THEN CAST(to_json(struct_pack(
                    written := p.name, listed := met[1].name)) AS VARCHAR)
                WHEN a.rule = 'codes-disagree' THEN '"codes"' ELSE 'null' END
            || ',"candidates":' || CASE WHEN a.decision = 'linked' THEN '[]'
                ELSE coalesce(CAST(to_json(met) AS VARCHAR), '[]') END || '}}' AS told
        FROM {quoted(links)} AS a JOIN (SELECT line, name FROM {quoted(parties)}) AS p USING (line)
        LEFT JOIN shown USING (line) ORDER BY a.line
    """  # noqa: S608
    with duckdb.connect(config={"threads": 2, "memory_limit": "1GB"}) as duck:
        for batch in duck.sql(query).to_arrow_reader(ROWS_AT_ONCE):
            yield from batch.column("told").to_pylist()
