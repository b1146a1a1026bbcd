"""Rows judged by open queries are found to have exactly what the whole program finds in them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from chengxin.catalogue.queries import item
from chengxin.catalogue.services import compile_item
from chengxin.engine.rules.wording import DUPLICATE
from chengxin.engine.services import check, check_field, checking, examine, rows
from chengxin.engine.tests.test_check import DAY, GOOD
from chengxin.engine.tests.test_examine_file import batch, penalty  # noqa: F401
from chengxin.policy.queries import current_rulebook

GOOD_ROW = {name: [text] for name, text in GOOD.items()}


@pytest.mark.parametrize(("code", "number"), [("penalty", 200), ("permit", 60)])
def test_few_rows_and_rows_alone_have_the_faults_and_the_one_form_the_whole_program_finds(
    code, number, monkeypatch
):
    book = current_rulebook()
    program = compile_item(item(book, code), book)
    columns = batch(number, 8, tuple(program.fields))
    few = examine(program, columns, on=DAY)
    alone = [
        examine(program, {name: [texts[at]] for name, texts in columns.items()}, on=DAY)
        for at in range(number)
    ]
    monkeypatch.setattr(checking, "ALONE", 0)
    whole = examine(program, columns, on=DAY)

    assert len({(fault.field, fault.code) for fault in whole[0]}) > 30
    assert few == whole
    found = [replace(fault, row=at) for at, (faults, _) in enumerate(alone) for fault in faults]
    assert found == [fault for fault in whole[0] if fault.code != DUPLICATE]
    assert {name: [form[name][0] for _, form in alone] for name in columns} == whole[1]


def test_a_row_is_told_the_same_however_often_and_after_whatever(penalty):  # noqa: F811
    first = check(penalty, GOOD_ROW, on=DAY)
    bad = check(penalty, {**GOOD_ROW, "uscc": ["1"], "decided_on": ["2099-01-01"]}, on=DAY)

    assert {(fault.row, fault.field) for fault in bad} >= {(0, "uscc"), (0, "decided_on")}
    assert check(penalty, GOOD_ROW, on=DAY) == first


def test_the_day_of_the_check_is_the_one_of_the_call(penalty):  # noqa: F811
    late = {**GOOD_ROW, "decided_on": ["2026-04-02"]}

    assert [fault.field for fault in check(penalty, late, on=DAY)].count("decided_on") == 1
    assert check(penalty, late, on=DAY.replace(day=3)) == check(penalty, GOOD_ROW, on=DAY)


def test_many_may_ask_at_a_time(penalty):  # noqa: F811
    def asked(n):
        row = {**GOOD, "document_number": f"连示罚〔2026〕{n}号", "uscc": f"9132070{n}"}
        return [fault.message_zh for fault in check_field(penalty, "uscc", row, on=DAY)]

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(asked, range(40)))

    assert all(f"9132070{n}" in messages[0] for n, messages in enumerate(told))


def test_queries_that_broke_are_started_anew(penalty):  # noqa: F811
    expected = check(penalty, GOOD_ROW, on=DAY)
    with pytest.raises(UnicodeEncodeError):
        check(penalty, {**GOOD_ROW, "subject_name": ["\ud800"]}, on=DAY)

    assert check(penalty, GOOD_ROW, on=DAY) == expected


def test_of_many_programs_only_the_last_stay_open(penalty, monkeypatch):  # noqa: F811
    monkeypatch.setattr(rows, "KEPT", 1)
    book = current_rulebook()
    check(penalty, GOOD_ROW, on=DAY)
    check_field(compile_item(item(book, "permit"), book), "uscc", {"uscc": "1"}, on=DAY)

    assert len(rows._kept) == 1


def test_what_may_be_a_person_s_is_not_kept(penalty):  # noqa: F811
    row = {"id_number": ["11010519491231002X"], "authority": ["连云港市示例局"]}
    with rows.row_check(penalty) as open_queries:
        open_queries.judge(row, 1, DAY)
        known = {(name, text) for name, (text, *_) in open_queries._known}

    assert ("authority", "连云港市示例局") in known
    assert ("id_number", "11010519491231002X") not in known
