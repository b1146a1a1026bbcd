"""Organisation lists come in whole, and are found again."""

from datetime import date

import pytest

from chengxin.kernel.actor import Actor
from chengxin.kernel.errors import NotPermitted
from chengxin.subjects.models import Identifier, Subject
from chengxin.subjects.queries import by_code, by_public_id, count, full_codes, search
from chengxin.subjects.services import import_organisations

pytestmark = pytest.mark.django_db
BY = Actor.system("subjects.import")
LIST = [
    {
        "name": "江苏海港水产有限公司",
        "uscc": "91320700MA1X0T0X8T",
        "former_names": "连云港海港水产厂",
    },
    {"name": "海州区老渔港饭店", "uscc": "92320722MA1X1T1XX2", "kind": "sole_trader"},
    {"name": "灌云县伊山合作社", "uscc": "93320723MA1X2T2X14"},
    {"name": "云台山居委会经济合作社", "uscc": "N2320723MF7000016A"},
]


def take_in(rows, by=BY):
    return import_organisations(rows=list(enumerate(rows, start=2)), by=by, on=date(2026, 11, 20))


def test_a_list_comes_in_and_sent_again_nothing_doubles():
    first, second = take_in(LIST), take_in(LIST)
    assert (first.read, first.added, first.known) == (4, 4, 0)
    assert (second.read, second.added, second.known) == (4, 0, 4)
    assert Subject.objects.count() == 4


def test_a_wrong_check_digit_is_held_and_not_lost():
    result = take_in([{"name": "连云港某某贸易有限公司", "uscc": "91320700MA1X0T0X8U"}])
    assert (result.added, result.held, result.invalid) == (1, 1, 0)
    assert Identifier.objects.get().verdict == "held"


def test_every_row_is_accounted_for():
    rows = [
        *LIST,
        LIST[0],
        {"name": "没有代码", "uscc": "不是代码"},
        {"name": "", "uscc": LIST[0]["uscc"]},
    ]
    result = take_in(rows)
    assert result.read == result.added + result.known + result.invalid + len(result.duplicates)
    assert result.duplicates == [{"row": 6, "first_row": 2, "code": "91320700MA1X0T0X8T"}]
    assert [one["row"] for one in result.refused] == [7, 8]
    assert all(one["message_zh"] and one["message_en"] for one in result.refused)


def test_an_id_number_is_no_organisation():
    result = take_in([{"name": "某自然人", "uscc": "11010519491231002X"}])
    assert (result.added, result.invalid) == (0, 1)


def test_only_who_may_imports():
    with pytest.raises(NotPermitted):
        take_in(LIST, by=Actor("clerk", "", "lyg-scjg", {}))


@pytest.mark.parametrize(
    "text", ["海港水产", "江苏海港水产有限公司", "水产", "91320700ma1x0t0x8t", "港水"]
)
def test_an_organisation_is_found_by_any_part_of_its_name_or_its_code(text):
    take_in(LIST)
    assert [hit.name for hit in search(text)] == ["江苏海港水产有限公司"]
    assert count(text) >= 1


def test_a_former_name_finds_it_and_says_so():
    take_in(LIST)
    (hit,) = search("水产厂")
    assert (hit.name, hit.matched) == ("江苏海港水产有限公司", "连云港海港水产厂")


@pytest.mark.parametrize("text", ["", "港", " ", "'", "\\", "%%", "a' | 'b", "没有这家"])
def test_a_text_that_finds_nothing_finds_nothing(text):
    take_in(LIST)
    assert search(text) == []
    assert count(text) == 0


def test_a_sole_trader_s_code_is_masked_wherever_it_shows():
    take_in(LIST)
    (hit,) = search("老渔港")
    assert "*" in hit.code
    assert "*" in by_public_id(hit.public_id).code


def test_an_officer_deciding_gets_a_sole_trader_s_code_whole():
    take_in(LIST)
    trader, harbour = by_code("92320722MA1X1T1XX2"), by_code("91320700MA1X0T0X8T")
    assert full_codes([trader.id, harbour.id]) == {
        trader.id: "92320722MA1X1T1XX2",
        harbour.id: "91320700MA1X0T0X8T",
    }


def test_an_organisation_is_found_by_code_in_any_form():
    take_in(LIST)
    assert by_code("９１320700ma1x0t0x8t ").name == "江苏海港水产有限公司"


def test_an_old_number_stays_with_whom_it_names_and_nobody_is_lost():
    shared = {"old_registration_number": "320700000000017"}
    first = take_in([{**LIST[0], **shared}])
    second = take_in([{**LIST[2], **shared}])
    assert (first.added, second.added) == (1, 1)
    assert by_code("320700000000017").name == LIST[0]["name"]
    assert by_code(LIST[2]["uscc"]).name == LIST[2]["name"]


def test_a_damaged_row_is_refused_by_its_line():
    result = take_in([LIST[0], {"damage": "damaged_text"}])
    assert (result.read, result.added, result.invalid) == (2, 1, 1)
    assert [(one["row"], one["code"]) for one in result.refused] == [(3, "SUBJECTS-DAMAGED-ROW")]


def test_a_branch_listed_with_its_head_office_is_tied_to_it():
    branch = {
        "name": "江苏海港水产有限公司海州分公司",
        "uscc": "91320706MA1T7A8B1H",
        "branch_of": LIST[0]["uscc"],
    }
    take_in([branch, LIST[0]])
    assert by_code(branch["uscc"]).branch_of == by_code(LIST[0]["uscc"]).public_id
