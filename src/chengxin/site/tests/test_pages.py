"""The pages of the assembly itself."""

import pytest


@pytest.mark.django_db
def test_a_monitor_is_told_that_the_house_and_its_database_are_well(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_the_sign_in_page_is_chinese_and_forbids_foreign_scripts(client):
    answer = client.get("/sign-in/")

    assert "登录" in answer.content.decode()
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
