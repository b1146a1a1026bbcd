"""Taking a report and checking one."""

import re

import pytest
from cryptography import x509
from django.core.files.uploadedfile import SimpleUploadedFile

from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.clock import today
from chengxin.law.values import Basis
from chengxin.register.models import Record
from chengxin.register.services import revoke
from chengxin.reports.queries import issued_files
from chengxin.reports.rules.authorities import fingerprint
from chengxin.reports.rules.verification import examine
from chengxin.web.tests.samples import PORT

LARGE = 21 * 1024 * 1024


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


def test_a_report_whose_fact_left_publication_is_not_given_out_again(client, read, issued):
    record = Record.objects.get()
    by = Actor("reviewer", "", record.unit, {"register.revoke": Scope.ALL})
    law = Basis("xingzheng-chufa", "中华人民共和国行政处罚法", "第四十八条")
    revoke(record_id=record.id, reason="复议撤销", basis=law, by=by, on=today(), edition="e")
    assert "不再提供原件" in read(f"{issued}/report.pdf", status=410)
    text = read(issued)
    assert "不再提供原件" in text
    assert "report.pdf" not in text
    assert "left publication" in read(issued, language="en")


def test_a_code_nobody_was_given_is_refused_in_plain_words(read, db):
    text = read("/verify/AAAA-BBBB-CCCC-DDDD", status=404)
    assert "没有找到这份报告" in text
    assert "请勿采信" in text


@pytest.mark.parametrize("typed", ["AAAA-BBBB-CCCC-DDDD", "不是代码", "<b>", "x" * 300, "\x00"])
def test_a_text_that_is_no_code_is_answered_on_the_same_page(read, db, typed):
    assert "没有找到这份报告" in read("/verify/", status=404, code=typed)


def test_a_code_is_understood_however_it_is_typed(client, issued):
    code = issued.rpartition("/")[2]
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    for typed in (f" {code[:4].lower()} {code[4:]} ", wide, "-".join(code)):
        assert client.get("/verify/", {"code": typed}).url == issued


def send(client, data, language="zh-hans"):
    client.cookies["chengxin_language"] = language
    answer = client.post("/verify/file", {"file": SimpleUploadedFile("report.pdf", data)})
    return answer.status_code, answer.content.decode()


def test_a_report_s_file_is_checked_and_nothing_of_it_is_kept(client, issued):
    pdf = client.get(f"{issued}/report.pdf").content
    kept = sorted(issued_files().root.rglob("*"))
    status, text = send(client, pdf)
    assert status == 200
    assert "核验通过" in text
    assert "连云港新丝路物流有限公司" in text
    assert "Valid: this report was signed" in send(client, pdf, "en")[1]
    assert sorted(issued_files().root.rglob("*")) == kept


def test_a_file_that_is_no_report_of_ours_is_not_vouched_for(client, issued):
    pdf = bytearray(client.get(f"{issued}/report.pdf").content)
    pdf[len(pdf) // 3] ^= 1
    assert "核验不通过" in send(client, bytes(pdf))[1]
    assert "无法核验" in send(client, b"not a PDF")[1]


@pytest.mark.usefixtures("issued")
def test_no_file_and_too_large_a_file_are_said(client):
    client.cookies["chengxin_language"] = "zh-hans"
    answer = client.post("/verify/file")
    assert answer.status_code == 422
    assert "没有收到文件" in answer.content.decode()
    answer = client.post("/verify/file", {"file": SimpleUploadedFile("large.pdf", b"0" * LARGE)})
    assert answer.status_code == 413
    assert "超过 20 MB" in answer.content.decode()
    assert client.get("/verify/file").url == "/verify/"


def test_the_certificate_can_be_taken_home_to_check_without_the_site(client, read, issued):
    certificate = client.get("/verify/authority.pem")
    assert "attachment" in certificate["Content-Disposition"]
    trusted = x509.load_pem_x509_certificate(certificate.content)
    assert fingerprint(trusted) in read("/verify/")
    assert examine(client.get(f"{issued}/report.pdf").content, authority=trusted).valid


def test_there_is_no_report_of_nobody(client, db):
    assert client.post("/credit/0000000000/report").status_code == 404


def test_a_report_is_never_issued_by_merely_looking(client, city):
    assert client.get(f"/credit/{city[PORT].public_id}/report").status_code == 405
