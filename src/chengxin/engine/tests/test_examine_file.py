"""A staged file is found to have exactly what the whole program finds in its rows."""

import random
from collections import Counter
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from chengxin.catalogue.queries import item
from chengxin.catalogue.services import compile_item
from chengxin.engine.services import checking, digest, examine, examine_file
from chengxin.engine.tests.test_check import DAY, GOOD, person
from chengxin.engine.values import RAW, Severity
from chengxin.policy.queries import current_rulebook

ALL = tuple(Severity)
FEW = ("subject_name", "subject_kind", "uscc", "id_number", "fine_yuan", "valid_until", "authority")
NOISE = "\u3000 \u200b\ufeff\ufffd&;Ａ１0Xx年-.,，、OIZ“”'\"\n无9/〔"
SPOILED = (
    "", " ", "无", "2026年3月5日", "46086", "2026-02-30", "20260305", "伍万元整", "1.5万元", "-1",
    "示众", "警告；罚款", "自然人", "处以罚款", "N/A", "91320700MA1X0T0X8U", "70404786-X",
    "320700197001011", "11010519491231002X", "０.5", "公" * 201, "201312142.0", "身份证",
    "1800-01-01", "infinity", "2099-12-31", "000000000",
    "当事人11010519491231002X违法", "1101051949 1231002x",
)  # fmt: skip


@pytest.fixture(scope="module")
def penalty():
    book = current_rulebook()
    return compile_item(item(book, "penalty"), book)


def batch(rows: int, seed: int, fields: tuple[str, ...]) -> dict[str, list[str | None]]:
    """Good rows of organisations and persons, some of their cells spoiled."""
    rng = random.Random(seed)
    made: dict[str, list[str | None]] = {name: [] for name in fields}
    for n in range(rows):
        row = {**GOOD, "document_number": f"连示罚〔2026〕{n}号"}
        if rng.random() < 0.3:
            row |= person(f"{rng.randrange(1950, 2012)}0305")
        if rng.random() < 0.1:
            row["document_number"] = "连示罚〔2026〕1号"
        for name in fields:
            text = row.get(name)
            if rng.random() < 0.05:
                text = rng.choice(SPOILED)
            elif text and rng.random() < 0.03:
                at = rng.randrange(len(text) + 1)
                text = text[:at] + rng.choice(NOISE) + text[at + rng.randrange(2) :]
            made[name].append(text or None)
    return made


def staged(folder, columns):
    rows = len(next(iter(columns.values())))
    names = {name: f"c{at}" for at, name in enumerate(columns)}
    table = {"line": pa.array(range(2, rows + 2), pa.int32())}
    table |= {names[name]: pa.array(texts, pa.string()) for name, texts in columns.items()}
    file = folder / "staged.parquet"
    pq.write_table(pa.table(table), file, row_group_size=300)
    return file, names


@pytest.fixture(scope="module", params=["every field", "a few"])
def spoiled(request, penalty, tmp_path_factory):
    """Spoiled rows checked both ways: columns, faults and one form of the rows, the file."""
    folder = tmp_path_factory.mktemp("spoiled")
    fields = tuple(penalty.fields) if request.param == "every field" else FEW
    columns = batch(400, 20260401, fields)
    file, names = staged(folder, columns)
    seen = examine_file(penalty, file, columns=names, on=DAY, folder=folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checking, "ALONE", 0)
        whole = examine(penalty, columns, on=DAY)
    return columns, *whole, seen


def test_a_file_and_its_rows_have_the_same_faults_and_the_same_one_form(spoiled):
    columns, faults, clean, seen = spoiled

    assert list(seen.faults(severities=ALL)) == faults
    assert digest(seen.faults(severities=ALL)) == digest(faults)
    table = pq.read_table(seen.checked).to_pydict()
    assert {name: table[name] for name in columns} == {name: clean[name] for name in columns}
    assert {name: table[name + RAW] for name in columns} == columns
    assert table["line"] == list(range(2, 402))
    grave = {fault.row for fault in faults if fault.severity is Severity.ERROR}
    assert [row for row, bad in enumerate(table["__grave"]) if bad] == sorted(grave)
    assert seen.rows == 400


def test_groups_count_every_fault(spoiled):
    _, faults, _, seen = spoiled

    counted = Counter((f.field, f.code, f.severity) for f in faults)
    assert {(g.field, g.code, g.severity): g.count for g in seen.groups} == counted
    for group in seen.groups:
        kind = (group.field, group.code, group.severity)
        rows = [f.row for f in faults if (f.field, f.code, f.severity) == kind]
        assert list(group.rows) == rows[: len(group.rows)]


def test_some_rows_and_some_faults_can_be_asked_for(spoiled):
    *_, seen = spoiled
    every = list(seen.faults())

    assert list(seen.faults(limit=3)) == every[:3]
    few = {fault.row for fault in every[:5]}
    assert list(seen.faults(rows=few)) == [fault for fault in every if fault.row in few]
    assert all(fault.severity is not Severity.NOTE for fault in every)


def test_a_file_of_no_rows_has_no_faults(penalty, tmp_path):
    file, names = staged(tmp_path, {"uscc": [], "decided_on": []})

    seen = examine_file(penalty, file, columns=names, on=date(2026, 4, 1), folder=tmp_path)

    assert (seen.rows, seen.groups, list(seen.faults())) == (0, (), [])
    assert pq.read_table(seen.checked).num_rows == 0
