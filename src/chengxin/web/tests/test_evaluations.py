"""An organisation's evaluations on its page: only those in effect, each down to its records."""

import io
import zipfile
from datetime import date

import pytest

from chengxin.evaluation.queries import latest
from chengxin.evaluation.rules import recompute
from chengxin.evaluation.services import evaluate
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now, today
from chengxin.policy.queries import current_rulebook
from chengxin.web.tests.samples import PORT

BY = Actor.system("evaluation.run")


@pytest.fixture
def evaluated(city):
    def run(model="comprehensive"):
        evaluate(model=model, on=today(), known=now(), by=BY, book=current_rulebook())
        return city[PORT]

    return run


def test_a_page_tells_the_grade_its_reasons_and_that_it_is_unconfirmed(evaluated, read):
    subject = evaluated()

    page = read(f"/credit/{subject.public_id}")
    english = read(f"/credit/{subject.public_id}", language="en")

    assert "公共信用综合评价" in page
    assert "B级 · 80分" in page
    assert "待核实" in page
    assert "GB/T" in page or "公共信用综合评价规范" in page
    assert "Comprehensive public credit evaluation" in english
    assert "No record counted." in english


def test_a_worse_grade_is_not_shown_before_it_counts(evaluated, add_fact, read):
    subject = evaluated()
    add_fact("penalty", severity="serious")
    evaluated()

    page = read(f"/credit/{subject.public_id}")

    assert "B级 · 80分" in page
    assert "C级" not in page


def test_a_closed_model_and_an_earlier_day_show_nothing(evaluated, read):
    subject = evaluated("labour")

    assert "守法诚信等级评价" not in read(f"/credit/{subject.public_id}")
    evaluated()
    assert "evaluation-comprehensive" not in read(f"/credit/{subject.public_id}", on="2026-01-31")


def test_the_kit_of_what_is_shown_is_there_for_everyone(evaluated, client):
    subject = evaluated()

    answer = client.get(f"/credit/{subject.public_id}/evaluation/comprehensive.zip")

    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    digest = latest(subject.id, "comprehensive").digest
    assert answer["Content-Type"] == "application/zip"
    assert recompute(files, digest).differences == ()


@pytest.mark.parametrize("model", ["labour", "environment", "nothing"])
def test_no_kit_of_what_is_not_shown(evaluated, client, model):
    subject = evaluated("labour")

    assert client.get(f"/credit/{subject.public_id}/evaluation/{model}.zip").status_code == 404
    assert client.get(f"/credit/nobody/evaluation/{model}.zip").status_code == 404


def test_a_grade_does_not_go_on_speaking_of_a_record_that_left(evaluated, add_fact, read):
    from chengxin.kernel.actor import Scope
    from chengxin.register.services import revoke

    book = current_rulebook()
    add_fact("permit", decided_on=date(2026, 10, 1))
    subject = evaluated()
    assert "evaluation-comprehensive" in read(f"/credit/{subject.public_id}")
    honour = _honour(subject)
    evaluated()
    assert "83分" in read(f"/credit/{subject.public_id}")

    by = Actor("r", "r", "lyg-scjg", {"register.revoke": Scope.ALL})
    basis = book.basis("xingzheng-chufa", "第四十八条")
    revoke(record_id=honour, reason="撤销", basis=basis, by=by, on=today(), edition=book.edition)

    assert "83分" not in read(f"/credit/{subject.public_id}")


def _honour(subject):
    import uuid

    from chengxin.kernel.canonical import sha256_hex
    from chengxin.register.services import append
    from chengxin.register.values import NewRecord

    new = NewRecord(
        item="honour", subject=subject.id, subject_kind=subject.kind, unit="lyg-fgw",
        natural_key=sha256_hex(b"honour"), adverse=False, disclosure="public",
        decided_on=date(2026, 10, 1), document_number="连测荣〔2026〕1号",
        facts={"honour_name": "测试荣誉", "decided_on": "2026-10-01"},
        personal={}, basis="测试", batch=uuid.uuid4(), row=2, file_sha256="ab" * 32,
    )  # fmt: skip
    append(new=[new], by=Actor.system("intake.release"), edition=current_rulebook().edition)
    return new.id
