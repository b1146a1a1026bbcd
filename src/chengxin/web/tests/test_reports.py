"""Taking a report and checking one."""

import re

import pytest

from chengxin.web.tests.samples import PORT


@pytest.fixture
def issued(client, city, add_fact):
    """Where the report of one organisation leads."""
    add_fact("penalty")
    return client.post(f"/credit/{city[PORT].public_id}/report").url


def test_a_report_is_one_click_and_leads_to_its_proof(read, issued):
    text = read(issued)
    assert "本站出具过这份报告" in text
    assert "连云港新丝路物流有限公司" in text
    assert re.search(r"<dt>所载信息</dt><dd>1 条</dd>", text)


def test_the_report_of_an_earlier_day_says_so(client, read, city):
    address = f"/credit/{city[PORT].public_id}"
    assert 'name="on" value="2026-01-31"' in read(address, on="2026-01-31")
    text = read(client.post(f"{address}/report", {"on": "2026-01-31"}).url)
    assert '<dt>公示状态截至</dt><dd><time datetime="2026-01-31">' in text


def test_a_report_of_a_day_to_come_is_refused_in_plain_words(client, city):
    answer = client.post(f"/credit/{city[PORT].public_id}/report", {"on": "2999-01-01"})
    assert 400 <= answer.status_code < 500
    assert "没有办成" in answer.content.decode()


def test_the_file_is_the_signed_one(client, issued):
    answer = client.get(f"{issued}/report.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_code_nobody_was_given_is_refused_in_plain_words(read, db):
    text = read("/verify/AAAA-BBBB-CCCC-DDDD", status=404)
    assert "没有找到这份报告" in text
    assert "请勿采信" in text


def test_there_is_no_report_of_nobody(client, db):
    assert client.post("/credit/0000000000/report").status_code == 404


def test_a_report_is_never_issued_by_merely_looking(client, city):
    assert client.get(f"/credit/{city[PORT].public_id}/report").status_code == 405
