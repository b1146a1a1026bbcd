"""The page of a decision that was revoked: that it was, and why; nothing else of it."""

from datetime import timedelta

import pytest

from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import today
from chengxin.law.values import Basis
from chengxin.policy.queries import current_rulebook
from chengxin.publication.queries import withdrawal
from chengxin.register.services import revoke
from chengxin.web.tests.samples import PORT, append_fact

REASON = "行政复议机关决定撤销"


def withdraw(record, reason=REASON):
    revoke(
        record_id=record,
        reason=reason,
        basis=Basis("xingzheng-chufa", "中华人民共和国行政处罚法", "第四十八条"),
        by=Actor.system("register.revoke"),
        on=today(),
        edition=current_rulebook().edition,
    )


@pytest.fixture
def withdrawn(add_fact):
    """A revoked penalty."""
    record = add_fact("penalty")
    withdraw(record)
    return record


def test_the_reason_of_a_withdrawal_is_published(read, withdrawn):
    text = read(f"/record/{withdrawn}")
    assert "该信息已撤销" in text
    assert REASON in text
    assert "连云港市市场监督管理局" in text
    assert "行政处罚" in text
    assert "noindex" in text
    english = read(f"/record/{withdrawn}", language="en")
    assert "This record was withdrawn" in english
    assert REASON in english


def test_no_other_fact_of_a_withdrawn_decision_is_told(read, withdrawn):
    text = read(f"/record/{withdrawn}")
    for gone in ("连云港新丝路物流有限公司", "发布虚假广告", "20,000", PORT):
        assert gone not in text


def test_the_organisation_s_page_does_not_list_a_withdrawn_decision(read, city, withdrawn):
    text = read(f"/credit/{city[PORT].public_id}")
    assert str(withdrawn) not in text
    assert REASON not in text


def test_an_id_number_in_the_reason_is_masked(read, add_fact):
    record = add_fact("penalty")
    withdraw(record, "当事人 11010519491231002X 提出复议")
    assert "11010519491231002X" not in read(f"/record/{record}")


def test_what_never_showed_is_not_told_when_it_is_withdrawn(read, add_fact):
    minor = add_fact("penalty", severity="minor")
    withdraw(minor)
    assert REASON not in read(f"/record/{minor}", status=404)


def test_a_withdrawal_is_told_no_longer_than_the_decision_would_have_shown(city):
    book, day = current_rulebook(), today()
    record = append_fact(city[PORT], "penalty", decided_on=day - timedelta(days=30))
    assert withdrawal(record, on=day, book=book) is None
    withdraw(record)
    assert withdrawal(record, on=day - timedelta(days=1), book=book) is None
    assert withdrawal(record, on=day, book=book).reason == REASON
    assert withdrawal(record, on=day + timedelta(days=3 * 366), book=book) is None
