from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import pytest

from chengxin.kernel.canonical import canonical_json, sha256_hex
from chengxin.kernel.clock import now, today


class Colour(StrEnum):
    RED = "red"


def test_keys_are_sorted_spaces_left_out_and_chinese_kept():
    assert canonical_json({"乙": 1, "甲": [True, None]}) == '{"乙":1,"甲":[true,null]}'.encode()


def test_values_have_one_spelling():
    value = {
        "day": date(2026, 4, 1),
        "fine": Decimal("1E+3"),
        "colour": Colour.RED,
        "id": UUID(int=1),
        "pair": (1, 2),
    }
    assert canonical_json(value) == (
        b'{"colour":"red","day":"2026-04-01","fine":"1000",'
        b'"id":"00000000-0000-0000-0000-000000000001","pair":[1,2]}'
    )


def test_one_moment_in_two_zones_is_the_same_bytes():
    utc = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)
    china = utc.astimezone(timezone(timedelta(hours=8)))
    assert canonical_json(utc) == canonical_json(china)


@pytest.mark.parametrize("value", [{1, 2}, b"x", datetime(2026, 4, 1), {1: "x"}, object()])  # noqa: DTZ001
def test_what_has_no_single_spelling_is_refused(value):
    with pytest.raises(TypeError):
        canonical_json(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match=r"."):
        canonical_json(value)


def test_the_digest_is_the_published_one():
    assert sha256_hex(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_the_clock_is_aware_and_chinese():
    moment = now()
    assert moment.utcoffset() == timedelta(hours=8)
    assert today() - moment.date() <= timedelta(days=1)
