"""Cases of “not me” by machine."""

from datetime import date

import pytest

from chengxin.api.tests.test_api import token as token  # noqa: PLC0414 – a fixture
from chengxin.register.models import Record
from chengxin.web.tests.samples import PORT, append_fact, import_city

SAID = {"on_behalf_of": "测试人", "statement": "执照被冒用"}


@pytest.fixture
def record(db):
    return append_fact(import_city()[PORT], "permit", decided_on=date(2026, 11, 2))


def test_a_window_s_software_hides_a_record_and_another_officer_decides(client, record, token):
    window, auditor = token("window", "window_clerk", "lyg-xyzx"), token("a", "centre_auditor")
    assert client.get(f"/api/v1/records/{record}").status_code == 200
    opened = client.post("/api/v1/cases", SAID | {"record": record}, headers=window)
    case = opened.json()
    assert (opened.status_code, case["state"], case["hidden"]) == (201, "open", True)
    assert client.get(f"/api/v1/records/{record}").json()["code"] == "REGISTER-UNDER-CHECK"
    listed = client.get("/api/v1/cases", headers=auditor).json()
    assert [one["case"] for one in listed] == [case["case"]]
    assert "冒用" not in str(listed)
    form = {"upheld": False, "reason": "属实"}
    address = f"/api/v1/cases/{case['case']}"
    assert client.post(f"{address}/decision", form, headers=window).status_code == 403
    decided = client.post(f"{address}/decision", form, headers=auditor).json()
    assert (decided["state"], decided["hidden"]) == ("not_upheld", False)
    assert client.get(f"/api/v1/records/{record}").status_code == 200


def test_without_the_power_nothing_is_hidden(client, record, token):
    clerk = token("clerk", "data_officer")
    form = SAID | {"record": record}
    assert client.post("/api/v1/cases", form).status_code == 401
    assert client.post("/api/v1/cases", form, headers=clerk).status_code == 403
    assert client.get("/api/v1/cases", headers=clerk).status_code == 403
    assert Record.objects.get().cases.count() == 0
