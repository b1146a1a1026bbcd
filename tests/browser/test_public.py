"""The public site in a real browser: found in two steps, by anyone, on any screen."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from chengxin.web.tests.samples import COOPERATIVE, PORT, append_fact, import_city

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
WIDE = {"width": 1366, "height": 900}
PHONE = {"width": 390, "height": 844}
NAME = "连云港新丝路物流有限公司"


@pytest.fixture(scope="module")
def city(own_database):
    city = import_city()
    for item in ("permit", "penalty"):
        append_fact(city[PORT], item)
    return city


@pytest.fixture(scope="module")
def addresses(site, city):
    """One page of every kind."""
    full, empty = (city[code].public_id for code in (PORT, COOPERATIVE))
    paths = ("/", "/search", "/search?q=测试", f"/credit/{full}", f"/credit/{empty}?on=2026-01-31")
    return [site + path for path in (*paths, "/rights", "/verify/", "/verify/ABCD", "/none")]


@pytest.fixture
def complaints(page):
    """What the browser itself objects to: blocked scripts and styles, faults, lost files."""
    heard = []
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: heard.append(str(fault)))
    return heard


def test_from_the_home_page_to_a_fact_and_its_source_in_two_steps(page, site, city, complaints):
    page.goto(site)
    page.locator("#q").fill("新丝路")
    page.keyboard.press("Enter")  # first step
    page.get_by_role("link", name=NAME).click()  # second step
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    passport = page.locator("#penalty details").first
    passport.locator("summary").click()
    expect(passport.get_by_text("第四十八条")).to_be_visible()
    expect(passport.get_by_text("最短公示期至")).to_be_visible()
    assert complaints == []


def test_the_same_way_is_open_to_the_keyboard(page, site, city):
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.locator("#q").focus()
    page.keyboard.type("新丝路")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="查询")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("link", name=NAME).focus()
    page.keyboard.press("Enter")
    summary = page.locator("#permit summary").first
    summary.focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("这条信息从哪里来").first).to_be_visible()


def test_the_language_switch_keeps_the_page(page, site, city):
    page.goto(f"{site}/search?q=新丝路")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(r"/search\?q="))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#q")).to_have_value("新丝路")
    page.get_by_role("link", name=NAME).click()
    expect(page.get_by_role("heading", name="Registration")).to_be_visible()


def test_a_report_and_its_proof_are_one_click_away(page, site, city):
    page.goto(f"{site}/credit/{city[PORT].public_id}")
    page.get_by_role("button", name="信用报告").click()
    expect(page.get_by_text("本站出具过这份报告")).to_be_visible()
    assert page.request.get(f"{page.url}/report.pdf").body().startswith(b"%PDF")


@pytest.mark.parametrize(("language", "screen"), [("zh-hans", WIDE), ("en", PHONE)])
def test_no_page_has_a_fault_an_assistive_technology_or_the_browser_would_meet(
    page, site, addresses, complaints, language, screen
):
    page.goto(f"{site}/language/{language}")
    for address in addresses:
        page.set_viewport_size(screen)
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}\n{found.generate_report()}"
        page.set_viewport_size(PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address
    assert [said for said in complaints if "404" not in said] == []


def test_everything_works_without_script(browser, site, city):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/search?q=新丝路")
    page.get_by_role("link", name=NAME).click()
    page.locator("#permit summary").first.click()
    assert page.locator("#permit .cx-passport__sheet").first.is_visible()
