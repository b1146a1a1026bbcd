"""A condition means the same as a function and as SQL, and says in words what it found."""

from datetime import date

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengxin.policy.rules import compile_condition, condition_sql, quoted
from chengxin.policy.values.conditions import FITTING, All, Any, FactKind, Op, Test, every_test

FACTS = {
    "penalty.severity": FactKind.CODE,
    "penalty.penalty_kind": FactKind.CODES,
    "penalty.decided_on": FactKind.DATE,
    "penalty.fine_yuan": FactKind.AMOUNT,
    "labour.year": FactKind.INTEGER,
    "penalty.breach_kind": FactKind.TEXT,
    "penalty": FactKind.RECORD,
}
WORDS = ["serious", "minor", "fine", "it's", "价格欺诈"]
DAYS = ["2024-02-29", "2025-01-31", "2026-11-23", "1999-12-31"]
NUMBERS = ["0", "-3", "20000", "19999.999999", "3"]
ODD = ["", "x", "2026-02-30", "2026-1-5", "12e3", " 5", "fine;minor", "0000-01-01", "１２"]
WHOLE = [one for one in NUMBERS if "." not in one]


def _values(kind, op):
    if op is Op.HELD:
        return st.sampled_from(["true", "false"]).map(lambda one: (one,))
    if op is Op.WITHIN_MONTHS:
        return st.integers(1, 40).map(lambda one: (str(one),))
    pool = {FactKind.DATE: DAYS, FactKind.AMOUNT: NUMBERS, FactKind.INTEGER: WHOLE}.get(kind, WORDS)
    most = 3 if op is Op.IN else 1
    return st.lists(st.sampled_from(pool), min_size=1, max_size=most).map(tuple)


@st.composite
def single(draw):
    fact = draw(st.sampled_from(sorted(FACTS)))
    kind = FACTS[fact]
    op = draw(st.sampled_from([op for op, kinds in FITTING.items() if kind in kinds]))
    return Test(fact, op, draw(_values(kind, op)), kind)


CONDITIONS = st.recursive(
    single(),
    lambda part: st.tuples(st.sampled_from([All, Any]), st.lists(part, min_size=1, max_size=3)).map(
        lambda pair: pair[0](tuple(pair[1]))
    ),
    max_leaves=6,
)
TEXTS = st.none() | st.sampled_from([*WORDS, *DAYS, *NUMBERS, *ODD])
ROWS = st.lists(st.fixed_dictionaries(dict.fromkeys(FACTS, TEXTS)), min_size=6, max_size=9)
BASE = duckdb.connect()
BASE.execute("SET threads = 1")


@settings(max_examples=80, deadline=None)
@given(CONDITIONS, ROWS, st.sampled_from([*DAYS, "2026-01-31"]).map(date.fromisoformat))
def test_the_function_and_the_sql_always_agree(condition, rows, on):
    names = ", ".join(map(quoted, FACTS))
    line = f"({', '.join(['?::VARCHAR'] * len(FACTS))})"
    sql = condition_sql(condition, f"DATE '{on}'")
    ask = compile_condition(condition)

    by_sql = BASE.execute(
        f"SELECT {sql} FROM (VALUES {', '.join([line] * len(rows))}) facts ({names})",
        [row[name] for row in rows for name in FACTS],
    ).fetchall()

    assert [ask(row, on).holds for row in rows] == [holds for (holds,) in by_sql]


SEVERE = Test(
    "penalty.severity",
    Op.IS,
    ("serious",),
    FactKind.CODE,
    "失信程度",
    "Severity",
    "严重",
    "serious",
)
RECENT = Test(
    "penalty.decided_on", Op.WITHIN_MONTHS, ("6",), FactKind.DATE, "决定日期", "Decided on"
)


def test_a_verdict_is_a_sentence_in_both_languages():
    verdict = compile_condition(SEVERE)({"penalty.severity": "serious"}, date(2026, 1, 1))

    assert verdict.zh == "“失信程度”为严重"
    assert verdict.en == "Severity is serious"


def test_of_several_reasons_those_that_decided_are_told():
    ask = compile_condition(All((SEVERE, RECENT)))

    verdict = ask(
        {"penalty.severity": "serious", "penalty.decided_on": "2020-01-01"}, date(2026, 1, 1)
    )

    assert not verdict.holds
    assert verdict.zh == "“决定日期”不在最近6个月内"
    assert verdict.en == "Decided on lies outside the last 6 months"


@pytest.mark.parametrize("op", [Op.IS, Op.IS_NOT, Op.IN])
def test_what_is_not_stated_meets_no_test(op):
    missing = Test("penalty.severity", op, ("minor",), FactKind.CODE)

    verdict = compile_condition(missing)({}, date(2026, 1, 1))

    assert not verdict.holds
    assert "未载明" in verdict.zh


@pytest.mark.parametrize(
    ("on", "holds"), [((2026, 2, 27), True), ((2026, 2, 28), False), ((2025, 8, 30), False)]
)
def test_months_end_on_the_last_day_of_a_short_month(on, holds):
    ask = compile_condition(RECENT)

    assert ask({"penalty.decided_on": "2025-08-31"}, date(*on)).holds is holds


def test_every_test_of_a_condition_is_found():
    assert list(every_test(All((SEVERE, Any((RECENT,)))))) == [SEVERE, RECENT]
