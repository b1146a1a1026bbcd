"""A short file goes another way through the checks and comes out the same."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from chengxin.catalogue import queries as catalogue
from chengxin.catalogue.services import compile_item
from chengxin.engine.services import examine_file, files
from chengxin.engine.values import Severity
from chengxin.policy.queries import current_rulebook

ON = date(2026, 11, 20)
COLUMNS = {
    "subject_name": ["甲公司", "　乙公司 ", None, "甲公司"],
    "uscc": ["91320700MA1X0T0X8T", "9132070OMA1X0T0X8T", None, "91320700MA1X0T0X8T"],
    "document_number": ["一号", "二号", "三号", "一号"],
    "authority_uscc": ["11320700014380016G"] * 4,
    "decided_on": ["2026.3.5", "2027-01-01", "2026-02-30", "2026-03-05"],
    "fine_yuan": ["2", "五万元", "-1", "2"],
}


@pytest.fixture
def both(tmp_path, monkeypatch):
    book = current_rulebook()
    program = compile_item(catalogue.item(book, "penalty"), book)
    table = pa.table({"line": pa.array([3, 4, 6, 9], pa.int32()), **COLUMNS})
    source = tmp_path / "source.parquet"
    pq.write_table(table, source)
    names = {name: name for name in COLUMNS}
    found = []
    for few in (0, 1_000):
        folder = tmp_path / str(few)
        folder.mkdir()
        monkeypatch.setattr(files, "FEW", few)
        found.append(examine_file(program, source, columns=names, on=ON, folder=folder))
    return found


def test_what_is_found_and_what_is_written_are_the_same(both):
    sieved, short = both
    assert type(sieved) is not type(short)
    assert short.rows == sieved.rows == 4
    assert short.groups == sieved.groups
    assert list(short.faults(severities=tuple(Severity))) == list(
        sieved.faults(severities=tuple(Severity))
    )
    left, right = pq.read_table(short.checked), pq.read_table(sieved.checked)
    assert left.select(sorted(left.column_names)).to_pydict() == (
        right.select(sorted(right.column_names)).to_pydict()
    )


def test_faults_are_told_for_the_rows_and_as_many_as_are_asked_for(both):
    for examined in both:
        assert {fault.row for fault in examined.faults(rows=[2])} == {2}
        assert len(list(examined.faults(limit=2))) == 2
        assert list(examined.faults(limit=0)) == []


def test_a_preview_is_told_what_the_written_file_would_say(both):
    for examined in both:
        first, lines, grave = examined.first(["uscc"], 3), examined.kept("line"), examined.grave

        written = pq.read_table(examined.checked)

        assert first == written.slice(0, 3).select(["uscc"]).to_pydict()
        assert lines.to_pylist() == written["line"].to_pylist()
        assert grave == sum(written["__grave"].to_pylist())
