"""Quality by machine: own figures, the monthly count, and what a token may not do."""

import pytest

from chengxin.api.tests.test_api import token
from chengxin.kernel.clock import today
from chengxin.oversight.tests.conftest import OTHER, UNIT, send, someone
from chengxin.oversight.values import Month

pytestmark = pytest.mark.django_db
__all__ = ["send", "someone", "token"]  # fixtures
MONTH = Month.of(today()).back(1)
COUNT = f"/api/v1/quality/counts/{UNIT}/penalty/{MONTH}"


@pytest.fixture
def clerk(token):
    return token("clerk", "data_officer")


def post(client, path, body, who):
    return client.post(path, body, content_type="application/json", headers=who)


def test_a_unit_reads_its_own_report_and_no_other(client, clerk, send):
    send(on=MONTH.first.replace(day=20), decided={MONTH.first.replace(day=19): 10})
    send(unit=OTHER, on=MONTH.first.replace(day=20), decided={MONTH.first.replace(day=19): 10})
    found = client.get("/api/v1/quality/report", {"month": str(MONTH)}, headers=clerk).json()
    assert {line["unit"] for line in found["lines"]} == {UNIT}
    assert found["city"]["timeliness"]["percent"] == 100.0
    asked = {"month": str(MONTH), "unit": OTHER}
    assert client.get("/api/v1/quality/report", asked, headers=clerk).status_code == 403
    assert client.get("/api/v1/quality/trend", asked, headers=clerk).status_code == 403
    assert client.get("/api/v1/quality/due", {"unit": OTHER}, headers=clerk).status_code == 403
    assert client.get("/api/v1/quality/report", {"month": str(MONTH)}).status_code == 401


def test_a_year_and_what_falls_due_are_told(client, clerk, send):
    course = client.get("/api/v1/quality/trend", {"month": str(MONTH)}, headers=clerk).json()
    assert len(course) == 12
    due = client.get("/api/v1/quality/due", headers=clerk).json()
    assert {one["kind"] for one in due} == {"count_form"}


def test_a_count_is_filed_corrected_and_confirmed(client, clerk, token):
    filed = post(client, COUNT, {"produced": 3, "reported": 0, "unreported": {"privacy": 3}}, clerk)
    assert filed.status_code == 201
    assert filed.json()["unexplained"] == 0
    again = post(client, COUNT, {"produced": 4, "reported": 0}, clerk)
    assert (again.status_code, again.json()["code"]) == (409, "INTAKE-COUNT-CHANGED")
    act = f"/api/v1/quality/counts/{filed.json()['id']}/confirm"
    assert post(client, act, {}, clerk).status_code == 403
    reviewer = token("reviewer", "reviewer")
    assert post(client, act, {}, reviewer).status_code == 200
    (version,) = client.get(COUNT, headers=reviewer).json()
    assert version["confirmed"] is True


def test_a_stranger_neither_reads_nor_files(client, token):
    stranger = token("stranger", "data_officer", unit=OTHER)
    assert client.get(COUNT, headers=stranger).status_code == 403
    body = {"produced": 1, "reported": 0}
    assert post(client, COUNT, body, stranger).status_code == 403
