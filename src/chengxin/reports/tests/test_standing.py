"""What no longer stands is said so: live, in a signed list, and by a revoked key."""

from datetime import timedelta

import pytest

from chengxin.audit import queries as audit
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.clock import now, today
from chengxin.kernel.errors import NotPermitted
from chengxin.law.values import Basis
from chengxin.policy.queries import current_rulebook
from chengxin.register.models import Record
from chengxin.register.services import revoke
from chengxin.reports import queries, services
from chengxin.reports.errors import AlreadyWithdrawn, NoSuchReport, ReasonWanted
from chengxin.reports.keyring import replace_key
from chengxin.reports.rules import jws, status
from chengxin.reports.rules.authorities import Role, read_revoked
from chengxin.reports.rules.verification import Aids, examine
from chengxin.reports.services.issuing import signed_file
from chengxin.reports.services.standing import _lists
from chengxin.reports.tests.samples import AT, LIST, PLACE, a_content
from chengxin.reports.tests.test_issue import (  # noqa: F401 – fixtures
    installation,
    issue,
    organisation,
    permit,
)
from chengxin.reports.values import Verdict

HEAD = Actor("head", "", "lyg-xyzx", {"reports.withdraw": Scope.ALL})


def a_list(keys, withdrawn=(), uri=LIST):
    token = status.write(
        uri=uri,
        withdrawn=withdrawn,
        at=AT,
        key=keys.attester.curve,
        certificate=keys.attester.certificate,
    )
    return status.read(token, authority=keys.authority)


def said(found, proven):
    return " ".join(one.zh for one in found.statements if one.proven is proven)


def test_without_a_list_the_standing_is_said_to_be_unknown(signed, keys):
    found = examine(signed, authority=keys.authority)
    assert found.valid
    assert "未知（状态列表没有提供）" in said(found, proven=False)


def test_a_carried_list_says_whether_the_report_stands_and_as_of_when(signed, keys):
    stands = examine(signed, authority=keys.authority, aids=Aids(status=a_list(keys, {1, 2})))
    gone = examine(signed, authority=keys.authority, aids=Aids(status=a_list(keys, {PLACE})))

    assert (stands.verdict, gone.verdict) == (Verdict.VALID, Verdict.WITHDRAWN)
    assert (stands.status_at, gone.valid, gone.genuine) == (AT, False, True)
    assert "2026-11-23 14:30 的状态列表：仍然有效" in said(stands, proven=True)


def test_a_list_that_is_old_or_about_others_is_said_to_be(signed, keys):
    late = AT + timedelta(days=2)
    old = examine(signed, authority=keys.authority, aids=Aids(status=a_list(keys), at=late))
    other = examine(
        signed, authority=keys.authority, aids=Aids(status=a_list(keys, uri=LIST + "x"))
    )
    assert "状态列表已过期" in said(old, proven=False)
    assert "不含这份报告" in said(other, proven=False)


def test_a_list_somebody_else_signed_is_refused(keys, other_keys):
    token = status.write(
        uri=LIST,
        withdrawn=(),
        at=AT,
        key=other_keys.attester.curve,
        certificate=other_keys.attester.certificate,
    )
    for broken in (token, token[:-4], "", "a.b.c", "é.é.é"):
        with pytest.raises(jws.NotOurs):
            status.read(broken, authority=keys.authority)


def test_a_stolen_key_is_refused_from_its_revocation_on_and_not_before(tmp_path, keys, signed):
    from shutil import copytree

    from chengxin.reports.tests.conftest import keys_in

    folder = tmp_path / "keys"
    copytree(keys.folder, folder)
    later = AT + timedelta(days=1)
    forged = signed_file(a_content(generated_at=later + timedelta(hours=1)), keys=keys)
    replace_key(folder, Role.SIGNER, name="诚信示例市", operator="示例中心", at=later)
    aids = Aids(revoked=read_revoked(folder / "reports-authority.crl.pem"))

    assert examine(signed, authority=keys.authority, aids=aids).valid
    assert examine(forged, authority=keys.authority, aids=aids).verdict is Verdict.REVOKED
    renewed = signed_file(a_content(generated_at=later), keys=keys_in(folder, later))
    assert examine(renewed, authority=keys.authority, aids=aids).valid


@pytest.mark.django_db
class TestTakenBack:
    def test_an_official_takes_a_report_back_with_a_reason(self, organisation, permit):  # noqa: F811
        report = issue(organisation).report
        services.withdraw(report=report, reason="登记名称有误", by=HEAD, at=now())

        assert not queries.stands(report, current_rulebook())
        verbs = {entry.verb for entry in audit.about(f"report:{report.number}")}
        assert verbs == {"reports.issue", "reports.withdraw"}
        with pytest.raises(AlreadyWithdrawn):
            services.withdraw(report=report, reason="再次", by=HEAD, at=now())

    def test_not_without_a_reason_nor_the_power(self, organisation, permit):  # noqa: F811
        report = issue(organisation).report
        with pytest.raises(ReasonWanted):
            services.withdraw(report=report, reason=" ", by=HEAD, at=now())
        with pytest.raises(NotPermitted):
            services.withdraw(report=report, reason="x", by=services.PUBLIC, at=now())
        assert queries.stands(report, current_rulebook())

    def test_the_signed_list_follows_the_facts(self, organisation, permit):  # noqa: F811
        _lists.clear()
        book = current_rulebook()
        issued = issue(organisation)
        found = services.verify_pdf(issued.pdf, listed=self.current(book))
        assert found.verdict is Verdict.VALID

        record = Record.objects.get()
        by = Actor("reviewer", "", record.unit, {"register.revoke": Scope.ALL})
        law = Basis("xingzheng-chufa", "中华人民共和国行政处罚法", "第四十八条")
        revoke(record_id=record.id, reason="撤销", basis=law, by=by, on=today(), edition="e")
        _lists.clear()
        gone = services.verify_pdf(issued.pdf, listed=self.current(book))
        assert gone.verdict is Verdict.WITHDRAWN

        other = issue(organisation)
        _lists.clear()
        assert services.verify_pdf(other.pdf, listed=self.current(book)).valid

    def test_there_is_no_list_of_a_month_without_reports(self):
        with pytest.raises(NoSuchReport):
            services.status_list("199901", book=current_rulebook())

    @staticmethod
    def current(book):
        token = services.status_list(f"{today():%Y%m}", book=book)
        return status.read(token, authority=queries.authority())
