"""The other pages, the two languages and what every page promises."""

import re

import pytest
from django.test import RequestFactory
from django.utils import translation
from django.views.defaults import permission_denied, server_error

PAGES = ("/", "/search", "/verify/", "/rights", "/inspections", "/search?q=测试")


def test_the_home_page_counts_and_shows_the_latest(read, add_fact):
    record = add_fact("permit")
    text = read("/")
    assert f"/record/{record}" in text
    assert re.search(r"<dt>可查询机构</dt><dd>3</dd>", text)
    assert "没有分数和排名" in text


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_a_script_or_style_of_its_own(client, address):
    answer = client.get(address)
    text = answer.content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", text)
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("address", PAGES)
def test_no_page_sets_a_cookie_on_a_reader(client, address):
    assert not client.get(address).cookies


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_one_heading_one_main_and_its_language(read, address):
    text = read(address)
    assert text.count("<h1") == 1
    assert text.count("<main") == 1
    assert '<html lang="zh-Hans-CN">' in text
    assert '<html lang="en">' in read(address, language="en")


@pytest.mark.usefixtures("city")
def test_the_language_switch_keeps_the_page_and_its_question(client):
    client.cookies["chengxin_language"] = "zh-hans"
    text = client.get("/search?q=%E6%B5%B7%E5%B7%9E&page=1").content.decode()
    switch = re.search(r'href="(/language/en[^"]+)"', text)[1].replace("&amp;", "&")
    answer = client.get(switch)
    assert answer.url == "/search?q=%E6%B5%B7%E5%B7%9E&page=1"
    assert '<html lang="en">' in client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    "there", ["https://elsewhere.example/", "//elsewhere.example", "javascript:1"]
)
def test_the_language_switch_leads_nowhere_else(client, there):
    assert client.get("/language/en", {"next": there}).url == "/"


def test_an_unknown_language_is_not_found(read, db):
    read("/language/xx", status=404)


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("address", PAGES)
def test_the_english_page_speaks_english(read, address):
    text = read(address, language="en")
    words = re.sub(r'<a href="/language/zh-hans.*?</a>|value="[^"]*"', "", text, flags=re.DOTALL)
    for data in ("测试", "简体中文", "《信用修复管理办法》"):
        words = words.replace(data, "")
    left = set(re.findall(r"[\u4e00-\u9fff]{2,}", words))
    assert left <= {"水晶专业合作社", "东海县", "海州区", "海鲜楼"}, left


def test_the_rights_page_tells_the_terms_with_their_law(read, db):
    text = read("/rights")
    assert "12 个月" in text
    assert "信用修复管理办法" in text
    assert "不公示自然人" in text


def test_an_address_that_is_none_is_explained(read, db):
    assert "没有这个页面" in read("/no/such/page", status=404)
    assert "no such page" in read("/no/such/page", status=404, language="en")


def test_a_fault_of_ours_is_said_in_both_languages_and_needs_nothing():
    answer = server_error(RequestFactory().get("/"))
    text = answer.content.decode()
    assert answer.status_code == 500
    assert "不是您的问题" in text
    assert "on our side" in text


def test_a_refusal_says_what_to_do():
    with translation.override("zh-hans"):
        answer = permission_denied(RequestFactory().get("/"), PermissionError())
    assert "联系本单位管理员" in answer.content.decode()
