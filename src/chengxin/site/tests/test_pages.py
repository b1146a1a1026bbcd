"""The pages of the assembly itself."""

import pytest

from chengxin.access.models import Officer
from chengxin.kernel.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    officer = Officer(login="clerk", name="经办人", unit="u", registered_at=now())
    officer.set_password("right and long enough")
    officer.save(force_insert=True)
    return officer


def _sign_in(client, password):
    return client.post("/sign-in/", {"username": "clerk", "password": password})


def test_a_monitor_is_told_that_the_house_and_its_database_are_well(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_the_sign_in_page_is_chinese_until_the_reader_chooses_english(client):
    browser = {"accept-language": "en"}
    assert "单位人员登录" in client.get("/sign-in/", headers=browser).content.decode()
    client.cookies["chengxin_language"] = "en"
    assert "Sign in for officers" in client.get("/sign-in/").content.decode()


def test_every_page_forbids_foreign_and_inline_scripts(client):
    policy = client.get("/sign-in/").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_right_password_opens_the_workbench(client, officer):
    answer = _sign_in(client, "right and long enough")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/")


def test_a_wrong_password_is_a_sentence_and_five_are_a_pause(client, officer, settings):
    settings.AXES_ENABLED = True

    first = _sign_in(client, "wrong")
    for _ in range(4):
        last = _sign_in(client, "wrong")
    right = _sign_in(client, "right and long enough")

    assert first.status_code == 200
    assert "密码" in first.content.decode()
    assert (last.status_code, right.status_code) == (429, 429)
    assert "半小时" in right.content.decode()


def test_signing_in_never_leads_to_another_site(client, officer):
    answer = client.post(
        "/sign-in/?next=https://elsewhere.example/",
        {"username": "clerk", "password": "right and long enough"},
    )

    assert answer.headers["Location"] == "/desk/"
