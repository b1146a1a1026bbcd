"""Checking rows of the two items as the rulebook has them."""

from dataclasses import replace
from datetime import date

import pytest

from chengxin.catalogue.queries import item
from chengxin.catalogue.services import compile_item
from chengxin.engine.rules.wording import NOT_SHOWN, UNSEEN, difference
from chengxin.engine.services import check, digest, normalise
from chengxin.engine.services.sessions import LARGE
from chengxin.engine.values import Severity
from chengxin.kernel.ids import checksums
from chengxin.policy.queries import current_rulebook

DAY = date(2026, 4, 1)
GOOD = {
    "subject_name": "连云港示例水晶有限公司",
    "subject_kind": "法人及非法人组织",
    "uscc": "91320700MA1X0T0X8T",
    "representative": "示例",
    "document_number": "连示罚〔2026〕1号",
    "breach_kind": "无证经营",
    "breach_facts": "未取得许可从事经营活动。",
    "penalty_basis": "《示例条例》第一条",
    "penalty_kind": "警告;罚款",
    "penalty_content": "警告并处罚款。",
    "fine_yuan": "0.5",
    "decided_on": "2026-03-05",
    "valid_until": "2099-12-31",
    "authority": "连云港市示例局",
    "authority_uscc": "11320700014380016G",
    "source": "连云港市示例局",
    "source_uscc": "11320700014380016G",
}


@pytest.fixture(scope="module")
def penalty():
    book = current_rulebook()
    return compile_item(item(book, "penalty"), book)


def found(program, **changes):
    row = {**GOOD, **changes}
    faults = check(program, {name: [text] for name, text in row.items()}, on=DAY)
    return [(fault.field, fault.code, str(fault.severity)) for fault in faults]


def person(born: str) -> dict[str, str | None]:
    body = f"320707{born}001"
    return {
        "subject_name": "示例人",
        "subject_kind": "自然人",
        "uscc": None,
        "representative": None,
        "id_type": "身份证",
        "id_number": body + checksums.id_check(body),
    }


def test_a_complete_row_has_no_fault(penalty):
    assert found(penalty) == []


def test_a_blank_required_cell_is_an_error_with_the_default_offered(penalty):
    faults = check(
        penalty, {name: [text] for name, text in {**GOOD, "valid_until": "　"}.items()}, on=DAY
    )

    assert [(f.field, f.code, f.proposal) for f in faults] == [
        ("valid_until", "INTAKE-REQUIRED", "2099-12-31")
    ]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"decided_on": "2026-04-02"}, ("decided_on", "INTAKE-FUTURE-DATE", "error")),
        ({"valid_until": "2026-03-04"}, ("valid_until", "INTAKE-DATE-ORDER", "error")),
        ({"decided_on": "2026-02-30"}, ("decided_on", "INTAKE-NOT-A-DATE", "error")),
        ({"fine_yuan": "若干"}, ("fine_yuan", "INTAKE-NOT-AN-AMOUNT", "error")),
        ({"fine_yuan": "-1"}, ("fine_yuan", "INTAKE-NEGATIVE-AMOUNT", "error")),
        ({"fine_yuan": None}, ("fine_yuan", "INTAKE-REQUIRED-WHEN", "error")),
        ({"penalty_kind": "罚款;示众"}, ("penalty_kind", "INTAKE-UNKNOWN-CODE", "error")),
        ({"uscc": "91320700MA1X0T0X8U"}, ("uscc", "IDS-CHECK-DIGIT", "warning")),
        ({"uscc": "0000000000000000 0X"}, ("uscc", "IDS-PLACEHOLDER", "warning")),
        ({"uscc": "91320700MA1X0T0X8"}, ("uscc", "IDS-LENGTH", "error")),
        ({"org_code": "70404786-1"}, ("org_code", "IDS-CHECK-DIGIT", "warning")),
        ({"id_number": "E12345678"}, ("id_number", "INTAKE-BLANK-WHEN", "error")),
        ({"subject_name": "公" * 201}, ("subject_name", "INTAKE-TOO-LONG", "error")),
        ({"decided_on": "2026年3月5日"}, ("decided_on", "INTAKE-REWRITTEN", "note")),
        ({"decided_on": "46086"}, ("decided_on", "INTAKE-REWRITTEN", "note")),
        ({"uscc": "９１320700ma1x0t0x8t "}, ("uscc", "INTAKE-REWRITTEN", "note")),
        ({"breach_facts": "经查\ufffd违法"}, ("breach_facts", "INTAKE-DAMAGED-TEXT", "error")),
    ],
)
def test_each_fault_is_found_where_it_stands(penalty, changes, fault):
    assert fault in found(penalty, **changes)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"authority": "连云港市\u200b示例局"}, "看不见的字符"),
        ({"decided_on": "2026-03-05\u3000"}, "看不见的字符"),
        ({"breach_facts": "经" * 70 + "，" + "违法\u3000\u3000"}, "看不见的字符"),
        ({"uscc": "９１320700ma1x0t0x8t"}, ""),
        ({"decided_on": "2026年3月5日"}, ""),
    ],
)
def test_a_change_nobody_sees_is_put_into_words(penalty, changes, said):
    columns = {name: [text] for name, text in {**GOOD, **changes}.items()}

    (note,) = check(penalty, columns, on=DAY)

    assert note.code == "INTAKE-REWRITTEN"
    assert ("看不见" in note.message_zh) == ("unseen" in note.message_en) == bool(said)
    assert "{" not in note.message_zh + note.message_en


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("示例\u2060局", "示例局", UNSEEN),
        ("示" * 70 + "１", "示" * 70 + "1", NOT_SHOWN),
        ("示例１局", "示例1局", ("", "")),
    ],
)
def test_the_difference_is_said_where_the_eye_finds_none(before, after, expected):
    assert difference(before, after, hidden=False) == expected


def test_a_letter_read_for_a_digit_is_offered_and_not_applied(penalty):
    wrong = GOOD["uscc"].replace("0", "O", 1)
    columns = {name: [text] for name, text in {**GOOD, "uscc": wrong}.items()}

    (fault,) = check(penalty, columns, on=DAY)

    assert (fault.code, fault.proposal) == ("IDS-ALPHABET", GOOD["uscc"])
    assert normalise(penalty, columns)["uscc"] == [wrong]


def test_an_id_number_in_a_public_text_is_refused_and_not_repeated(penalty):
    number = person("19800101")["id_number"]
    spaced = f"{number[:6]} {number[6:14]} {number[14:]}"
    for text in (f"当事人（{number}）违法", f"身份证号{number.lower()}，", f"号码 {spaced} 的"):
        columns = {name: [value] for name, value in {**GOOD, "breach_facts": text}.items()}

        (fault,) = check(penalty, columns, on=DAY)

        assert (fault.field, fault.code) == ("breach_facts", "INTAKE-ID-IN-TEXT")
        assert number[6:14] not in fault.message_zh + fault.message_en


def test_a_document_number_of_eighteen_digits_is_no_leak(penalty):
    assert found(penalty, document_number="320707202603050012") == []


def test_a_person_is_complete_without_a_code(penalty):
    assert found(penalty, **person("19800101")) == []


def test_a_person_under_eighteen_on_the_day_of_the_decision_is_refused(penalty):
    refused = ("id_number", "INTAKE-MINOR", "error")

    assert refused in found(penalty, **person("20080306"))
    assert found(penalty, **person("20080305")) == []


def test_the_refusal_of_a_minor_names_its_law_and_nobody(penalty):
    minor = person("20100101")
    (fault,) = check(penalty, {n: [t] for n, t in {**GOOD, **minor}.items()}, on=DAY)

    assert "《" in fault.basis
    assert minor["id_number"] not in fault.message_zh + fault.message_en


def test_the_name_of_a_person_is_masked_and_of_a_company_is_not(penalty):
    long_name = "示" * 201
    for changes, shown in (({}, "示示示"), (person("19800101"), "示***")):
        row = {**GOOD, **changes, "subject_name": long_name + "\u3000"}
        faults = check(penalty, {n: [t] for n, t in row.items()}, on=DAY)
        (note,) = [fault for fault in faults if fault.code == "INTAKE-REWRITTEN"]
        assert shown in note.message_zh
        assert note.private == bool(changes)


def test_rows_that_report_one_act_twice_are_faults_of_the_later_ones(penalty):
    columns = {name: [text] * 3 for name, text in GOOD.items()}
    columns["document_number"] = ["一号", "二号", "一号"]

    faults = check(penalty, columns, on=DAY)

    assert [(fault.row, fault.code) for fault in faults] == [(2, "INTAKE-DUPLICATE-ROW")]


def test_amounts_are_kept_in_yuan_and_codes_as_codes(penalty):
    clean = normalise(penalty, {n: [t] for n, t in {**GOOD, "fine_yuan": "３，000元"}.items()})

    assert clean["fine_yuan"] == ["3000.00"]
    assert clean["penalty_kind"] == ["warning;fine"]
    assert clean["subject_kind"] == ["organisation"]


def test_the_digest_depends_on_what_was_found_and_not_on_the_batch_around_it(penalty):
    columns = {name: [text, None] for name, text in GOOD.items()}

    first, again = (check(penalty, columns, on=DAY) for _ in range(2))

    assert digest(first) == digest(reversed(again))
    assert first == again
    assert {fault.row for fault in first} == {1}
    assert all(fault.severity is Severity.ERROR for fault in first)


def test_columns_that_are_not_in_the_batch_are_blank(penalty):
    few = check(penalty, {"uscc": ["91320700MA1X0T0X8T"]}, on=DAY)
    all_blank = check(penalty, {**dict.fromkeys(GOOD, (None,)), "uscc": [GOOD["uscc"]]}, on=DAY)

    assert digest(few) == digest(all_blank)


def test_a_large_batch_runs_a_smaller_program_and_finds_the_same(penalty):
    some = ("uscc", "subject_name", "penalty_kind", "valid_until", "decided_on", "id_number")
    row = {name: GOOD.get(name) for name in some}
    small = check(penalty, {name: [text] for name, text in row.items()}, on=DAY)

    large = check(penalty, {name: [text] * LARGE for name, text in row.items()}, on=DAY)

    assert digest(large[-len(small) :]) == digest(replace(fault, row=LARGE - 1) for fault in small)
    assert len(large) == LARGE * len(small)


def test_columns_of_different_length_are_a_mistake_of_the_caller(penalty):
    with pytest.raises(ValueError, match="differ in length"):
        check(penalty, {"uscc": ["a"], "source": []}, on=DAY)


def test_a_batch_of_no_rows_has_no_faults(penalty):
    assert check(penalty, {"uscc": []}, on=DAY) == []
