"""The counter: a clerk opens the space of somebody present; the log names both."""

from datetime import date

import pytest

from chengxin.audit.models import AuditEntry
from chengxin.city.identifiers import id_number
from chengxin.desk.tests.conftest import signed_in
from chengxin.visitors.models import Mandate
from chengxin.visitors.tests.conftest import CODE, NAME

PERSON = {"name": "测试群众", "number": id_number(date(1960, 3, 4), 5), "check": "身份证原件"}
CHILD = {"ward_name": "测试儿童", "ward_number": id_number(date(2015, 3, 4), 6)}


@pytest.fixture
def window(db):
    return signed_in("window_clerk", login="window", unit="lyg-xyzx")


def test_a_clerk_opens_the_space_of_a_person_present_and_the_log_names_both(window):
    home = window.post("/desk/counter/", PERSON, follow=True)

    assert home.status_code == 200
    assert "窗口代办" in home.content.decode()
    assert home.context["actor"].login.endswith("@window")
    entry = AuditEntry.objects.get(verb="visitors.open_at_counter")
    assert entry.login == "window"
    assert PERSON["number"] not in str(entry.facts)

    left = window.post("/my/sign-out/")
    assert left["Location"] == "/desk/counter/"
    assert Mandate.objects.get().ended_at is not None
    assert window.get("/my/").status_code == 302
    assert window.get("/desk/").status_code == 200


def test_an_officer_who_is_no_clerk_opens_nothing(db):
    officer = signed_in("reviewer", login="reviewer")

    assert officer.get("/desk/counter/").status_code == 403
    assert officer.post("/desk/counter/", PERSON).status_code == 403
    assert not Mandate.objects.exists()


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"check": " "}, 422), ({"number": "11010519491231002Y"}, 422), ({"uscc": CODE}, 404)],
)
def test_nothing_opens_without_a_check_a_number_or_an_organisation(window, changed, status):
    assert window.post("/desk/counter/", PERSON | changed).status_code == status
    assert not Mandate.objects.exists()


def test_only_the_registered_representative_or_an_agent_opens_a_firm(window, firm):
    assert window.post("/desk/counter/", PERSON | {"uscc": CODE}).status_code == 403
    boss = PERSON | {"uscc": CODE, "name": "测试法人"}

    home = window.post("/desk/counter/", boss, follow=True)

    assert home.status_code == 200
    assert NAME in home.content.decode()


def test_a_guardian_sees_nothing_but_the_copy_of_a_minor(window):
    opened = window.post("/desk/counter/", PERSON | CHILD)
    assert opened.status_code == 302
    assert Mandate.objects.get().role == "guardian"
    assert window.get("/my/agents/").status_code == 403

    grown = {"ward_name": "测试成人", "ward_number": id_number(date(1990, 3, 4), 6)}
    assert window.post("/desk/counter/", PERSON | grown).status_code == 403


def test_what_a_clerk_opened_ends_with_her_account(window):
    from chengxin.access.models import Officer

    window.post("/desk/counter/", PERSON)
    Officer.objects.filter(login="window").update(is_active=False)

    assert window.get("/my/").status_code == 403
