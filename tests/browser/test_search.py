"""Suggestions under the search box, for the keyboard, the ear and the eye."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from chengxin.web.tests.samples import PORT, append_fact, import_city

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
NAME = "连云港新丝路物流有限公司"


@pytest.fixture(scope="module")
def city(own_database):
    city = import_city()
    append_fact(city[PORT], "permit")
    return city


def test_suggestions_are_chosen_with_the_keyboard_and_read_aloud(page, site, city):
    page.goto(site)
    box = page.locator("#q")
    box.press_sequentially("xinsilu")
    option = page.get_by_role("option", name=NAME)
    expect(option).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#suggested")).to_contain_text("1 条建议")
    assert Axe().run(page).violations_count == 0
    box.press("Escape")
    expect(option).to_be_hidden()
    expect(box).to_have_value("xinsilu")
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-1")
    expect(option).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
