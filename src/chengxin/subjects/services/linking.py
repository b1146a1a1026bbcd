"""Judging the parties of a whole batch against a directory, in sets. No database, no Django."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from chengxin.kernel.text import normalise_name
from chengxin.subjects.queries.tables import opened
from chengxin.subjects.rules import answers, linking
from chengxin.subjects.rules.files import quoted
from chengxin.subjects.rules.near import near_codes
from chengxin.subjects.values import KINDS, PERSON_KIND, Directory

ROWS_AT_ONCE: Final = 50_000


def link_table(parties: Path, *, directory: Directory, into: Path) -> Path:
    """Judge every party of the Parquet file `parties`; the answer is the Parquet file `into`.

    Parties: `line` (each once), `name` as given, `personal`; where there: `sole_trader`, `uscc`,
    `registration`, `org_code`, `tax` (normalised; NULL for none, invalid or a placeholder),
    `<kind>_held`, `id_lookup` (keyed digest of a person's ID number), `misread` (text of a credit
    code that cannot be one, for near misses).

    Answer, in the order of lines: `line`, `decision` (linked, new, ask), `rule`, `subject` and
    `subject_kind` if linked, `candidates`, `evidence` (compact JSON). It is what `rules.judge`
    says of each party, and one thing more that only a batch can tell: a new code that bears a
    second name (neither the same nor the same in another legal form) on a later line is a
    question, rule `name-differs`, evidence `name_in_batch`, no candidates.

    Memory is bounded; what does not fit goes to the folder of `into` for the while.
    """
    with opened(into.parent) as connection:
        source = f"read_parquet({quoted(parties)})"
        columns = [row[0] for row in connection.execute(f"DESCRIBE FROM {source}").fetchall()]
        connection.execute(f"CREATE VIEW given AS {linking.given(source, columns)}")
        odd, present = _normalise(connection), _present(connection)
        _make(connection, "met", linking.met(present, odd=odd, directory=directory))
        if present:
            _know_persons(connection, directory)
            _make(connection, "unlike", linking.unlike())
            _make(connection, "fitting", linking.fitting(directory))
            _make(connection, "named", linking.named(present))
            _make(connection, "entered", linking.entered(present, directory))
        _make(connection, "left_over", linking.left_over())
        connection.execute("DROP TABLE met")
        _make(connection, "homonyms", linking.homonyms(directory))
        _find_slips(connection, directory)
        _make(connection, "doubtful", linking.doubtful(directory))
        _make(connection, "second", linking.second_names())
        answer = answers.answer(present, directory)
        connection.execute(f"COPY ({answer}) TO {quoted(into)} (FORMAT parquet)")
    return into


def _make(connection: Any, table: str, select: str) -> None:
    connection.execute(f"CREATE TABLE {table} AS {select}")


def _normalise(connection: Any) -> bool:
    """The names that are not plain, each once, through the one definition; whether there are."""
    connection.execute("CREATE TABLE oddly (name VARCHAR, normalised VARCHAR)")
    odd = False
    for batch in _batches(connection, "SELECT DISTINCT name FROM given WHERE plain IS NULL"):
        odd = True
        names = batch.column("name")
        normalised = [normalise_name(name) for name in names.to_pylist()]
        found = pa.table({"name": names, "normalised": pa.array(normalised, pa.string())})
        connection.register("found", found)
        connection.execute("INSERT INTO oddly SELECT * FROM found")
        connection.unregister("found")
    return odd


def _batches(connection: Any, select: str) -> Iterator[Any]:
    """Rows of a question, some at a time; the connection is free to be used between them."""
    cursor = connection.cursor()
    yield from cursor.sql(select).to_arrow_reader(ROWS_AT_ONCE)


def _present(connection: Any) -> list[str]:
    kinds = (*KINDS, PERSON_KIND)
    counts = ", ".join(f"count({linking.column_of(kind)})" for kind in kinds)
    found = connection.execute(f"SELECT {counts} FROM given").fetchone()  # noqa: S608
    return [kind for kind, count in zip(kinds, found, strict=True) if count]


def _know_persons(connection: Any, directory: Directory) -> None:
    """Compare persons' names with the sealed ones of those whose number it is."""
    connection.execute("CREATE TABLE person_fits (name VARCHAR, n INTEGER)")
    for batch in _batches(connection, linking.persons_met(directory)):
        from chengxin.access.queries import sealer

        fits = [
            row
            for row in batch.to_pylist()
            if row["sealed"] and sealer().unseal(row["sealed"]).decode() == row["name"]
        ]
        if fits:
            found = pa.table(
                {
                    "name": pa.array([row["name"] for row in fits], pa.string()),
                    "n": pa.array([row["n"] for row in fits], pa.int32()),
                }
            )
            connection.register("found", found)
            connection.execute("INSERT INTO person_fits SELECT * FROM found")
            connection.unregister("found")


def _find_slips(connection: Any, directory: Directory) -> None:
    """Wrong codes with the subjects one slip away; most slips lead to nobody and are not kept."""
    connection.execute("CREATE TABLE neighbours (wrong VARCHAR, n INTEGER)")
    wrong = "SELECT DISTINCT wrong FROM left_over WHERE wrong IS NOT NULL"
    for batch in _batches(connection, wrong):
        codes = batch.column("wrong").to_pylist()
        pairs = [(code, near) for code in codes for near in near_codes(code)]
        slips = pa.table(
            {
                "wrong": pa.array([code for code, _ in pairs], pa.string()),
                "code": pa.array([near for _, near in pairs], pa.string()),
            }
        )
        connection.register("slips", slips)
        connection.execute(linking.neighbours(directory))
        connection.unregister("slips")
