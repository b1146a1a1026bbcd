"""A month told from batches, records, forms, finds and samples."""

from datetime import date

import pytest

from chengxin.intake.models import Row
from chengxin.intake.rules.counting import Count, Find
from chengxin.intake.services.counting import file_count, note_found
from chengxin.kernel.errors import NotPermitted
from chengxin.oversight.errors import NothingToShow
from chengxin.oversight.queries import behind, reminders, report, trend
from chengxin.oversight.rules.telling import report_json, table
from chengxin.oversight.tests.conftest import AUDITOR, CLERK, OTHER, STRANGER, UNIT, WINDOW
from chengxin.oversight.values import Month

pytestmark = pytest.mark.django_db
OCTOBER = Month(date(2026, 10, 1))
TODAY = date(2026, 11, 23)
ON_TIME, LATE = date(2026, 10, 15), date(2026, 9, 21)


def of(by, book, **asked):
    return report(**({"month": OCTOBER, "by": by, "on": TODAY, "book": book} | asked))


def shares(line):
    return {name: one.percent for name, one in line.figures.items()}


def test_each_axis_has_its_share_with_both_its_counts(send, book):
    send(decided={ON_TIME: 15, LATE: 5}, faulty=4, known=2, awaiting=1)
    (line,) = of(CLERK, book).lines
    assert line.counts["provided"] == 27
    assert shares(line) | {"filled": 0, "completeness": 0} == {
        "accuracy": None, "completeness": 0, "filled": 0, "lateness": 25.0, "timeliness": 75.0,
        "unreported": None, "valid_entry": 80.0, "validity": 85.19,
    }  # fmt: skip
    late = line.figures["lateness"]
    assert (late.numerator, late.denominator) == (5, 20)


def test_working_days_are_counted_over_holidays(send, book):
    """National Day of 2026 lies between: nine days off, and still on time."""
    send(on=date(2026, 10, 14), decided={date(2026, 9, 29): 10})
    send(on=date(2026, 10, 15), decided={date(2026, 9, 22): 10})
    (line,) = of(CLERK, book).lines
    assert (line.counts["on_time"], line.counts["late"]) == (10, 10)


def test_required_cells_are_counted_from_the_tally(send, book):
    fields = [one.name for one in _fields("penalty", book)]
    filled = dict.fromkeys(fields, 20) | {"breach_kind": 18}
    found = [["uscc", "INTAKE-REQUIRED-WHEN", "error", 4]]
    send(decided={ON_TIME: 20}, filled=filled, found=found)
    (line,) = of(CLERK, book).lines
    required = sum(one.required for one in _fields("penalty", book))
    assert line.counts["required_asked"] == 20 * required + 4
    assert line.counts["required_asked"] - line.counts["required_filled"] == 2 + 4
    assert line.counts["fields_asked"] - line.counts["fields_filled"] == 2


def _fields(item, book):
    from chengxin.catalogue.queries import item as item_of

    return [one for one in item_of(book, item).fields if not one.ignored]


def test_a_returned_batch_counts_for_nothing_and_an_open_one_is_not_held_against_its_unit(
    send, book
):
    send(decided={}, faulty=30, state="returned")
    send(decided={ON_TIME: 12})
    send(clean=40, state="submitted", on=date(2026, 10, 30))
    (line,) = of(CLERK, book).lines
    assert (line.counts["provided"], line.counts["undecided"]) == (52, 40)
    assert shares(line)["valid_entry"] == 100.0
    assert line.aside["returned"] == 30


def test_a_clerk_sees_her_own_unit_and_the_centre_all(send, book):
    send(decided={ON_TIME: 10})
    send(unit=OTHER, decided={LATE: 10})
    assert {one.unit for one in of(CLERK, book).lines} == {UNIT}
    assert {one.unit for one in of(AUDITOR, book).lines} == {UNIT, OTHER}
    assert [one.unit for one in of(AUDITOR, book).standings] == [UNIT, OTHER]
    with pytest.raises(NotPermitted):
        of(STRANGER, book, unit=UNIT)
    with pytest.raises(NotPermitted):
        of(WINDOW, book)
    with pytest.raises(NothingToShow):
        of(AUDITOR, book, unit="lyg-nowhere")


def test_units_nothing_was_heard_of_are_named(send, book):
    send(decided={ON_TIME: 1})
    found = of(AUDITOR, book)
    assert found.covered == 1
    assert found.units == 53
    assert OTHER in found.silent


def test_counties_have_their_own_sums(send, book):
    send(unit="lyg-donghai", decided={ON_TIME: 9, LATE: 1})
    found = of(AUDITOR, book)
    assert found.divisions["320722"]["lateness"].percent == 10.0
    assert found.city["lateness"].percent == 10.0


def test_unreported_comes_from_the_form_or_from_what_was_found_but_never_twice(send, book):
    send(decided={ON_TIME: 20})
    count = Count(UNIT, "penalty", OCTOBER.first, produced=30, published=0, reported=20,
                  unreported={"privacy": 4})  # fmt: skip
    file_count(count=count, after=0, by=CLERK, on=TODAY, book=book)
    for number in ("一号", "二号"):
        find = Find(UNIT, "penalty", number, ON_TIME, "own_site")
        note_found(find=find, by=AUDITOR, on=TODAY, book=book)
    (line,) = of(CLERK, book).lines
    assert (line.counts["unreported"], line.counts["should_report"]) == (6, 26)
    listed = behind(
        unit=UNIT, item="penalty", month=OCTOBER, count="unreported", by=CLERK, book=book
    )
    assert [(one.kind, one.rows) for one in listed] == [("form", 6), ("find", 1), ("find", 1)]


def test_finds_alone_say_that_something_is_missing(send, book):
    send(decided={ON_TIME: 18})
    for number in ("一号", "二号"):
        find = Find(UNIT, "penalty", number, ON_TIME, "complaint")
        note_found(find=find, by=AUDITOR, on=TODAY, book=book)
    (line,) = of(CLERK, book).lines
    assert shares(line)["unreported"] == 10.0


def test_a_figure_leads_to_the_rows_behind_it(send, book):
    batch = send(decided={ON_TIME: 8, LATE: 2}, faulty=3)
    late = behind(unit=UNIT, item="penalty", month=OCTOBER, count="late", by=CLERK, book=book)
    assert [(one.kind, one.working_days) for one in late] == [("record", 16)] * 2
    faulty = behind(unit=UNIT, item="penalty", month=OCTOBER, count="faulty", by=CLERK, book=book)
    assert [(one.title, one.rows, one.query) for one in faulty] == [
        (batch.number, 3, "?rows=faulty")
    ]
    with pytest.raises(NotPermitted):
        behind(unit=UNIT, item="penalty", month=OCTOBER, count="late", by=STRANGER, book=book)
    with pytest.raises(NothingToShow):
        behind(unit=UNIT, item="penalty", month=OCTOBER, count="volume", by=CLERK, book=book)


def test_a_year_is_told_month_by_month(send, book):
    send(on=date(2026, 8, 20), decided={date(2026, 8, 18): 10})
    send(decided={LATE: 10})
    course = trend(last=OCTOBER, months=12, by=CLERK, book=book)
    assert [str(month) for month, _ in course][::11] == ["2025-11", "2026-10"]
    late = {str(month): figures["lateness"].percent for month, figures in course}
    assert (late["2026-08"], late["2026-09"], late["2026-10"]) == (0.0, None, 100.0)


def test_json_and_table_tell_formula_basis_and_what_is_left_out(send, book):
    send(decided={ON_TIME: 10})
    found = of(CLERK, book)
    told = report_json(found, book)["lines"][0]["figures"]["timeliness"]
    assert (told["numerator"], told["denominator"], told["percent"]) == (10, 10, 100.0)
    assert told["formula"] == "(on_time) / (on_time + late)"
    assert told["status"] == "unconfirmed"
    assert "已退回" in told["excluded_zh"]
    assert told["rows"] == f"/desk/quality/{UNIT}/penalty/2026-10/on_time/"
    rows = list(table(found, book))
    assert len(rows) == 1 + len(found.measures)
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_rows_to_mend_are_told_before_their_deadline_passes(send, book):
    send(on=TODAY, faulty=7, faulty_day="2026-11-16")
    late = send(on=TODAY, faulty=2, faulty_day="2026-11-02")
    Row.objects.create(batch=late, number=99, state="faulty", values={"decided_on": "2026-10-12"})
    send(on=TODAY, faulty=5, faulty_day="2026-11-20")
    rows = [one for one in reminders(by=CLERK, on=TODAY, book=book) if one.kind == "faulty"]
    assert [(one.rows, one.days_left) for one in rows] == [(7, 2), (3, -8)]
    assert rows[0].due_on == date(2026, 11, 25)


def test_forms_and_batches_are_waited_for(send, book):
    send(on=TODAY, clean=5, state="submitted")
    found = reminders(by=CLERK, on=date(2026, 11, 9), book=book)
    assert {(one.kind, one.item) for one in found} == {
        ("release", "penalty"), ("count_form", "penalty"), ("count_form", "permit"),
    }  # fmt: skip
    assert {one.days_left for one in found if one.kind == "count_form"} == {1}
    everyone = reminders(by=AUDITOR, on=date(2026, 11, 12), book=book)
    forms = [one for one in everyone if one.kind == "count_form"]
    assert len(forms) == 106
    assert all(one.overdue for one in forms)
    with pytest.raises(NotPermitted):
        reminders(by=WINDOW, on=TODAY, book=book)
