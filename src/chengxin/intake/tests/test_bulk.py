"""The quick way through a text table gives what the careful one gives, or steps aside."""

import csv
import io
import tempfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chengxin.intake.rules import bulk
from chengxin.intake.rules.delimited import QuotesBroken, TextSource
from chengxin.intake.rules.staging import RowWriter
from chengxin.intake.values import Header
from chengxin.kernel.errors import CreditError

NAMES = ("甲", "乙", "丙")
BITS = ["a", "连", "云港", "１", '"', '""', ",", ";", " ", "\u3000", "\t", "=", '="01"', "'", "\\",
        "\n", "\r\n", "\r", "NULL", "\ufeff", "\ufffd", "\x1a", "#", "0"]  # fmt: skip
WORDS = ["a", "b", "0", "连", "云港"]
cells = st.lists(st.sampled_from([*BITS, *WORDS * 8]), max_size=4).map("".join)
plain = cells.map(lambda text: "".join(c for c in text if c not in '"\r\n,'))


def written(rows, newline, quoting) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator=newline, quoting=quoting).writerows(rows)
    return out.getvalue()


of_tables = st.builds(
    written,
    st.lists(st.tuples(cells, cells, cells), max_size=12),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
of_plain_tables = st.builds(
    lambda rows, newline: "".join(",".join(row) + newline for row in rows),
    st.lists(st.tuples(plain, plain, plain), max_size=12),
    st.sampled_from(["\n", "\r\n"]),
)
of_anything = st.lists(st.sampled_from([*BITS, ",", ",", "\n", "\n"]), max_size=60).map("".join)


def rows_of(staged):
    table = pq.read_table(staged.rows).to_pydict()
    kept = [table.pop("line"), *(table[f"c{at}"] for at in range(staged.width))]
    rows = [(line, *(cell for cell in cells)) for line, *cells in zip(*kept, strict=True)]
    return [tuple(strip_end(row)) for row in rows]


def strip_end(row):
    row = list(row)
    while row and row[-1] is None:
        row.pop()
    return row


def aside(staged):
    """The rows set aside, their cells without blanks at the end."""
    if staged.damaged is None:
        return []
    rows = pq.read_table(staged.damaged).to_pylist()
    cells = [[row[name] or None for name in row if name[1:].isdecimal()] for row in rows]
    return [
        (row["line"], row["damage"], row["rest"], strip_end(found))
        for row, found in zip(rows, cells, strict=True)
    ]


def both_ways(text: str):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "table.csv"
        path.write_bytes((",".join(NAMES) + "\n" + text).encode())
        if text.count("\r\n"):
            path.write_bytes((",".join(NAMES) + "\r\n" + text).encode())
        source = TextSource(path, "table.csv", folder)
        source.delimiter = ","
        header = Header(1, 1, NAMES)
        quick_folder, slow_folder = folder / "quick", folder / "slow"
        quick_folder.mkdir()
        slow_folder.mkdir()
        width = source._usual_width(header)
        quick = bulk.stage(source._text, ",", header, width=width, extent=3, folder=quick_folder)
        if quick is None:
            return None
        with RowWriter(slow_folder, extent=3, names=NAMES) as writer:
            for row in source.rows(0):
                if row.line > 1:
                    writer.add(row)
        slow = writer.staged()
        assert quick.damage == slow.damage
        assert aside(quick) == aside(slow)
        return rows_of(quick), rows_of(slow), quick.count, slow.count, quick.filled, slow.filled


@pytest.mark.parametrize("texts", [of_tables, of_plain_tables, of_anything])
def test_what_the_quick_way_takes_it_reads_as_the_careful_one(texts, monkeypatch):
    monkeypatch.setattr(bulk, "FEWEST_LINES", 0)
    taken = []

    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(texts)
    def compare(text):
        try:
            made = both_ways(text)
        except (QuotesBroken, CreditError):
            return
        if made is None:
            return
        taken.append(made[2] > 0)
        quick, slow, quick_count, slow_count, quick_filled, slow_filled = made
        assert quick == slow
        assert quick_count == slow_count
        assert tuple(strip_end([n or None for n in quick_filled])) == tuple(
            strip_end([n or None for n in slow_filled])
        )

    compare()

    assert any(taken)
