"""Fictional contents of reports, of any length."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from chengxin.catalogue import queries as catalogue
from chengxin.policy.queries import current_rulebook
from chengxin.reports.contents import as_bytes
from chengxin.reports.rendering import Sheet, page_file
from chengxin.reports.rules.parts import parts_of
from chengxin.reports.values import Fact, Issuer, Line, Party, ReportContent

AT = datetime(2026, 11, 23, 14, 30, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
CODE = "3F7K-Q2WM-8XN4-T6PJ"
LIST = "https://credit.example/verify/status/202611"
PLACE = 4711
COLLECTED = ("permit", "penalty", "honour")
FACTS = "当事人于2026年3月在未取得相应许可的情况下从事食品经营活动，经责令改正后逾期未完全改正。"


def lines_of(item, number):
    if item == "permit":
        yield Line(
            "document_number", "行政许可决定书文号", "Number", f"连行审许〔2026〕{number}号", ""
        )
        yield Line("permit_kind", "许可类别", "Kind of permit", "普通", "Ordinary")
        yield Line(
            "certificate_name", "许可证书名称", "Certificate", "食品经营许可证", "食品经营许可证"
        )
        yield Line(
            "content", "许可内容", "Content", "热食类食品制售；冷食类食品制售", "", wide=True
        )
        return
    yield Line("document_number", "行政处罚决定书文号", "Number", f"连市监罚〔2026〕{number}号", "")
    yield Line("breach_kind", "违法行为类型", "Kind of breach", "未按规定经营食品", "", wide=True)
    yield Line("breach_facts", "违法事实", "Facts", FACTS * (number % 4 + 1), "", wide=True)
    yield Line("penalty_kind", "处罚类别", "Kinds", "罚款、没收违法所得", "Fine, confiscation")
    yield Line("fine_yuan", "罚款金额", "Fine", "20,000 元", "CNY 20,000")
    yield Line("decided_on", "处罚决定日期", "Decided on", "2026年5月12日", "2026-05-12")
    yield Line("authority", "处罚机关", "Authority", "连云港市市场监督管理局", "")


def a_fact(item="penalty", number=1):
    adverse = item == "penalty"
    lines = tuple(
        Line(x.name, x.label, x.label_en, x.value, x.value_en or x.value, x.wide)
        for x in lines_of(item, number)
    )
    return Fact(
        item=item,
        item_label="行政处罚" if adverse else "行政许可",
        item_label_en="Administrative penalty" if adverse else "Administrative permit",
        adverse=adverse,
        lines=lines,
        passport={
            "record": f"00000000-0000-4000-8000-{number:012d}",
            "source_unit_name": "连云港市市场监督管理局",
            "source_unit_name_en": "Lianyungang Administration for Market Regulation",
            "authority": "连云港市市场监督管理局",
            "basis": ["《示例处罚法》第四十八条", "《示例信用修复办法》第八条"],
            "basis_unconfirmed": False,
            "document_number": lines[0].value,
            "document_sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "row": number + 2,
            "decided_on": "2026-05-12",
            "recorded_at": "2026-05-18T09:12:44+08:00",
            "corrected_at": None,
            "public_since": "2026-05-18",
            "public_until": "2027-05-12" if adverse else None,
            "remedy_zh": "对信息内容有异议的，可提出异议申请；信用修复由认定单位办理。",
            "remedy_en": "If a record is wrong, object; repair is decided by the finding unit.",
            "proof": {
                "log_sequence": 1200 + number,
                "log_hash": "5e884898da28047151d0e56f8dc62927",
            },
        },
    )


def a_content(permits=3, penalties=2, language="zh", name="连云港示例海产食品有限公司", **changes):
    book = current_rulebook()
    facts = [a_fact("permit", n) for n in range(1, permits + 1)]
    facts += [a_fact("penalty", n) for n in range(1, penalties + 1)]
    registration = (
        Line("name", "名称", "Name", name, name, wide=True),
        Line("uscc", "统一社会信用代码", "USCC", "91320700MA1X0T0X8T", "91320700MA1X0T0X8T"),
        Line("status", "登记状态", "Status", "存续", "Active"),
    )
    usual = {
        "number": "20261123143005K7Q2MX",
        "code": CODE,
        "verify_url": f"https://credit.example/verify/{CODE}",
        "language": language,
        "purpose": "",
        "as_of": date(2026, 11, 23),
        "known_at": AT,
        "generated_at": AT,
        "edition": book.edition,
        "issuer": Issuer(
            name=book.site.name,
            name_en=book.site.name_en,
            operator=book.site.operator,
            operator_en=book.site.operator_en,
            url="https://credit.example",
            contact=dict(book.site.contact),
            remedy=dict(book.site.remedy),
            authority_sha256="ab" * 32,
            demonstration=False,
        ),
        "party": Party(
            "k3m9x2q7wt",
            name,
            "91320700MA1X0T0X8T",
            "legal_person",
            "法人",
            "Legal person",
            "active",
            "存续",
            "Active",
        ),
        "parts": parts_of(
            registration=registration,
            facts=facts,
            items=catalogue.items(book).values(),
            collected=COLLECTED,
        ),
        "status": {"status_list": {"idx": PLACE, "uri": LIST}},
        "typesetting": "",
    }
    return ReportContent(**(usual | changes))


def page_of(content, token="e30..e30"):
    """The page of a content alone, not signed; its twin's signature is a stand-in."""
    sheet = Sheet(as_bytes(content).decode(), token, content.verify_url, content.generated_at)
    return page_file(sheet)
