"""A firm's agent from a fact to the corrected fact in a real browser, officers between."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from chengxin.city.identifiers import id_number
from chengxin.desk.tests.conftest import signed_in
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.clock import today
from chengxin.kernel.ids import IDNumber
from chengxin.policy.queries import current_rulebook
from chengxin.visitors.queries import options
from chengxin.visitors.services import arrive, authorise
from chengxin.visitors.values import Identity, Terms
from chengxin.web.tests.samples import PORT, append_fact, import_city
from chengxin.web.views.my.acting import MANDATE, VISITOR

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def penalty(own_database):
    firm = import_city()[PORT]
    day = today() - timedelta(days=100)
    return firm, append_fact(firm, "penalty", severity="ordinary", decided_on=day)


@pytest.fixture(scope="module")
def agent(penalty):
    """The session of the firm's agent, signed in."""
    firm, _ = penalty
    who = Identity(
        "agent", "agent-1", "测试经办", IDNumber.parse(id_number(today().replace(year=1990), 2))
    )
    on = today()
    speaker = Actor("boss", "测试法人", "", {"visitors.authorise": Scope.OWN_SUBJECT}, firm.id)
    terms = Terms("agent", on, on + timedelta(days=30), "")
    authorise(subject=firm.id, agent=who, terms=terms, by=speaker, on=on, book=current_rulebook())
    visitor = arrive(identity=who, provider="demonstration", on=on)
    held = next(one for one in options(visitor, on=on) if one.subject == firm.id)
    client = Client()
    session = client.session
    session[VISITOR], session[MANDATE] = str(visitor), str(held.mandate)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


@pytest.fixture(scope="module")
def officers(own_database):
    """The centre, and a handler and a head of the unit, signed in."""
    return {
        "centre": signed_in("centre_auditor", login="centre", unit="lyg-xyzx"),
        "handler": signed_in("reviewer", login="handler"),
        "head": signed_in("unit_head", login="head"),
    }


def act_as(page, site, client):
    page.context.clear_cookies()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])


def take(page, site, client, number, step, **typed):
    """One step of a case at the workbench, as that officer."""
    act_as(page, site, client)
    page.goto(f"{site}/desk/casework/{number}/")
    fold = page.locator(f"details.dk-step:has(button[value={step}])")
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    if outcome := typed.get("outcome"):
        fold.get_by_label(outcome).check()
    for label in ("更正为", "理由"):
        if label in typed:
            fold.get_by_label(label, exact=True).fill(typed[label])
    fold.locator("button[name=act]").click()
    expect(page.get_by_text("已办理")).to_be_visible()


def no_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_from_the_fact_to_the_corrected_fact(page, site, penalty, agent, officers):
    firm, record = penalty
    act_as(page, site, agent)
    page.goto(f"{site}/record/{record}")
    page.get_by_role("link", name="这里有错？指出错误").click()  # step 1
    page.get_by_label(re.compile("罚款金额")).check()
    page.get_by_label("应当是什么").fill("2000")
    page.get_by_label("说明").fill("决定书写的是贰仟元。")
    page.get_by_role("button", name="提交异议").click()  # step 2
    number = page.get_by_role("heading", level=1).inner_text()  # step 3: the receipt
    expect(page.get_by_text("承诺答复日")).to_be_visible()
    assert Axe().run(page).response["violations"] == []

    page.goto(f"{site}/credit/{firm.public_id}")
    expect(page.get_by_text("异议处理中：罚款金额").first).to_be_visible()

    centre, handler, head = officers.values()
    take(page, site, centre, number, "accept")
    taken = {"outcome": "已更正", "更正为": "2000", "理由": "经核对决定书，应为贰仟元。"}
    take(page, site, handler, number, "propose", **taken)
    take(page, site, head, number, "decide", 理由="已复看决定书，同意。")
    assert Axe().run(page).response["violations"] == []

    page.goto(f"{site}/record/{record}")
    expect(page.get_by_text("2,000 元")).to_be_visible()
    expect(page.get_by_text("异议处理中")).to_have_count(0)


def test_the_way_out_is_seen_asked_for_and_proved(page, site, penalty, agent, officers):
    _, record = penalty
    act_as(page, site, agent)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/record/{record}/way-out")
    assert no_sideways(page)
    page.get_by_role("link", name=re.compile("登录，查看")).click()
    assert no_sideways(page)
    page.get_by_label("说明").fill("罚款已缴清，广告已撤下。")
    page.get_by_role("button", name="提交申请").click()
    number = page.get_by_role("heading", level=1).inner_text()
    _, handler, head = officers.values()
    take(page, site, handler, number, "accept")
    take(page, site, handler, number, "propose", outcome="准予修复", 理由="已履行。")
    take(page, site, head, number, "decide", 理由="同意准予修复。")

    assert page.goto(f"{site}/record/{record}").status == 404
    page.goto(f"{site}/verify/repair/{number}")
    expect(page.get_by_role("heading", name="信用修复证明")).to_be_visible()
    assert "新丝路" not in page.content()
