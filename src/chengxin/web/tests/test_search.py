"""Finding an organisation by what one has in hand."""

import pytest

from chengxin.web.tests.samples import PORT, TRADER

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
