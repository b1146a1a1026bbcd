"""A list entry and its measures at the desk: from the record's page to the executing unit."""

from datetime import timedelta

import pytest

from chengxin.desk.views import lists, measures
from chengxin.kernel.clock import today
from chengxin.measures.models import ListEntry, MeasureCase
from chengxin.policy.queries import current_rulebook
from chengxin.web.tests.samples import PORT, append_fact, import_city

FINANCE = "lyg-czj"


@pytest.fixture
def evidence(db):
    return append_fact(import_city()[PORT], "penalty", severity="serious")


@pytest.fixture
def later(monkeypatch):
    """`later(day)`: the pages of lists and measures are opened on that day."""

    def move(day):
        for view in (lists, measures):
            monkeypatch.setattr(view, "today", lambda: day)

    return move


def do(browser, address, act, **facts):
    form = {"act": act, **{f"{act}-{name}": value for name, value in facts.items()}}
    return browser.post(address, form, follow=True).content.decode()


def after(day, parameter):
    book = current_rulebook()
    days = int(book.on(day, parameter).value)
    return book.calendar.add_working_days(day, days) + timedelta(days=1)


def test_from_the_record_to_the_measure_carried_out(desk, evidence, later):
    clerk, head = desk("list_officer", login="clerk"), desk("unit_head", login="head")
    finance = desk("list_officer", login="finance", unit=FINANCE)
    new = f"/desk/lists/new/{evidence}/"
    assert new in clerk.get(f"/desk/records/{evidence}/").content.decode()
    assert "市场监督管理严重违法失信名单" in clerk.get(new).content.decode()
    clerk.post(new, {"list_code": "samr", "facts": "虚假宣传。", "reason": "情节严重。"})
    entry = ListEntry.objects.get()
    address, day = f"/desk/lists/{entry.id}/", today()

    told = do(clerk, address, "give_notice", how="handed", given_on=day.isoformat())
    assert "已告知" in told
    do(clerk, address, "record_statement", statement="请求从轻。")
    refused = do(head, address, "decide_entry", reason="理由", document_number="1号", approval="1")
    assert "陈述申辩期或者等待期未满" in refused
    assert "请求从轻。" in refused
    day = after(day, "lists.statement_period")
    later(day)
    decided = do(
        head, address, "decide_entry", reason="情节严重。", document_number="1号", approval="同意"
    )
    assert "已决定，未送达" in decided
    served = do(clerk, address, "serve_decision", how="handed", given_on=day.isoformat())
    assert "生效中" in served
    assert "列为市场监管重点对象" in served

    case = MeasureCase.objects.get(measure="public_funds_limit")
    where = f"/desk/measures/{case.id}/"
    assert case.subject.name not in finance.get("/desk/measures/").content.decode()
    early = do(head, where, "impose", reason="依法限制。")
    assert "等待期未满" in early
    later(after(day, "measures.waiting_period"))
    assert "已派发" in do(head, where, "impose", reason="依法限制。")
    assert case.subject.name in finance.get("/desk/measures/").content.decode()
    assert "已签收" in do(finance, where, "acknowledge")
    assert "已标注。" in do(finance, where, "feed_back", result="已标注。")


def test_the_pages_speak_english_too(desk, evidence):
    clerk = desk("list_officer", login="clerk")
    clerk.post(
        f"/desk/lists/new/{evidence}/", {"list_code": "samr", "facts": "事实", "reason": "理由"}
    )
    clerk.get("/language/en")
    entry = ListEntry.objects.get()
    page = clerk.get(f"/desk/lists/{entry.id}/").content.decode()
    assert "Serve the prior notice" in page
    assert "Draft, not told" in page
    assert "Market regulation serious-breach list" in clerk.get("/desk/lists/").content.decode()


def test_an_officer_of_another_unit_finds_nothing(desk, evidence):
    clerk = desk("list_officer", login="clerk")
    clerk.post(
        f"/desk/lists/new/{evidence}/", {"list_code": "samr", "facts": "事实", "reason": "理由"}
    )
    entry = ListEntry.objects.get()
    stranger = desk("list_officer", login="stranger", unit=FINANCE)
    assert stranger.get(f"/desk/lists/{entry.id}/").status_code == 403
    assert stranger.get(f"/desk/lists/new/{evidence}/").status_code == 403
    assert "没有名单事项" in stranger.get("/desk/lists/").content.decode()
    assert do(stranger, f"/desk/lists/{entry.id}/", "give_notice")
    assert entry.events.count() == 0
