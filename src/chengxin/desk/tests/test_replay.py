"""What we said then, at the desk: the answer, the difference, and who may not look."""

import time

import pytest

from chengxin.audit.models import AuditEntry
from chengxin.desk.tests.samples import CODE
from chengxin.kernel.clock import now, today
from chengxin.register.models import Record

PAGE = "/desk/replay/"


def asked(known, **more):
    day = today().isoformat()
    usual = {"code": CODE, "on": day, "known": known, "purpose": "objection_check", "other": ""}
    return usual | more


def second(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%S")


def test_the_auditor_sees_what_stood_and_what_has_changed_since(desk, take_in, reviewer):
    take_in()
    auditor, record = desk("centre_auditor", unit="lyg-xyzx"), Record.objects.get()
    assert f"{PAGE}?code=" in auditor.get(f"/desk/records/{record.id}/").content.decode()
    time.sleep(1.01)  # the form asks by the second
    before = now()
    reviewer.post(
        f"/desk/records/{record.id}/revoke/",
        {"reason": "原决定已撤销", "basis": "0", "set_aside_on": today().isoformat()},
    )
    time.sleep(1.01)

    page = auditor.get(PAGE, asked(second(now()), other=second(before))).content.decode()

    assert "认定文书已撤销" in page
    assert "最长公示期" in page
    assert "有变化" in page
    noted = AuditEntry.objects.filter(verb="replay.explain")
    assert [one.purpose for one in noted] == ["objection_check"] * 2


def test_a_question_that_cannot_be_answered_gets_its_sentence(desk):
    auditor = desk("centre_auditor", unit="lyg-xyzx")

    nobody = auditor.get(PAGE, asked(second(now()), code="没有这家"))
    person = auditor.get(PAGE, asked(second(now()), code="11010519491231002X"))

    assert (nobody.status_code, person.status_code) == (404, 403)
    assert "自然人" in person.content.decode()


@pytest.mark.parametrize("role", ["data_officer", "reviewer", "operator"])
def test_officers_of_one_unit_may_not_look(desk, role):
    page = desk(role).get(PAGE, asked(second(now())))

    assert page.status_code == 403
    assert PAGE not in desk(role, login="again").get("/desk/").content.decode()
