"""A small invented city: organisations, and facts about them told and published."""

import itertools
import uuid
from datetime import date, timedelta

from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import sha256_hex
from chengxin.kernel.clock import today
from chengxin.notices.services import post_many
from chengxin.notices.values import Draft
from chengxin.policy.queries import current_rulebook
from chengxin.register.services import append
from chengxin.register.values import NewRecord
from chengxin.subjects import queries as subjects
from chengxin.subjects.services import import_organisations

PORT = "91320700MA1X0T0X8T"
COOPERATIVE = "93320722MA00TT119L"
TRADER = "92320706MA1TT0T08R"

ORGANISATIONS = (
    {
        "name": "连云港新丝路物流有限公司",
        "uscc": PORT,
        "kind": "legal_person",
        "status": "active",
        "division": "320703",
        "industry": "G5432",
        "address": "连云港市连云区测试路 1 号",
        "registered_on": "2015-03-02",
        "former_names": "连云港(海州湾)货运有限公司",
    },
    {"name": "东海县测试水晶专业合作社", "uscc": COOPERATIVE, "kind": "legal_person"},
    {
        "name": "海州区测试海鲜楼",
        "uscc": TRADER,
        "kind": "sole_trader",
        "address": "海州区测试巷 9 号",
        "representative": "测试经营者",
    },
)
PERMIT = {
    "document_title": "道路运输经营许可决定书",
    "permit_kind": "general",
    "content": "准予从事道路普通货物运输。",
    "valid_until": "2099-12-31",
    "authority": "连云港市交通运输局",
}
PENALTY = {
    "breach_kind": "发布虚假广告",
    "breach_facts": "当事人在其网站发布与实际不符的宣传。",
    "penalty_kind": "fine",
    "penalty_content": "罚款人民币贰万元整。",
    "fine_yuan": "20000",
    "authority": "连云港市市场监督管理局",
    "severity": "serious",
}
_numbers = itertools.count(1)


def import_city():
    """Take in the organisations; each as a page shows it, by code."""
    by = Actor.system("subjects.import")
    import_organisations(rows=list(enumerate(ORGANISATIONS, 2)), by=by, on=date(2026, 11, 1))
    return {row["uscc"]: subjects.by_code(row["uscc"]) for row in ORGANISATIONS}


def append_fact(subject, item="permit", *, decided_on=None, severity=None):
    """Append a permit or penalty and tell the organisation of it today; the record's id."""
    decided_on = decided_on or today() - timedelta(days=30)
    number = f"连测字〔2026〕{next(_numbers)}号"
    facts = dict(PENALTY if item == "penalty" else PERMIT)
    facts |= {"document_number": number, "decided_on": decided_on.isoformat()}
    if severity:
        facts["severity"] = severity
    new = NewRecord(
        item=item,
        subject=subject.id,
        subject_kind=subject.kind,
        unit="lyg-scjg",
        natural_key=sha256_hex(number.encode()),
        adverse=item == "penalty",
        disclosure="public",
        decided_on=decided_on,
        document_number=number,
        facts=facts,
        personal={"representative": "测试法定代表人"},
        basis="测试",
        batch=uuid.uuid4(),
        row=3,
        file_sha256="ab" * 32,
    )
    append(new=[new], by=Actor.system("intake.release"), edition=current_rulebook().edition)
    post_many([Draft(new.id, subject.id, "recorded", True, today(), "测试")])
    return new.id
