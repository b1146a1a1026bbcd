"""Working days: 2004 to 2026 as the yearly notices fix them, and not one day further."""

from datetime import date, timedelta

import pytest

from chengxin.policy.errors import BeyondCalendar


def days(*texts):
    return {date.fromisoformat(text) for text in texts}


def run(first, last):
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return {start + timedelta(days=n) for n in range((end - start).days + 1)}


OFF = {
    2025: days("2025-01-01")
    | run("2025-01-28", "2025-02-04")
    | run("2025-04-04", "2025-04-06")
    | run("2025-05-01", "2025-05-05")
    | run("2025-05-31", "2025-06-02")
    | run("2025-10-01", "2025-10-08"),
    2026: run("2026-01-01", "2026-01-03")
    | run("2026-02-15", "2026-02-23")
    | run("2026-04-04", "2026-04-06")
    | run("2026-05-01", "2026-05-05")
    | run("2026-06-19", "2026-06-21")
    | run("2026-09-25", "2026-09-27")
    | run("2026-10-01", "2026-10-07"),
}
WORKED = {
    2025: days("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"),
    2026: days("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"),
}


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_day_of_the_year_is_as_the_notice_says(book, year):
    for day in run(f"{year}-01-01", f"{year}-12-31"):
        expected = day in WORKED[year] or (day.weekday() < 5 and day not in OFF[year])
        assert book.calendar.is_working_day(day) is expected, day


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2004-05-03", False),
        ("2008-04-04", False),  # the first year Qingming was a holiday
        ("2015-09-03", False),
        ("2020-01-31", False),  # the holiday was lengthened that year
        ("2024-02-18", True),  # a Sunday, worked
    ],
)
def test_days_of_earlier_years(book, day, working):
    assert book.calendar.is_working_day(date.fromisoformat(day)) is working


def test_the_calendar_holds_every_year_from_2004_to_2026(book):
    assert sorted(book.calendar.years) == list(range(2004, 2027))
    for year, table in book.calendar.years.items():
        assert 240 < 366 - len(table.off) - 104 + len(table.working) < 256, year


def test_day_one_is_the_day_after(book):
    calendar = book.calendar

    assert calendar.add_working_days(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert calendar.add_working_days(date(2026, 9, 30), 7) == date(2026, 10, 15)
    assert calendar.add_working_days(date(2026, 9, 30), 0) == date(2026, 9, 30)


def test_counting_there_and_back_agrees(book):
    calendar = book.calendar
    for offset in range(0, 300, 7):
        start = date(2025, 1, 1) + timedelta(days=offset)
        for count in (0, 1, 7, 20):
            end = calendar.add_working_days(start, count)
            assert calendar.working_days_between(start, end) == count
            assert calendar.working_days_between(end, start) == -count


@pytest.mark.parametrize("day", [date(2027, 1, 1), date(2003, 12, 31)])
def test_no_answer_outside_the_loaded_years(book, day):
    with pytest.raises(BeyondCalendar) as refusal:
        book.calendar.is_working_day(day)

    assert "2004至2026" in refusal.value.text("zh")
    assert "does not guess" in refusal.value.text("en")


def test_a_deadline_may_not_run_past_the_last_year(book):
    with pytest.raises(BeyondCalendar):
        book.calendar.add_working_days(date(2026, 12, 28), 7)


def test_a_weekend_listed_as_off_is_a_fault(folder):
    folder.edit("national/calendar/2026.yaml", "2026-01-01, ", "2026-01-01, 2026-01-03, ")

    fault = folder.only_fault()

    assert (fault.code, fault.line) == ("POLICY-CALENDAR", 6)
    assert "周末" in fault.reason_zh
