"""Lists and measures exist only with law, end, notice, and someone to answer for them."""

from datetime import date

import pytest

from chengxin.policy.values import BusinessKind, Effect, MadeBy, Nature

LIST = "national/lists/samr.yaml"
MEASURE = "national/measures/market_supervision.yaml"
ONLY_LIST = "national/lists/tax.yaml"

SPOILT = [
    (LIST, "term: publication.list_maximum_term\n", "", "POLICY-NO-END"),
    (MEASURE, "ends: with_entry\n", "", "POLICY-NO-END"),
    (
        MEASURE,
        'basis:\n  - {law: guofa-2016-33, article: ""}\n',
        "basis:\n",
        "POLICY-MEASURE-NO-LAW",
    ),
    (
        LIST,
        "basis:\n  - {law: qiye-xinxi-gongshi, article: 第十七条}\n",
        "basis:\n",
        "POLICY-LIST-NO-LAW",
    ),
    (LIST, "decided_by: market_regulation\n", "", "POLICY-LIST-NOBODY"),
    (LIST, "decided_by: market_regulation", "decided_by: fishing", "POLICY-LIST-NOBODY"),
    (MEASURE, "executed_by: market_regulation\n", "", "POLICY-MEASURE-NOBODY"),
    (
        LIST,
        "[organisation, sole_trader]",
        "[organisation, natural_person]",
        "POLICY-REACHES-PERSON",
    ),
    (MEASURE, "[organisation, sole_trader]", "[natural_person]", "POLICY-REACHES-PERSON"),
    (MEASURE, "object: 日常监管方式", "object: 子女入学", "POLICY-PROTECTED-OBJECT"),
    (MEASURE, "object: 日常监管方式", "object: 最低生活保障", "POLICY-PROTECTED-OBJECT"),
    (MEASURE, "object: 日常监管方式", "object: 就医报销", "POLICY-PROTECTED-OBJECT"),
    (
        MEASURE,
        "object_en: How it is supervised",
        "object_en: School enrolment",
        "POLICY-PROTECTED-OBJECT",
    ),
    (MEASURE, "content: 列入", "content: 累计三次处罚即列入", "POLICY-COUNTS"),
    (LIST, "label: 市场", "label: 两次以上处罚列入市场", "POLICY-COUNTS"),
    (MEASURE, "content_en: More", "content_en: After three strikes more", "POLICY-COUNTS"),
    (LIST, "statement_period: lists.statement_period\n", "", "POLICY-NO-NOTICE"),
    (MEASURE, "waiting_period: measures.waiting_period\n", "", "POLICY-NO-NOTICE"),
    (MEASURE, "lists: [samr]", "lists: [samr, elsewhere]", "POLICY-UNKNOWN-LIST"),
    (MEASURE, "lists: [samr]", "lists: [tax_a]", "POLICY-WRONG-LIST"),
    (MEASURE, "kind: supervision", "kind: whim", "POLICY-UNKNOWN-CODE"),
    (LIST, "item: serious_breach_list", "item: gossip", "POLICY-UNKNOWN-ITEM"),
    (LIST, "statement_period: lists.s", "statement_period: lists.x", "POLICY-UNKNOWN-PARAMETER"),
    (LIST, "since: 2021-09-01", "since: 2021-09-01\nuntil: 2021-09-01", "POLICY-NO-TIME"),
    (ONLY_LIST, "item_code: tax", "item_code: samr", "POLICY-OVERLAP"),
    (
        "lianyungang/functions.yaml",
        "units: [lyg-scjg]",
        "units: [lyg-nowhere]",
        "POLICY-UNKNOWN-UNIT",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "code"), SPOILT)
def test_what_is_wrong_is_found_at_its_line_with_a_way_out(folder, file, old, new, code):
    folder.edit(file, old, new)
    if code == "POLICY-LIST-NO-LAW":
        folder.edit("national/laws/scjg-44.yaml", "level: department_rule", "level: standard")

    found = [one for one in folder.faults() if one.code == code]

    assert found
    assert found[0].file == file
    assert found[0].line > 0
    assert all((found[0].reason_zh, found[0].reason_en, found[0].way_out_zh, found[0].way_out_en))


def test_a_list_cannot_refer_to_a_law_repealed_before_it_began(folder):
    folder.edit("national/laws/scjg-44.yaml", "status:", "until: 2021-08-31\nstatus:")
    assert folder.codes() == ["POLICY-RESTS-ON-REPEALED"]


def test_a_repealed_law_ends_list_and_measure_and_says_so(folder):
    folder.edit("national/laws/yjb-11.yaml", "status:", "until: 2026-06-01\nstatus:")

    book = folder.load()

    ended = book.credit_list("work_safety")
    assert ended.until == date(2026, 6, 1)
    assert ended.repealed.law_id == "yjb-11"
    assert ended.in_force(date(2026, 5, 31))
    assert not ended.in_force(date(2026, 6, 1))
    assert book.measure("safety_supervision").until == date(2026, 6, 1)
    told = [one for one in book.notices if one.code == "POLICY-ENDS-WITH-LAW"]
    assert len(told) == 2
    assert book.credit_list("samr").until is None


def test_a_law_followed_by_another_ends_nothing(folder):
    folder.edit(
        "national/laws/yjb-11.yaml",
        "status:",
        "until: 2026-06-01\nreplaced_by: anquan-shengchan\nstatus:",
    )
    assert folder.load().credit_list("work_safety").until is None


def test_no_value_of_a_list_or_measure_can_hold_a_natural_person(book):
    assert "natural_person" not in {one.value for one in BusinessKind}
    assert BusinessKind.of("natural_person") is None
    assert BusinessKind.of("sole_trader") is BusinessKind.SOLE_TRADER
    assert BusinessKind.of("legal_person") is BusinessKind.ORGANISATION


def test_every_list_has_law_end_and_someone_to_answer(book):
    assert len(book.consequences.lists) >= 10
    for one in book.consequences.lists.values():
        assert one.basis
        if one.nature is Nature.ADVERSE:
            assert one.term
            assert one.removal_terms
        if one.made_by is MadeBy.DECISION:
            assert one.deciding_units
            assert one.statement_period


def test_every_measure_has_law_executor_and_trigger(book):
    assert len(book.consequences.measures) >= 15
    for one in book.consequences.measures.values():
        assert one.basis
        assert one.executing_units
        assert one.lists
        assert (one.effect is Effect.CONSTRAINT) == bool(one.waiting_period)
    assert {one.code for one in book.consequences.triggered_by("procurement")} >= {
        "procurement_ban",
        "honours_limit",
    }
