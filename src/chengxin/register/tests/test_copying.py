"""What goes into PostgreSQL by COPY comes out as it went in."""

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from django.db import connection

from chengxin.kernel.copying import copy_into, hexadecimal, repeated

ODD = [
    "plain",
    'quote " and comma,',
    "line\nbreak\r\n",
    "",
    "\\N",
    "\\.",
    "连云港市𠮷",
    None,
    " x ",
]


@pytest.fixture
def place(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE place (number bigint, text text, day date, moment timestamptz,"
            " sure boolean, content bytea, facts jsonb) ON COMMIT DROP"
        )
        yield cursor


def test_every_odd_text_comes_back_as_it_was(place):
    table = pa.table({"number": range(len(ODD)), "text": pa.array(ODD, pa.string())})
    assert copy_into(place, "place", table) == len(ODD)
    place.execute("SELECT text FROM place ORDER BY number")
    assert [text for (text,) in place.fetchall()] == ODD


def test_days_moments_truths_bytes_and_json_come_back_as_they_were(place):
    moment = datetime(2026, 11, 23, 8, 30, 0, 123456, tzinfo=UTC)
    table = pa.table(
        {
            "day": pa.array([date(2026, 3, 5), None], pa.date32()),
            "moment": pa.repeat(pa.scalar(moment, pa.timestamp("us", tz="UTC")), 2),
            "sure": [True, None],
            "content": [hexadecimal(b"\x00\xff,\"'"), hexadecimal(None)],
            "facts": repeated('{"名称":"甲\\"乙"}', 2),
        }
    )
    copy_into(place, "place", table)
    place.execute("SELECT day, moment, sure, content, facts FROM place ORDER BY day")
    first, second = place.fetchall()
    assert first[:3] == (date(2026, 3, 5), moment, True)
    assert bytes(first[3]) == b"\x00\xff,\"'"
    assert second[0] is None
    assert second[2:4] == (None, None)


def test_many_rows_go_in_several_pieces_and_none_is_lost(place):
    rows = 25_001
    table = pa.table({"number": range(rows)})
    assert copy_into(place, "place", table) == rows
    place.execute("SELECT count(*), count(DISTINCT number) FROM place")
    assert place.fetchone() == (rows, rows)


def test_an_empty_table_writes_nothing(place):
    assert copy_into(place, "place", pa.table({"number": pa.array([], pa.int64())})) == 0
