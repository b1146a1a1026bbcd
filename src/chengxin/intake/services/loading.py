"""The plain way from held rows to records: linked as a set, copied in part by part."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from chengxin.access.queries import sealer
from chengxin.catalogue.values import Item
from chengxin.intake.models import Batch, Row, RowState
from chengxin.intake.rules import plain
from chengxin.intake.services.appending import SERVED_ON, basis_of, take_in
from chengxin.intake.services.digests import Digest
from chengxin.intake.services.holding import CAREFUL
from chengxin.intake.services.listing import row_of
from chengxin.kernel.actor import Actor
from chengxin.kernel.copying import hexadecimal, repeated
from chengxin.kernel.uuids import part_of
from chengxin.notices.services import post_table
from chengxin.policy.values import Rulebook
from chengxin.register import queries as register
from chengxin.register.services import append_table
from chengxin.subjects.queries import directory, kinds_table
from chengxin.subjects.services import link_table, register_from_rows
from chengxin.subjects.values import Party

PART: Final = 50_000
"""Rows copied at a time: enough that setting up costs nothing, few enough for memory."""

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
        return sum(_take_in_part(act, part, digest) for part in _parts(work, act, names))


def _link(work: duckdb.DuckDBPyConnection, names: list[str], folder: Path) -> None:
    """Table `link`: line, __decision, __subject, __kind, __evidence of every plain row."""
    parties = folder / "parties.parquet"
    select = f"SELECT {plain.party(names)} FROM held"  # noqa: S608
    work.execute(f"COPY ({select}) TO {plain.literal(parties)} (FORMAT parquet)")
    links = link_table(parties, directory=directory(folder), into=folder / "links.parquet")
    work.execute(f"CREATE TABLE judged AS FROM read_parquet({plain.literal(links)})")
    work.register("opened", _open_new(work, names))
    work.register("kinds", kinds_table())
    work.execute(
        "CREATE TABLE fresh AS SELECT line, opened.subject FROM held JOIN judged USING (line) "
        "JOIN opened ON opened.code = held.uscc WHERE decision = 'new'"
    )
    work.execute(
        "CREATE TABLE link AS SELECT line, decision AS __decision, __subject, "
        "kinds.kind AS __kind, evidence AS __evidence FROM (SELECT judged.*, "
        "coalesce(CAST(judged.subject AS VARCHAR), fresh.subject) AS __subject "
        "FROM judged LEFT JOIN fresh USING (line)) LEFT JOIN kinds ON kinds.id = __subject"
    )


def _open_new(work: duckdb.DuckDBPyConnection, names: list[str]) -> pa.Table:
    """Open a subject for each new code; code → subject. Its first line says what it is called."""
    who = "representative" if "representative" in names else "NULL"
    found = work.sql(
        f"SELECT uscc AS code, arg_min(subject_name, line) AS name, "  # noqa: S608
        f"arg_min({who}, line) AS representative FROM held JOIN judged USING (line) "
        "WHERE decision = 'new' GROUP BY uscc ORDER BY uscc"
    ).to_arrow_table()
    parties = [
        Party(
            name=row["name"],
            codes={"uscc": row["code"]},
            representative=row["representative"] or "",
        )
        for row in found.to_pylist()
    ]
    opened = [str(subject) for subject in register_from_rows(parties=parties)]
    return pa.table({"code": found["code"], "subject": pa.array(opened, pa.string())})


def _list_unlinked(act: Release, work: duckdb.DuckDBPyConnection) -> None:
    asked = "SELECT * FROM held JOIN link USING (line) WHERE __decision = 'ask' ORDER BY line"
    for rows in _rows(act, work, asked, RowState.AWAITING_MATCH):
        Row.objects.bulk_create(rows)


def _parts(work: duckdb.DuckDBPyConnection, act: Release, names: list[str]) -> Iterator["_Part"]:
    lines = work.sql("SELECT line FROM held ORDER BY line").to_arrow_table()["line"]
    select = _selection(act.item, names)
    for start in range(0, len(lines), PART):
        last = min(start + PART, len(lines)) - 1
        within = f"line BETWEEN {lines[start].as_py()} AND {lines[last].as_py()}"
        found = work.sql(f"{select} WHERE {within} AND {LINKED} ORDER BY line")
        yield _Part(work, found.to_arrow_table(), within)


@dataclass(frozen=True)
class _Part:
    """Linked rows between two lines, as records will hold them."""

    work: duckdb.DuckDBPyConnection
    table: pa.Table
    within: str


def _selection(item: Item, names: list[str]) -> str:
    served = f"try_cast({SERVED_ON} AS DATE)" if SERVED_ON in names else "CAST(NULL AS DATE)"
    number = "coalesce(document_number, '')" if "document_number" in names else "''"
    return (
        "SELECT line, __subject AS subject, __kind AS subject_kind, "  # noqa: S608
        f"__evidence AS evidence, {plain.open_facts(item, names)} AS facts, "
        f"{plain.personal_facts(item, names)} AS personal, {plain.natural_key(item, names)} AS key, CAST(decided_on AS DATE) AS "
        f"decided_on, {number} AS document_number, {served} AS served_on "
        "FROM held JOIN link USING (line)"
    )


def _take_in_part(act: Release, part: _Part, digest: Digest) -> int:
    table = part.table
    keys = [sealer().blind_index(text) for text in table["key"].to_pylist()]
    table = table.append_column("natural_key", pa.array(keys, pa.string()))
    if held := register.existing(keys):
        known = pc.is_in(table["natural_key"], pa.array(list(held)))
        _take_in_again(act, part, table.filter(known), digest)
        table = table.filter(pc.invert(known))
    if not table.num_rows:
        return 0
    records = _records(act, table)
    append_table(table=records, by=act.by, edition=act.book.edition)
    if act.item.adverse:
        _post(act, table, records)
    digest.add_table(records)
    return table.num_rows


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
    part.work.register("again", again.select(["line"]))
    select = (
        "SELECT * FROM held JOIN link USING (line) "  # noqa: S608
        f"WHERE {part.within} AND line IN (SELECT line FROM again) ORDER BY line"
    )
    for rows in _rows(act, part.work, select, RowState.CLEAN):
        take_in(act.batch, rows, by=act.by, on=act.on, book=act.book, digest=digest)
        Row.objects.bulk_create(rows)
    part.work.unregister("again")


def _rows(
    act: Release, work: duckdb.DuckDBPyConnection, select: str, state: RowState
) -> Iterator[list[Row]]:
    """Rows of a query over `held` and `link`, unsaved, with their subject and evidence."""
    found = work.sql(select).to_arrow_table()
    for batch in found.to_batches(max_chunksize=2_000):
        yield [_row(act, cells, state) for cells in batch.to_pylist()]


def _row(act: Release, cells: Mapping[str, Any], state: RowState) -> Row:
    row = row_of(act.batch, act.item, cells, state)
    subject = cells["__subject"]
    row.subject = UUID(str(subject)) if subject else None
    row.evidence = json.loads(cells["__evidence"])
    return row
