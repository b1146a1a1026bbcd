"""The plain way from held rows to records: linked as a set, copied in part by part."""

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import compress
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection

from chengxin.access.queries import sealer
from chengxin.catalogue.values import Item
from chengxin.intake.models import Batch, Row, RowState
from chengxin.intake.rules import plain
from chengxin.intake.services.appending import SERVED_ON, basis_of, take_in
from chengxin.intake.services.digests import Digest, lines_of
from chengxin.intake.services.holding import CAREFUL
from chengxin.intake.services.listing import row_of
from chengxin.intake.services.storing import store
from chengxin.kernel.actor import Actor
from chengxin.kernel.copying import copy_into, hexadecimal, repeated
from chengxin.kernel.uuids import part_of
from chengxin.notices.services import post_table
from chengxin.policy.values import Rulebook
from chengxin.register import queries as register
from chengxin.register.services import append_table
from chengxin.register.values import Existing
from chengxin.subjects.queries import directory
from chengxin.subjects.services import link_table, register_table

PART: Final = 25_000
"""Rows copied at a time: enough that setting up costs nothing, few enough for memory."""

ROWS_AT_ONCE: Final = 2_000

LINKED = "__decision <> 'ask'"


@dataclass(frozen=True)
class Release:
    """An act of release 审核入库: which batch, by whom, on which day, under which rulebook."""

    batch: Batch
    item: Item
    by: Actor
    on: date
    book: Rulebook


def take_in_plain(act: Release, held: Path, *, folder: Path, digest: Digest) -> int:
    """Link the plain rows of the `held` file and append their records; works in `folder`.

    Rows that are not linked, and decisions that are in the register already, are written as rows
    for somebody to see. Returns: how many became records.
    """
    with duckdb.connect(config={"threads": 2, "memory_limit": "1GB"}) as work:
        work.execute(f"SET temp_directory = {plain.literal(folder / 'spill')}")
        source = f"read_parquet({plain.literal(held)})"
        work.execute(f"CREATE VIEW held AS SELECT * FROM {source} WHERE NOT {CAREFUL}")  # noqa: S608
        names = [name for name, *_ in work.execute("SELECT * FROM held LIMIT 0").description or []]
        _link(work, names, folder)
        _list_unlinked(act, work)
        # While the database takes one part in, the next is made ready.
        with ThreadPoolExecutor(1) as beside:
            parts = _parts(work, act, names)
            ahead = beside.submit(next, parts, None)
            recorded = 0
            while part := ahead.result():
                ahead = beside.submit(next, parts, None)
                recorded += _take_in_part(act, part, digest)
        return recorded


def _link(work: duckdb.DuckDBPyConnection, names: list[str], folder: Path) -> None:
    """Table `link`: line, __decision, __subject, __kind, __evidence of every plain row."""
    parties = folder / "parties.parquet"
    select = f"SELECT {plain.party(names)} FROM held"  # noqa: S608
    work.execute(f"COPY ({select}) TO {plain.literal(parties)} (FORMAT parquet)")
    links = link_table(parties, directory=directory(folder), into=folder / "links.parquet")
    opened = folder / "opened.parquet"
    register_table(parties=parties, links=links, into=opened)
    work.execute(
        "CREATE TABLE link AS SELECT judged.line, judged.decision AS __decision, "  # noqa: S608
        "CAST(coalesce(judged.subject, fresh.subject) AS VARCHAR) AS __subject, "
        "coalesce(judged.subject_kind, fresh.subject_kind) AS __kind, "
        f"judged.evidence AS __evidence FROM read_parquet({plain.literal(links)}) judged "
        f"LEFT JOIN read_parquet({plain.literal(opened)}) fresh ON fresh.line = judged.line"
    )


def _list_unlinked(act: Release, work: duckdb.DuckDBPyConnection) -> None:
    asked = "SELECT * FROM held JOIN link USING (line) WHERE __decision = 'ask' ORDER BY line"
    for rows in _rows(act, work, asked, RowState.AWAITING_MATCH):
        store(rows)


def _parts(work: duckdb.DuckDBPyConnection, act: Release, names: list[str]) -> Iterator["_Part"]:
    lines = work.sql("SELECT line FROM held ORDER BY line").to_arrow_table()["line"]
    select = _selection(act.item, names)
    for start in range(0, len(lines), PART):
        last = min(start + PART, len(lines)) - 1
        within = f"line BETWEEN {lines[start].as_py()} AND {lines[last].as_py()}"
        found = work.sql(f"{select} WHERE {within} AND {LINKED} ORDER BY line").to_arrow_table()
        keys = pa.array(map(sealer().blind_index, found["key"].to_pylist()), pa.string())
        table = found.append_column("natural_key", keys)
        records = _records(act, table)
        yield _Part(work, within, table, records, lines_of(records))


@dataclass(frozen=True)
class _Part:
    """Linked rows between two lines: as held, as records will hold them, as the log will."""

    work: duckdb.DuckDBPyConnection
    within: str
    table: pa.Table
    records: pa.Table
    lines: list[bytes]


def _selection(item: Item, names: list[str]) -> str:
    served = f"try_cast({SERVED_ON} AS DATE)" if SERVED_ON in names else "CAST(NULL AS DATE)"
    number = "coalesce(document_number, '')" if "document_number" in names else "''"
    columns = {
        "subject": "__subject",
        "subject_kind": "__kind",
        "evidence": "__evidence",
        "facts": plain.open_facts(item, names),
        "personal": plain.personal_facts(item, names),
        "key": plain.natural_key(item, names),
        "decided_on": "CAST(decided_on AS DATE)",
        "document_number": number,
        "served_on": served,
    }
    selected = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
    return f"SELECT line, {selected} FROM held JOIN link USING (line)"  # noqa: S608


def _take_in_part(act: Release, part: _Part, digest: Digest) -> int:
    table, records, lines = part.table, part.records, part.lines
    if held := register.held_keys(table["natural_key"].to_pylist()):
        before = pc.is_in(table["natural_key"], pa.array(held, pa.string()))
        _take_in_again(act, part, table.filter(before), digest)
        fresh = pc.invert(before)
        table, records = table.filter(fresh), records.filter(fresh)
        lines = list(compress(lines, fresh.to_pylist()))
    rows: int = table.num_rows
    if not rows:
        return 0
    append_table(table=records, by=act.by, edition=act.book.edition)
    if act.item.adverse:
        _post(act, table, records)
    digest.add_lines(lines)
    return rows


def _records(act: Release, table: pa.Table) -> pa.Table:
    """The part as `register.services.append_table` wants it."""
    rows = table.num_rows
    batch, item = act.batch, act.item
    seal = sealer().seal
    sealed = [
        hexadecimal(seal(text.encode())) if text else None for text in table["personal"].to_pylist()
    ]
    ids = [str(part_of(batch.id, line)) for line in table["line"].to_pylist()]
    return pa.table(
        {
            "id": pa.array(ids, pa.string()),
            "item": repeated(item.code, rows),
            "subject": table["subject"],
            "subject_kind": table["subject_kind"],
            "unit": repeated(batch.unit, rows),
            "natural_key": table["natural_key"],
            "adverse": pa.repeat(pa.scalar(item.adverse), rows),
            "disclosure": repeated(item.disclosure.value, rows),
            "decided_on": table["decided_on"],
            "document_number": table["document_number"],
            "batch": repeated(str(batch.id), rows),
            "row": table["line"].cast(pa.int64()),
            "file_sha256": repeated(batch.file_sha256, rows),
            "link_evidence": table["evidence"],
            "facts": table["facts"],
            "sealed": pa.array(sealed, pa.string()),
            "basis": repeated(basis_of(item), rows),
        }
    )


def _post(act: Release, table: pa.Table, records: pa.Table) -> None:
    """The notices of adverse records; see `appending` for when one counts as delivered."""
    served = table["served_on"]
    in_time = pc.less_equal(served, pa.scalar(act.on, pa.date32()))
    delivered = pc.if_else(in_time, served, pa.scalar(None, pa.date32()))
    head = f'{{"item":"{act.item.code}","unit":"{act.batch.unit}","decided_on":"'
    days = pc.strftime(table["decided_on"], format="%Y-%m-%d")
    facts = pc.binary_join_element_wise(head, days, '"}', "")
    notices = {
        "about": records["id"],
        "to_subject": table["subject"],
        "facts": facts,
        "delivered_on": delivered,
    }
    rule = act.book.on(act.on, "notice.deemed_delivery")
    post_table(pa.table(notices), template="adverse_record", basis=str(rule.basis))


def _take_in_again(act: Release, part: _Part, again: pa.Table, digest: Digest) -> None:
    """Decisions the register holds already: the same, or one a person has to look at."""
    for some in again.to_batches(max_chunksize=ROWS_AT_ONCE):
        found = register.existing(some.column("natural_key").to_pylist())
        known = [_is_known(row, found[row["natural_key"]]) for row in some.to_pylist()]
        _list_known(act, some.filter(pa.array(known)), found)
        _weigh(act, part, some.filter(pa.array([not one for one in known])), digest)


def _is_known(row: Mapping[str, Any], held: Existing) -> bool:
    """Whether a row says nothing but what its record says, of the subject it is linked to."""
    facts: dict[str, str] = json.loads(row["facts"])
    return held.linked and facts.items() <= held.facts.items()


def _list_known(act: Release, some: pa.RecordBatch, found: Mapping[str, Existing]) -> None:
    """Rows that say what is held: nobody has to look at them, so only their record is noted."""
    rows = some.num_rows
    records = [str(found[key].id) for key in some.column("natural_key").to_pylist()]
    empty = {"received": "{}", "values": "{}", "faults": "[]", "amended": "[]", "evidence": "{}"}
    table = {
        "batch_id": repeated(str(act.batch.id), rows),
        "number": some.column("line").cast(pa.int64()),
        "state": repeated(RowState.KNOWN.value, rows),
        "subject": some.column("subject"),
        "record": pa.array(records, pa.string()),
        **{name: repeated(text, rows) for name, text in empty.items()},
    }
    with connection.cursor() as cursor:
        copy_into(cursor, Row._meta.db_table, pa.table(table))  # noqa: SLF001


def _weigh(act: Release, part: _Part, some: pa.RecordBatch, digest: Digest) -> None:
    work = part.work.cursor()  # the next part is being made ready over the other
    work.register("again", pa.table({"line": some.column("line")}))
    select = (
        "SELECT * FROM held JOIN link USING (line) "  # noqa: S608
        f"WHERE {part.within} AND line IN (SELECT line FROM again) ORDER BY line"
    )
    for rows in _rows(act, work, select, RowState.CLEAN):
        take_in(act.batch, rows, by=act.by, on=act.on, book=act.book, digest=digest)
        store(rows)
    work.close()


def _rows(
    act: Release, work: duckdb.DuckDBPyConnection, select: str, state: RowState
) -> Iterator[list[Row]]:
    """Rows of a query over `held` and `link`, unsaved, with their subject and evidence."""
    found = work.sql(select).to_arrow_table()
    for batch in found.to_batches(max_chunksize=ROWS_AT_ONCE):
        yield [_row(act, cells, state) for cells in batch.to_pylist()]


def _row(act: Release, cells: Mapping[str, Any], state: RowState) -> Row:
    row = row_of(act.batch, act.item, cells, state)
    subject = cells["__subject"]
    row.subject = UUID(str(subject)) if subject else None
    row.evidence = json.loads(cells["__evidence"])
    return row
