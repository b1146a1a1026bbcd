"""Files as departments send them, and officers to send them."""

import io
from datetime import date

import openpyxl
import pytest
from tests.journeys.links import (  # noqa: F401 – fixtures of the journeys of a link
    auditor,
    choose,
    doubtful,
    linked,
    not_me,
    undo,
    window,
)

from chengxin.kernel.actor import Actor, Scope
from chengxin.policy.queries import current_rulebook

UNIT = "lyg-scjg"
ON = date(2026, 11, 20)

PENALTY_HEADERS = {
    "行政相对人名称": "subject_name",
    "行政相对人类别": "subject_kind",
    "统一社会信用代码": "uscc",
    "法定代表人": "representative",
    "证件类型": "id_type",
    "证件号码": "id_number",
    "行政处罚决定书文号": "document_number",
    "违法行为类型": "breach_kind",
    "违法事实": "breach_facts",
    "处罚依据": "penalty_basis",
    "处罚类别": "penalty_kind",
    "处罚内容": "penalty_content",
    "罚款金额（万元）": "fine_yuan",
    "处罚决定日期": "decided_on",
    "处罚有效期": "valid_until",
    "处罚机关": "authority",
    "处罚机关统一社会信用代码": "authority_uscc",
    "数据来源单位": "source",
    "数据来源单位统一社会信用代码": "source_uscc",
    "送达日期": "served_on",
}
PENALTY = {
    "subject_name": "连云港新丝路物流有限公司",
    "subject_kind": "法人及非法人组织",
    "uscc": "91320700MA1X0T0X8T",
    "representative": "测试人",
    "id_type": "",
    "id_number": "",
    "document_number": "连市监罚〔2026〕101号",
    "breach_kind": "发布虚假广告",
    "breach_facts": "当事人在其网站发布与实际不符的仓储能力宣传。",
    "penalty_basis": "《中华人民共和国广告法》第五十五条",
    "penalty_kind": "罚款",
    "penalty_content": "罚款人民币贰万元整。",
    "fine_yuan": "2",
    "decided_on": "2026-11-12",
    "valid_until": "2099-12-31",
    "authority": "连云港市市场监督管理局",
    "authority_uscc": "11320700014380016G",
    "source": "连云港市市场监督管理局",
    "source_uscc": "11320700014380016G",
    "served_on": "2026-11-13",
}


@pytest.fixture
def penalty_file():
    """An xlsx of penalties: a title above the header, then one row per dict of changes."""

    def make(*changes: dict[str, str], title: str = "2026年11月行政处罚信息公示表") -> bytes:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append([title])
        sheet.append(list(PENALTY_HEADERS))
        for change in changes or ({},):
            row = PENALTY | change
            sheet.append([row[name] for name in PENALTY_HEADERS.values()])
        stored = io.BytesIO()
        book.save(stored)
        return stored.getvalue()

    return make


@pytest.fixture
def book():
    return current_rulebook()


def officer(login: str, *verbs: str, unit: str = UNIT, scope: Scope = Scope.OWN_UNIT) -> Actor:
    return Actor(login, login, unit, dict.fromkeys(verbs, scope))


@pytest.fixture
def clerk():
    return officer("clerk", "intake.preview", "intake.submit", "intake.read")


@pytest.fixture
def reviewer():
    verbs = ("intake.release", "intake.return_batch", "intake.decide_match", "intake.read")
    return officer("reviewer", *verbs, "register.correct", "register.revoke")


@pytest.fixture
def stranger():
    """An officer of another unit with every power there."""
    verbs = ("intake.submit", "intake.release", "intake.return_batch", "intake.decide_match")
    return officer("stranger", *verbs, "intake.read", "register.revoke", unit="lyg-tyj")
