"""What people write is read once, in every form they use, and never guessed."""

from datetime import date

import pytest

from chengxin.catalogue.queries import item
from chengxin.catalogue.services import compile_item
from chengxin.engine.services import check, normalise
from chengxin.kernel.ids import checksums
from chengxin.policy.queries import current_rulebook

DAY = date(2026, 4, 1)
CODE = "91320700MA1X0T0X8T"


@pytest.fixture(scope="module")
def penalty():
    book = current_rulebook()
    return compile_item(item(book, "penalty"), book)


def read(program, field, texts):
    return normalise(program, {field: list(texts)})[field]


def offered(program, field, texts):
    """Text → (codes, proposals) of the faults at one field."""
    faults = [f for f in check(program, {field: list(texts)}, on=DAY) if f.field == field]
    return {
        text: [(f.code, f.proposal) for f in faults if f.row == row]
        for row, text in enumerate(texts)
    }


AMOUNTS = {
    "伍万元整": "50000.00",
    "五万元": "50000.00",
    "三千五百元": "3500.00",
    "人民币壹拾贰万叁仟肆佰伍拾陆元柒角捌分": "123456.78",
    "十五万元整": "150000.00",
    "一百零五元": "105.00",
    "一亿零三百万元": "103000000.00",
    "伍万": "50000.00",
    "五千元零五分": "5000.05",
    "1.5万元": "15000.00",
    "3，000元": "3000.00",
    "1,234,567.89元": "1234567.89",
    "0.2亿元": "20000000.00",
    "2": "20000.00",
    "2.5": "25000.00",
    "五万三": "五万三",
    "一千五元": "一千五元",
    "三万五元": "三万五元",
    "若干万元": "若干万元",
    "五": "五",
}


def test_amounts_in_words_and_units_are_read_and_the_doubtful_ones_are_not(penalty):
    assert dict(zip(AMOUNTS, read(penalty, "fine_yuan", AMOUNTS), strict=True)) == AMOUNTS
    codes = offered(penalty, "fine_yuan", ["伍万元整", "2.5", "五万三"])
    assert codes["伍万元整"] == [("INTAKE-REWRITTEN", "50000.00")]
    assert codes["2.5"] == []
    assert codes["五万三"] == [("INTAKE-NOT-AN-AMOUNT", None)]


def test_html_entities_are_the_signs_they_stand_for_decoded_once(penalty):
    texts = {
        "A&amp;B&nbsp;公司": "A&B\u00a0公司",
        "&#x4E00;&#20108;&nbsp;": "一二",
        "AT&T": "AT&T",
        "&amp;nbsp;甲": "&nbsp;甲",
        "&bogus;&#0;&#x110000;&#xD800;": "&bogus;&#0;&#x110000;&#xD800;",
        "a&lt;b&gt;&quot;": 'a<b>"',
    }
    assert dict(zip(texts, read(penalty, "breach_facts", texts), strict=True)) == texts
    assert read(penalty, "uscc", [CODE + "&nbsp;"]) == [CODE]


def test_dates_are_read_in_every_form(penalty):
    forms = (
        "2016.3.5", "2016年3月5日", "20160305", "20160305.0", "42434", "2016/3/5 10:20:30",
        "2016-03-05T00:00:00", "二〇一六年三月五日", "２０１６年３月５日", "&nbsp;2016-03-05",
    )  # fmt: skip
    assert read(penalty, "decided_on", forms) == ["2016-03-05"] * len(forms)


def test_numbers_of_a_spreadsheet_are_as_they_were_written(penalty):
    assert read(penalty, "document_number", ["201312142.0"]) == ["201312142"]


def test_lost_leading_zeros_are_offered_and_not_put_in(penalty):
    body = "00123456"
    whole = body + checksums.org_check(body)
    short = whole.lstrip("0")

    assert offered(penalty, "org_code", [short])[short] == [("IDS-LENGTH", whole)]
    assert read(penalty, "org_code", [short]) == [short]


def test_a_damaged_cell_of_any_kind_says_that_its_source_is_damaged(penalty):
    for field in ("uscc", "decided_on", "fine_yuan", "penalty_kind", "breach_facts"):
        faults = offered(penalty, field, ["20\ufffd1"])["20\ufffd1"]
        assert ("INTAKE-DAMAGED-TEXT", None) in faults


def test_a_code_is_mended_only_where_one_look_alike_makes_it_right(penalty):
    body = "91320700MA1B0T0X8"
    inner = body[8:16] + checksums.org_check(body[8:16])
    code = body[:8] + inner
    code += checksums.uscc_check(code)
    cases = {
        CODE.replace("0", "O", 1): CODE,
        code.replace("B", "8", 1): code,
        code[:-1] + ("0" if code[-1] != "0" else "1"): None,
    }
    for text, mended in cases.items():
        proposals = {proposal for _, proposal in offered(penalty, "uscc", [text])[text]}
        assert proposals <= {mended, None}
        assert mended is None or mended in proposals
        assert read(penalty, "uscc", [text]) == [text]
