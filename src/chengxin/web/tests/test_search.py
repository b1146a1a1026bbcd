"""Finding an organisation by what one has in hand."""

import logging
import re

import pytest

from chengxin.register.models import Record
from chengxin.subjects.models import Subject
from chengxin.subjects.services import register_from_rows
from chengxin.subjects.values import Party
from chengxin.web.tests.samples import COOPERATIVE, PORT, TRADER

pytestmark = pytest.mark.usefixtures("city")


def test_a_part_of_the_name_finds_it_and_is_marked(read):
    text = read("/search", q="新丝路")
    assert "连云港<mark>新丝路</mark>物流有限公司" in text
    assert PORT in text
    assert "连云区" in text


def test_a_former_name_finds_it_whatever_the_brackets_look_like(read):
    text = read("/search", q="连云港（海州湾）")
    assert "曾用名 <mark>连云港(海州湾)</mark>货运有限公司" in text


def test_a_code_finds_it_in_small_letters_too(read):
    assert f"<mark>{PORT}</mark>" in read("/search", q=PORT.lower())


def test_a_sole_trader_is_found_by_the_trade_name_with_the_code_masked(read):
    text = read("/search", q="测试海鲜楼")
    assert "个体工商户" in text
    assert TRADER not in text


def test_a_person_behind_an_organisation_cannot_be_found(read):
    assert "没有找到“测试经营者”" in read("/search", q="测试经营者")
    assert 'role="option"' not in read("/search/suggest", q="测试经营者")


def test_one_character_is_too_little_and_the_page_says_so(read):
    assert "至少输入两个字" in read("/search", q="海")


def test_nothing_found_says_what_was_searched_and_what_it_does_not_mean(read):
    text = read("/search", q="不存在的机构")
    assert "没有找到“不存在的机构”" in text
    assert "不表示该机构信用好或不好" in text


def test_the_empty_search_only_asks(read):
    text = read("/search")
    assert 'type="search"' in text
    assert "没有找到" not in text


@pytest.mark.parametrize(
    "query", ["'); DROP--", "<script>", "% _", "\x00港口", "港" * 500, "&|!:*'\\"]
)
def test_strange_text_is_only_text(read, query):
    text = read("/search", q=query)
    assert "<script>" not in text


def test_a_page_past_the_last_shows_the_last(read):
    assert "新丝路" in read("/search", q="新丝路", page="999")
    assert "新丝路" in read("/search", q="新丝路", page="x")


NUMBER = "11010519491231002X"


@pytest.mark.parametrize("typed", [NUMBER, f"张三 {NUMBER}", f"{NUMBER[:6]} {NUMBER[6:]}"])
def test_a_person_s_number_is_not_searched_nor_shown_again_nor_left_anywhere(client, typed, caplog):
    caplog.set_level(logging.DEBUG)
    party = Party(name="慕容测试", codes={"id_number": NUMBER}, personal=True)
    register_from_rows(parties=[party])
    answer = client.get("/search", {"q": typed})
    assert (answer.status_code, answer.url) == (302, "/search?personal=1")
    text = client.get(answer.url).content.decode()
    assert "没有被查找，也没有被记录" in text
    assert NUMBER not in text
    assert NUMBER not in caplog.text
    assert not client.get("/search/suggest", {"q": typed}).content.strip()


@pytest.mark.parametrize("typed", ["慕容测试", "慕容", "mrcs", "murong"])
def test_a_person_is_not_found_by_name_nor_suggested(read, typed):
    party = Party(name="慕容测试", codes={"id_number": NUMBER}, personal=True)
    register_from_rows(parties=[party])
    person = Subject.objects.get(kind="natural_person")
    for address in ("/search", "/search/suggest"):
        assert person.public_id not in read(address, q=typed)
    assert "没有找到" in read("/search", q=typed)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("xinsilu", "拼音"),
        ("xsl", "拼音首字母"),
        ("新思路物流", "同音字"),
        ("新丝跑物流", "可能写错一字"),
        ("新絲路", "繁体字"),
        ("新丝路物流有限责任公司", "组织形式写法不同"),
        (PORT[:-1] + "7", "代码可能写错一位"),
    ],
)
def test_the_reason_of_a_match_stands_beside_it(read, typed, why):
    text = read("/search", q=typed)
    assert "新丝路" in text
    assert f'<span class="cx-badge cx-badge--blue">{why}</span>' in text


def test_what_was_not_typed_is_offered_as_such(read):
    assert "没有与“新丝跑物流”完全一致的机构" in read("/search", q="新丝跑物流")


def test_a_search_is_narrowed_by_county_kind_and_industry_and_its_link_stays(read):
    assert "新丝路" in read("/search", q="新丝路", county="320703", industry="G")
    text = read("/search", q="测试", kind="sole_trader")
    assert "海鲜楼" in text
    assert "合作社" not in text
    empty = read("/search", q="新丝路", county="320722")
    assert "只查找了所选范围内的机构" in empty
    assert 'href="?q=%E6%96%B0%E4%B8%9D%E8%B7%AF"' in empty
    assert "</mark>物流" in read("/search", q="新丝路", county="nowhere", item="x", industry="%")


def test_only_who_shows_such_a_record_today_is_found_by_item(read, add_fact, city):
    record = add_fact("penalty")
    assert "新丝路物流" in read("/search", q="连云港", item="penalty")
    assert "没有找到" in read("/search", q="水晶", item="penalty")
    assert "没有找到" in read("/search", q="连云港", item="permit")
    assert record
    assert city[COOPERATIVE].public_id not in read("/search", q="连云港", item="penalty")


def test_a_document_number_leads_to_the_decision_while_it_is_public(read, add_fact):
    record = add_fact("permit")
    number = Record.objects.get(id=record).document_number
    typed = number.replace("〔", "[").replace("〕", "］")
    assert f"/record/{record}" in read("/search", q=typed)
    assert "/record/" not in read("/search", q=number + "1")


def test_suggestions_are_options_with_their_reason(read):
    text = read("/search/suggest", q="xinsilu")
    assert text.count('role="option"') == 1
    assert "拼音" in text
    assert re.search(r'data-href="/credit/\w{10}"', text)
    assert "Pinyin" in read("/search/suggest", q="xinsilu", language="en")
    assert not read("/search/suggest", q="没有这一家").strip()


def test_crawlers_are_told_what_is_for_them(read):
    text = read("/robots.txt")
    assert "Disallow: /search" in text
    assert "/api/v1/openapi.json" in text
