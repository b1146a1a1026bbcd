"""Who comes in, what waits for whom, and which doors are not there."""

import pytest
from django.test import Client
from django.urls import reverse

from chengxin.audit.models import AuditEntry
from chengxin.desk.tests.samples import BAD_DAY, CENTRE, OTHER_NAME, PASSWORD, officer

PATHS = (
    "",
    "powers/",
    "upload/",
    "batches/",
    "counter/",
    "questions/",
    "matching/",
    "quality/",
    "channels/",
    "cases/",
    "merges/",
    "lists/",
    "measures/",
    "evaluations/",
    "casework/",
    "records/",
    "replay/",
    "draws/",
    "plans/",
    "log/",
)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_asks_for_a_sign_in(db, path):
    answer = Client().get(f"/desk/{path}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_signing_in_leads_to_the_workbench(db):
    officer("clerk", "data_officer")
    form = {"username": "clerk", "password": PASSWORD}
    assert Client().post("/sign-in/", form)["Location"] == "/desk/"


def test_a_wrong_password_is_said_in_plain_words(db):
    form = {"username": "clerk", "password": "wrong"}
    page = Client().post("/sign-in/", form).content.decode()
    assert "登录名或密码不正确" in page
    assert 'value="clerk"' in page


def test_five_wrong_passwords_pause_the_sign_in_and_say_so(db, settings):
    settings.AXES_ENABLED = True
    officer("clerk", "data_officer")
    client = Client()
    for _ in range(5):
        client.post("/sign-in/", {"username": "clerk", "password": "wrong"})
    answer = client.post("/sign-in/", {"username": "clerk", "password": PASSWORD})
    assert answer.status_code == 429
    assert "五次" in answer.content.decode()
    client.cookies["chengxin_language"] = "en"
    answer = client.post("/sign-in/", {"username": "clerk", "password": PASSWORD})
    assert "half an hour" in answer.content.decode()


def test_nothing_of_the_desk_stays_in_the_browser(clerk):
    assert "no-store" in clerk.get("/desk/")["Cache-Control"]


def test_the_clerk_sees_the_deadline_and_what_has_to_be_mended(clerk, send):
    send({}, BAD_DAY)
    page = clerk.get("/desk/").content.decode()
    assert "7 个工作日" in page
    assert clerk.get("/desk/").context["work"].faulty == 1
    assert reverse("desk-upload") in page


def test_rows_to_mend_are_counted_over_the_batches_listed(desk, send):
    faulty = send({}, BAD_DAY)
    sound = send({"行政处罚决定书文号": "连市监罚〔2026〕109号"})
    colleague = desk("data_officer", login="colleague")
    home = colleague.get("/desk/")
    assert home.context["work"].faulty == 1
    assert "本单位各批次合计" in home.content.decode()
    listed = colleague.get("/desk/batches/?state=faulty").content.decode()
    assert faulty.number in listed
    assert sound.number not in listed


def test_a_missing_power_is_named_in_words(clerk, send):
    address = f"/desk/batches/{send().number}/release/"
    page = clerk.post(address).content.decode()
    assert "无权办理“审核入库" in page
    assert "市场监管局" in page
    clerk.get("/language/en")
    page += clerk.post(address).content.decode()
    assert "may not do “Release batches" in page
    assert "intake.release" not in page


def test_the_reviewer_sees_what_waits(reviewer, send, take_in):
    take_in()
    take_in(OTHER_NAME)
    batch = send({"行政处罚决定书文号": "连市监罚〔2026〕109号"})
    answer = reviewer.get("/desk/")
    assert batch.number in answer.content.decode()
    assert answer.context["work"].awaiting_match == 1
    assert reverse("desk-upload") not in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "open_to"),
    [
        (
            "data_officer",
            {
                "",
                "powers/",
                "upload/",
                "batches/",
                "quality/",
                "channels/",
                "records/",
                "draws/",
                "plans/",
                "casework/",
            },
        ),
        (
            "reviewer",
            {
                "",
                "powers/",
                "batches/",
                "matching/",
                "quality/",
                "channels/",
                "cases/",
                "records/",
                "draws/",
                "plans/",
                "questions/",
                "casework/",
            },
        ),
        (
            "centre_auditor",
            {
                "",
                "powers/",
                "upload/",
                "batches/",
                "matching/",
                "quality/",
                "channels/",
                "cases/",
                "merges/",
                "lists/",
                "measures/",
                "evaluations/",
                "records/",
                "questions/",
                "casework/",
                "replay/",
            },
        ),
        (
            "list_officer",
            {"", "powers/", "lists/", "measures/", "evaluations/", "records/", "casework/"},
        ),
        (
            "unit_head",
            {
                "",
                "powers/",
                "lists/",
                "measures/",
                "evaluations/",
                "plans/",
                "records/",
                "questions/",
                "casework/",
            },
        ),
        ("window_clerk", {"", "powers/", "evaluations/", "records/", "counter/", "replay/"}),
        ("operator", {"", "powers/", "channels/"}),
        ("rule_editor", {"", "powers/"}),
        ("log_auditor", {"", "powers/", "log/"}),
    ],
)
def test_a_role_finds_its_own_doors_and_the_others_refuse(desk, role, open_to):
    browser = desk(role, unit=CENTRE)
    answers = {path: browser.get(f"/desk/{path}", follow=True) for path in PATHS}
    assert {path for path, answer in answers.items() if answer.status_code == 200} == open_to
    refused = [answer for path, answer in answers.items() if path not in open_to]
    assert all(answer.status_code == 403 for answer in refused)
    assert all("无权办理" in answer.content.decode() for answer in refused)
    doors = {item["url"] for item in answers[""].context["nav_items"]}
    assert doors == {f"/desk/{path}" for path in open_to}


def test_the_log_auditor_verifies_the_log(desk, send):
    send()
    page = desk("log_auditor", unit=CENTRE).get("/desk/log/?verify=1").content.decode()
    assert "日志完整" in page
    assert AuditEntry.objects.get().hash in page
    assert "提交批次" in page


def test_powers_are_told_in_words_in_both_languages(clerk):
    assert "提交批次" in clerk.get("/desk/powers/").content.decode()
    clerk.get("/language/en")
    page = clerk.get("/desk/powers/").content.decode()
    assert "Submit a batch" in page
    assert "own unit" in page
