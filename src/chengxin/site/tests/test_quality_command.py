"""`chengxin quality`: the report, what falls due, and the monthly count, from a terminal."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from chengxin.desk.tests.samples import officer
from chengxin.intake.ledger.models import CountForm
from chengxin.kernel.clock import today
from chengxin.kernel.errors import CreditError
from chengxin.oversight.tests.conftest import OTHER, UNIT, send, someone
from chengxin.oversight.values import Month
from chengxin.site.commands import quality as command

pytestmark = pytest.mark.django_db
__all__ = ["send", "someone"]  # fixtures
MONTH = str(Month.of(today()).back(1))


@pytest.fixture(autouse=True)
def set_up(monkeypatch):
    """The database is the test's own; starting another is not what is tested here."""
    monkeypatch.setattr(command, "setup_django", lambda: None)


def ask(*arguments):
    return CliRunner().invoke(command.quality, arguments, standalone_mode=False)


def test_the_report_of_a_month_is_one_json_object(send):
    send(on=date(2026, 10, 20), decided={date(2026, 10, 15): 15, date(2026, 9, 1): 5})
    done = ask("report", "--month", "2026-10", "--json")
    found = json.loads(done.stdout)
    assert done.return_value == 0
    assert found["lines"][0]["figures"]["lateness"]["percent"] == 25.0
    assert found["coverage"]["units"] == 53
    assert "formula" in found["city"]["timeliness"]


def test_the_report_is_also_a_table_for_people(send):
    send(on=date(2026, 10, 20), decided={date(2026, 10, 15): 15})
    text = ask("report", "--month", "2026-10").stdout
    assert "100.00% (15/15)" in text
    assert "市市场监管局" in text


def test_who_asks_as_an_officer_sees_what_she_may(send):
    officer("clerk", "data_officer")
    send(unit=OTHER, on=date(2026, 10, 20), decided={date(2026, 10, 15): 15})
    found = json.loads(ask("report", "--month", "2026-10", "--as", "clerk", "--json").stdout)
    assert found["lines"] == []
    refused = ask("report", "--month", "2026-10", "--as", "clerk", "--unit", OTHER)
    assert isinstance(refused.exception, CreditError)


def test_a_count_is_filed_and_what_is_unexplained_is_a_finding():
    officer("clerk", "data_officer")
    given = ("--unit", UNIT, "--item", "penalty", "--month", MONTH, "--as", "clerk", "--json")
    done = ask("count", *given, "--produced", "3", "--reported", "0", "--reason", "privacy=2")
    assert done.return_value == 1
    assert json.loads(done.stdout)["unexplained"] == 1
    assert CountForm.objects.get().unreported == {"privacy": 2}
    wrong = ask("count", *given, "--produced", "3", "--reported", "0", "--reason", "privacy")
    assert "privacy=2" in str(wrong.exception)


def test_what_falls_due_is_listed_and_overdue_is_a_finding(send):
    send(on=date(2026, 10, 20), faulty=2, faulty_day="2026-09-01")
    done = ask("due", "--unit", UNIT, "--json")
    kinds = {one["kind"] for one in json.loads(done.stdout)["due"]}
    assert done.return_value == 1
    assert kinds == {"faulty", "count_form"}
    assert "faulty" in ask("due", "--unit", UNIT).stdout
