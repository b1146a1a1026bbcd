"""The workbench in a real browser: a clerk's file becomes a fact on the public page."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from chengxin.desk.tests.samples import (
    BAD_DAY,
    CENTRE,
    FILENAME,
    NAME,
    OTHER_NAME,
    PASSWORD,
    officer,
    workbook,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
# What a narrower screen can change of a page already examined.
OF_THE_SCREEN = ["color-contrast", "target-size", "scrollable-region-focusable"]
SCREENS = ({"width": 1366, "height": 900}, {"width": 390, "height": 844})
SWAPPED = ("处罚类别", "处罚机关")


def numbered(number, **change):
    return change | {"行政处罚决定书文号": f"连市监罚〔2026〕{number}号"}


@pytest.fixture(scope="module")
def officers(own_database):
    officer("clerk", "data_officer")
    officer("reviewer", "reviewer")
    officer("logs", "log_auditor", unit=CENTRE)


@pytest.fixture
def sign_in(browser, browser_context_args, site, officers):
    """A browser of the officer's own, at the workbench; complaints of the browser are kept."""
    contexts = []

    def run(login, **wishes):
        context = browser.new_context(**(browser_context_args | wishes))
        contexts.append(context)
        page = context.new_page()
        page.heard = []
        page.on("console", lambda said: said.type == "error" and page.heard.append(said.text))
        page.goto(f"{site}/desk/")
        page.get_by_label("登录名").fill(login)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page).to_have_url(f"{site}/desk/")
        return page

    yield run
    for context in contexts:
        context.close()


def choose(page, site, data, *, refused=False):
    """Drop a file and look at what was found; the page comes when the file is checked."""
    page.goto(f"{site}/desk/")
    page.get_by_role("main").get_by_role("link", name="报送文件").click()
    page.get_by_label("数据文件").set_input_files(
        {"name": FILENAME, "mimeType": "application/octet-stream", "buffer": data}
    )
    page.get_by_role("button", name="查看校验结果").click()
    if not refused:
        expect(page).to_have_url(re.compile(r"/desk/upload/.+"), timeout=60_000)


def submit(page):
    """Press submit; gives the address of the batch."""
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.get_by_text("待另一位审核人审核入库").first).to_be_visible()
    return page.url


def release(page, batch):
    page.goto(batch)
    page.get_by_role("link", name="审核入库").click()
    page.get_by_role("button", name="确认入库").click()
    expect(page.get_by_text("已审核入库")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_file_with_swapped_columns_becomes_a_fact_on_the_public_page(sign_in, site, script):
    first = 200 if script else 300
    rows = [numbered(first + at) for at in range(3)]
    # What is answered is remembered for such columns: each time they are others.
    renamed = {} if script else {"法定代表人": "法定代表人姓名"}
    clerk = sign_in("clerk", java_script_enabled=script)
    choose(clerk, site, workbook(*rows, swapped=SWAPPED, renamed=renamed))
    expect(clerk.get_by_text("很可能填反了")).to_be_visible()
    expect(clerk.get_by_role("button", name="提交", exact=True)).to_have_count(0)
    clerk.get_by_label(re.compile("采纳建议")).check()
    clerk.get_by_role("button", name="按我的回答重新校验").click()
    batch = submit(clerk)

    reviewer = sign_in("reviewer", java_script_enabled=script)
    release(reviewer, batch)
    reviewer.get_by_role("link", name="查看信用信息").first.click()
    reviewer.get_by_role("link", name=NAME).click()
    expect(reviewer).to_have_url(re.compile("/credit/"))
    expect(reviewer.get_by_text(f"连市监罚〔2026〕{first}号").first).to_be_visible()
    assert clerk.heard + reviewer.heard == []


def test_the_language_changes_in_the_middle_of_the_work(sign_in, site):
    clerk = sign_in("clerk")
    choose(clerk, site, workbook(numbered(401), BAD_DAY))
    clerk.get_by_role("link", name="English").click()
    expect(clerk.get_by_role("heading", level=1)).to_have_text("What was found")
    expect(clerk.get_by_text("is not one certain day").first).to_be_visible()


def test_a_wrong_file_is_answered_in_a_sentence(sign_in, site):
    clerk = sign_in("clerk")
    choose(clerk, site, b"%PDF-1.7 a letter", refused=True)
    expect(clerk.get_by_role("alert")).to_contain_text("PDF 文档")
    expect(clerk.get_by_label("数据文件")).to_be_visible()


def test_the_whole_way_is_open_to_the_keyboard(sign_in, site):
    clerk = sign_in("clerk")
    clerk.keyboard.press("Tab")
    expect(clerk.get_by_role("link", name="跳到正文")).to_be_focused()
    choose(clerk, site, workbook(numbered(501)))
    clerk.get_by_role("button", name="提交", exact=True).focus()
    clerk.keyboard.press("Enter")
    expect(clerk).to_have_url(re.compile("/batches/"))


@pytest.fixture
def addresses(sign_in, site):
    """Every kind of page, with something on it, for whom it is open."""
    clerk, reviewer, logs = sign_in("clerk"), sign_in("reviewer"), sign_in("logs")
    renamed = {"法定代表人": "负责人"}
    rows = [numbered(601 + at) for at in range(3)]
    choose(clerk, site, workbook(*rows, swapped=SWAPPED, renamed=renamed))
    expect(clerk.get_by_text("很可能填反了")).to_be_visible()
    asked = clerk.url
    doubtful = numbered(701, 行政相对人名称=OTHER_NAME["行政相对人名称"])
    choose(clerk, site, workbook(numbered(702), numbered(703), BAD_DAY, doubtful))
    shown = clerk.url
    batch = submit(clerk)
    own = [f"{site}/desk/", f"{site}/desk/upload/", asked, shown, f"{site}/desk/powers/", batch]
    before = [f"{site}/desk/", f"{batch}release/", f"{batch}return/"]
    visits = [(clerk, own), (reviewer, before), (logs, [f"{site}/desk/log/?verify=1"])]
    return visits, reviewer, batch


def test_no_page_has_a_fault_an_assistive_technology_would_meet(addresses, site):
    visits, reviewer, batch = addresses
    for page, paths in visits:
        examine(page, paths)
    release(reviewer, batch)
    reviewer.goto(f"{site}/desk/matching/")
    doubtful = f"{site}{reviewer.locator('td a[href*=matching]').last.get_attribute('href')}"
    reviewer.goto(batch)
    record = f"{site}{reviewer.locator('td a[href*=records]').first.get_attribute('href')}"
    forms = [f"{record}correct/", f"{record}revoke/"]
    listed = [f"{site}/desk/batches/", f"{site}/desk/records/?q=none", f"{site}/desk/log/"]
    examine(reviewer, [f"{site}/desk/matching/", doubtful, record, *forms, *listed])


def examine(page, addresses):
    """No fault of access, nothing off the screen, with every fold opened, wide and on a phone."""
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        for screen, asked in zip(SCREENS, (None, {"runOnly": OF_THE_SCREEN}), strict=True):
            page.set_viewport_size(screen)
            found = Axe().run(page, options=asked)
            assert found.violations_count == 0, f"{address}\n{found.generate_report()}"
            width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert width <= 0, address
    assert [said for said in page.heard if "403" not in said] == []
