"""Verification codes people type."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.reports.rules.codes import (
    ALPHABET,
    RANDOM_SYMBOLS,
    VerificationCode,
    report_number,
)

symbol = st.integers(0, len(ALPHABET) - 1)
codes = st.lists(symbol, min_size=RANDOM_SYMBOLS, max_size=RANDOM_SYMBOLS).map(
    VerificationCode.make
)


@given(codes)
def test_a_code_is_read_back_as_printed(code):
    assert VerificationCode.parse(str(code)) == code
    assert len(str(code)) == 19


@given(codes)
def test_case_spaces_and_full_width_are_forgiven(code):
    wide = "".join(chr(ord(one) + 0xFEE0) for one in code.text)
    for typed in (code.text.lower(), f" {code} ".replace("-", " "), wide, str(code) + "\n"):
        assert VerificationCode.parse(typed) == code


def test_letters_that_look_like_digits_are_read_as_digits():
    code = VerificationCode.make([0, 1, 2, 5, 27] + [7] * 10)
    confused = code.text.replace("0", "O").replace("1", "I").replace("2", "Z").replace("5", "S")
    assert VerificationCode.parse(confused) == code


@given(codes, st.integers(0, 15), symbol)
def test_one_wrong_symbol_is_no_code(code, place, wrong):
    typed = code.text[:place] + ALPHABET[wrong] + code.text[place + 1 :]
    assert (VerificationCode.parse(typed) is None) == (typed != code.text)


@given(codes, st.integers(0, 14))
def test_two_neighbours_swapped_are_no_code(code, place):
    text = code.text
    typed = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    assert (VerificationCode.parse(typed) is None) == (typed != text)


@pytest.mark.parametrize(
    "typed", ["", "x", "1" * 15, "1" * 17, "'; drop table", "诚信" * 8, "²" * 16]
)
def test_what_is_no_code_is_no_code(typed):
    assert VerificationCode.parse(typed) is None


def test_a_number_begins_with_the_moment_and_counts_nothing():
    assert report_number(datetime(2026, 5, 4, 2, 19, 2, tzinfo=UTC), [0, 9, 10, 30, 1, 2]) == (
        "2026050402190209AY12"
    )
