"""Names and codes compared: the SQL says what the Python says."""

from itertools import product

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengxin.kernel.ids.checksums import USCC_ALPHABET, org_check, uscc_check, uscc_holds
from chengxin.kernel.text import normalise_name
from chengxin.subjects.rules.inner import org_code_holds_sql
from chengxin.subjects.rules.names import name_key, name_key_sql, normalised_sql
from chengxin.subjects.rules.near import near_codes
from chengxin.subjects.values import NAME_FORMS

CODE = "91320700MA1X0T0X8T"


def column(texts):
    return pa.table({"name": pa.array(texts, pa.string())})


def test_every_sign_that_counts_as_plain_is_normalised_as_python_does():
    signs = [chr(point) for point in range(1, 0x10000) if not 0xD800 <= point < 0xE000]
    texts = column(
        [f"甲{sign}A{small}" for small in ("", "a") for sign in signs]
    )  # read by DuckDB by its name
    rows = duckdb.sql(f"SELECT name, {normalised_sql('name')} FROM texts").fetchall()

    plain = {name: text for name, text in rows if text is not None}
    assert len(plain) > 20_000
    assert [name for name, text in plain.items() if normalise_name(name) != text] == []
    assert texts.num_rows == 2 * len(signs)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from(["甲", "有限", *(w for w, _ in NAME_FORMS)])), min_size=1))
def test_a_comparable_name_is_the_same_in_sql(names):
    texts = column(["".join(parts) for parts in names])
    found = duckdb.sql(f"SELECT name, {name_key_sql('name')} FROM texts").fetchall()
    assert [(name, name_key(name)) for name in texts["name"].to_pylist()] == found


def test_the_check_of_an_organisation_code_is_the_same_in_sql():
    bodies = ["MA1X0T0X", "12345678", "ZZZZZZZZ", "00000000", "9I8O7S6Z"]
    texts = column([body + check for body, check in product(bodies, "0123456789X")] + ["短", ""])
    found = duckdb.sql(f"SELECT name FROM texts WHERE {org_code_holds_sql('name')}").fetchall()
    assert sorted(name for (name,) in found) == sorted(body + org_check(body) for body in bodies)
    assert texts.num_rows == 57


def slips(code):
    """Every text one slip away from a code."""
    for place, sign in enumerate(code):
        yield from (code[:place] + other + code[place + 1 :] for other in USCC_ALPHABET)
        yield code[:place] + code[place + 1 :]
        yield code[:place] + "7" + code[place:]
        if place:
            yield code[: place - 1] + sign + code[place - 1] + code[place + 1 :]
    yield code.replace("0", "O")


def test_from_every_slip_the_code_is_found_again():
    assert uscc_holds(CODE)
    missed = [slip for slip in slips(CODE) if slip != CODE and CODE not in near_codes(slip)]
    assert missed == []


def test_every_code_offered_is_a_right_one_and_few_are():
    for slip in slips(CODE):
        offered = near_codes(slip)
        assert len(offered) <= 35
        assert all(uscc_holds(code) for code in offered)


@pytest.mark.parametrize(
    "text", [CODE, "", "9132", "不是代码", "I" * 18, CODE[:9] + uscc_check(CODE[:17])]
)
def test_from_a_right_code_or_from_nonsense_nothing_is_offered(text):
    assert near_codes(text) == frozenset()
