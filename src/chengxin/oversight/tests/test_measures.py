"""Formulas come from the rulebook, and none of them can be a volume."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.oversight.errors import BadFormula, BadMonth
from chengxin.oversight.rules.formulas import compiled, figure, figures, measures
from chengxin.oversight.rules.ordering import ordered
from chengxin.oversight.rules.telling import safe
from chengxin.oversight.rules.timing import Clock, schedule_of
from chengxin.oversight.values import Month, Standing
from chengxin.policy.queries import current_rulebook

BOOK = current_rulebook()
COUNTS = BOOK.codelist("quality_count")
MEASURES = measures(BOOK, date(2026, 10, 1))
BY_NAME = {one.name: one for one in MEASURES}
NAMES = [entry.code for entry in COUNTS.entries]


def test_the_four_axes_and_the_unreported_are_measured_by_rule():
    assert set(BY_NAME) == {
        "completeness", "filled", "validity", "valid_entry", "timeliness", "lateness",
        "unreported", "accuracy",
    }  # fmt: skip
    assert all(one.basis.law_id for one in MEASURES)
    assert {name: one.full_marks for name, one in BY_NAME.items() if one.full_marks} == {
        "completeness": 95, "valid_entry": 95, "accuracy": 95,
    }  # fmt: skip


@pytest.mark.parametrize("text", ["", "  ", "1", "100 * late", "provided recorded", "penalties"])
def test_a_formula_that_is_no_sum_of_declared_counts_is_refused(text):
    with pytest.raises(BadFormula):
        compiled("made_up", text, COUNTS)


def test_every_measure_is_a_share_and_none_is_a_volume():
    """R19: no measure rewards how much is sent or how many are punished."""
    for one in MEASURES:
        assert one.numerator
        assert one.denominator
        assert set(one.counts) <= set(NAMES)
    words = " ".join(f"{entry.code} {entry.label_en}" for entry in COUNTS.entries)
    assert "penalt" not in words
    assert "fine" not in words.split()


@given(
    counts=st.fixed_dictionaries(dict.fromkeys(NAMES, st.integers(0, 10_000))),
    times=st.integers(2, 50),
)
def test_sending_more_of_the_same_changes_no_share(counts, times):
    """Ten times the penalties, equally late and equally faulty, are worth exactly as much."""
    for one in MEASURES:
        before = figure(one, counts)
        after = figure(one, {name: n * times for name, n in counts.items()})
        if before.percent is not None:
            assert after.percent == before.percent


def unit(code, **counts):
    return Standing(code, 0, figures(MEASURES, counts), counts, {})


def sent(code, rows, late, faulty):
    return unit(code, provided=rows, passed=rows - faulty, on_time=rows - late, late=late)


@given(times=st.lists(st.integers(1, 40), min_size=3, max_size=3))
def test_the_order_of_units_does_not_know_how_much_they_sent(times):
    units = [("a", 100, 10, 0), ("b", 100, 0, 7), ("c", 100, 0, 3)]
    listed = [
        sent(code, rows * n, late * n, faulty * n)
        for (code, rows, late, faulty), n in zip(units, times, strict=True)
    ]
    assert [one.unit for one in ordered(listed, MEASURES)] == ["c", "b", "a"]


def test_equal_shares_share_a_place_and_few_rows_get_none():
    listed = [
        sent("b", 40, 4, 0),
        sent("a", 400, 40, 0),
        sent("late", 20, 19, 0),
        sent("c", 3, 0, 0),
    ]
    assert [(one.unit, one.place) for one in ordered(listed, MEASURES)] == [
        ("a", 1), ("b", 1), ("late", 3), ("c", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ({}, "nothing"),
        ({"on_time": 3, "late": 6}, "few"),
        ({"on_time": -2, "late": 20}, "contradiction"),
    ],
)
def test_what_cannot_be_divided_is_said(counts, why):
    found = figure(BY_NAME["timeliness"], counts)
    assert (found.percent, found.why_none, found.met) == (None, why, None)


def test_a_share_is_in_per_cent_and_knows_whether_it_is_met():
    found = figure(BY_NAME["completeness"], {"required_asked": 2000, "required_filled": 1899})
    assert (found.percent, found.met) == (94.95, False)
    assert figure(BY_NAME["validity"], {"provided": 20, "passed": 20}).met is None


def test_a_formula_is_told_in_words():
    assert BY_NAME["valid_entry"].formula_zh == "入库行数 ÷ （报送行数 − 重复行数 − 待审核行数）"
    assert "rows recorded ÷" in BY_NAME["valid_entry"].formula_en


def test_the_least_denominator_is_data():
    few = replace(BY_NAME["validity"], least=100)
    assert figure(few, {"provided": 99, "passed": 99}).why_none == "few"


@pytest.mark.parametrize(
    "text", ["2026-13", "2026", "2026-1", "26-10", "2026-12", "", "2026-10-01"]
)
def test_a_month_that_is_none_or_has_not_begun_is_refused(text):
    with pytest.raises(BadMonth):
        Month.parse(text, by=date(2026, 11, 23))


def test_a_month_knows_its_days():
    month = Month.parse("2026-02", by=date(2026, 11, 23))
    assert (month.first, month.last, str(month.back(2))) == (
        date(2026, 2, 1), date(2026, 2, 28), "2025-12",
    )  # fmt: skip


def test_a_cell_is_never_a_formula():
    assert safe("=HYPERLINK(1)") == "'=HYPERLINK(1)"


DEADLINE = "publication.reporting_deadline"
SCHEDULE = schedule_of(DEADLINE, BOOK)
DAYS = st.dates(date(2018, 7, 25), date(2026, 11, 1))


@given(decided_on=DAYS, days=st.integers(0, 40))
def test_the_schedule_and_the_clock_agree_on_what_is_late(decided_on, days):
    received_on = decided_on + timedelta(days)
    late = Clock(BOOK).taken(decided_on, received_on) > BOOK.on(decided_on, DEADLINE).value
    assert (received_on >= SCHEDULE.late_from[decided_on]) == late


def test_where_no_rule_or_calendar_reaches_there_is_no_deadline():
    assert date(2018, 7, 24) not in SCHEDULE.late_from
    assert date(2027, 1, 1) not in SCHEDULE.late_from
    assert SCHEDULE.late_from[date(2026, 12, 31)] == date.max
