"""An organisation's public file."""

from datetime import timedelta

import pytest

from chengxin.kernel.clock import today
from chengxin.policy.queries import current_rulebook
from chengxin.web.tests.samples import COOPERATIVE, PORT, TRADER


@pytest.fixture
def address(city):
    return lambda code=PORT: f"/credit/{city[code].public_id}"


def test_it_shows_registration_permits_and_penalties(read, address, add_fact):
    add_fact("permit")
    add_fact("penalty")
    text = read(address())
    assert PORT in text
    assert "2015年3月2日" in text
    assert "连云港(海州湾)货运有限公司" in text
    assert "道路运输经营许可决定书" in text
    assert "发布虚假广告" in text
    assert "20,000 元" in text


def test_every_fact_carries_its_passport(read, address, add_fact):
    record = add_fact("penalty")
    text = read(address())
    assert "连云港市市场监督管理局" in text
    assert "第四十八条" in text
    assert "ab" * 32 in text
    assert current_rulebook().edition[:12] in text
    assert f"/record/{record}" in text
    assert "最短公示期至" in text


def test_severity_is_said_of_the_act_and_never_of_the_organisation(read, address, add_fact):
    add_fact("penalty", severity="serious")
    text = read(address())
    assert "行为的失信程度" in text
    assert "不是对主体的评价" in text
    assert "信用等级" not in text
    assert "评分" not in text.replace("不对任何人评分", "")


def test_the_representative_is_not_named(read, address, add_fact):
    add_fact("penalty")
    assert "测试法定代表人" not in read(address())


def test_a_sole_trader_is_shown_without_code_address_or_name_of_the_trader(read, address):
    text = read(address(TRADER))
    assert TRADER not in text
    assert "测试巷" not in text
    assert "测试经营者" not in text


def test_no_penalty_says_what_was_searched_and_what_it_does_not_mean(read, address):
    text = read(address(COOPERATIVE))
    assert "没有依法公示的行政处罚信息" in text
    assert "这不表示：该机构从未受过处罚" in text


def test_a_minor_act_is_not_shown(read, address, add_fact):
    add_fact("penalty", severity="minor")
    assert "发布虚假广告" not in read(address())


def test_an_earlier_day_shows_what_was_public_then(read, address, add_fact):
    add_fact("permit")
    earlier = today() - timedelta(days=10)
    text = read(address(), on=earlier.isoformat())
    assert f'您看到的是 <time datetime="{earlier}">' in text
    assert "道路运输经营许可决定书" not in text
    assert "noindex" in text


@pytest.mark.parametrize("day", ["2999-01-01", "昨天", "2026-02-30", "<b>"])
def test_a_day_that_cannot_be_shown_is_explained(read, address, day):
    text = read(address(), on=day)
    assert "现在显示的是今天" in text
    assert "<b>x" not in text


def test_nobody_and_a_natural_person_get_the_same_answer(read, city):
    assert "没有这个页面" in read("/credit/0000000000", status=404)


def test_the_page_asks_the_database_equally_often_for_one_fact_and_for_fifty(
    read, address, add_fact, django_assert_max_num_queries
):
    for _ in range(25):
        add_fact("permit")
        add_fact("penalty")
    with django_assert_max_num_queries(16):
        text = read(address())
    assert text.count("<details") == 50


def test_a_record_has_an_address_of_its_own_until_it_is_no_longer_public(read, add_fact):
    shown = add_fact("penalty", severity="serious")
    hidden = add_fact("penalty", severity="minor")
    text = read(f"/record/{shown}")
    assert "连云港新丝路物流有限公司" in text
    assert "停止公示" in text
    assert "公示期已满" in read(f"/record/{hidden}", status=404)
