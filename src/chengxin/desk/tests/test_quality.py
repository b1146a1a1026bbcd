"""The pages about quality: who sees what, the monthly count, and what may not be done."""

from datetime import date

import pytest

from chengxin.desk.tests.samples import CENTRE, OTHER_UNIT, UNIT
from chengxin.intake.ledger.models import CountForm, FoundDecision
from chengxin.intake.rules.counting import Find
from chengxin.intake.services.counting import note_found
from chengxin.kernel.clock import today
from chengxin.oversight.tests.conftest import AUDITOR, BOOK, send, someone
from chengxin.oversight.values import Month

pytestmark = pytest.mark.django_db
__all__ = ["send", "someone"]  # fixtures
MONTH = Month.of(today()).back(1)
COUNT = f"/desk/counts/{UNIT}/penalty/{MONTH}/"
STATED = {
    "produced": 12, "reported": 10, "published": 10, "published_url": "https://example.invalid/xzcf",
    "reason_privacy": 1, "explanation": "", "after": 0,
}  # fmt: skip


@pytest.fixture
def october(send):
    return send(on=MONTH.first.replace(day=20), decided={MONTH.first.replace(day=15): 10}, faulty=2)


@pytest.fixture
def centre(desk):
    return desk("centre_auditor", login="auditor", unit=CENTRE)


def test_a_clerk_comes_to_her_own_unit(clerk, october):
    page = clerk.get(f"/desk/quality/?month={MONTH}", follow=True)
    assert page.redirect_chain[0][0] == f"/desk/quality/{UNIT}/?month={MONTH}"
    text = page.content.decode()
    assert "100.00%" in text
    assert "按时报送数" in text
    assert f"/desk/quality/{UNIT}/penalty/{MONTH}/on_time/" in text


def test_the_centre_sees_all_units_in_their_order(centre, october, send):
    send(unit=OTHER_UNIT, on=MONTH.first.replace(day=20), decided={MONTH.first.replace(day=19): 3})
    page = centre.get(f"/desk/quality/?month={MONTH}")
    assert [one.unit for one in page.context["placed"]] == [UNIT]
    assert [one.unit for one in page.context["apart"]] == [OTHER_UNIT]
    text = page.content.decode()
    assert "数量太少，不排序" in text
    assert "与报送多少、处罚多少无关" in text


@pytest.mark.parametrize("path", ["", "penalty/2026-10/late/"])
def test_another_unit_s_quality_is_nobody_else_s(stranger, path):
    assert stranger.get(f"/desk/quality/{UNIT}/{path}").status_code == 403


def test_the_rows_behind_a_figure_are_listed(clerk, october):
    page = clerk.get(f"/desk/quality/{UNIT}/penalty/{MONTH}/faulty/").content.decode()
    assert f"/desk/batches/{october.number}/?rows=faulty" in page


def test_the_table_to_take_away_holds_only_one_s_own(clerk, october, send):
    send(unit=OTHER_UNIT, on=MONTH.first.replace(day=20), decided={MONTH.first.replace(day=19): 3})
    answer = clerk.get(f"/desk/quality/table.csv?month={MONTH}")
    assert "attachment" in answer["Content-Disposition"]
    text = answer.content.decode("utf-8-sig")
    assert "及时率" in text
    assert OTHER_UNIT not in text


@pytest.mark.parametrize("month", ["2026-13", "xx", "2999-01"])
def test_a_month_that_cannot_be_asked_for_gets_a_sentence(clerk, month):
    answer = clerk.get(f"/desk/quality/{UNIT}/?month={month}")
    assert answer.status_code == 400
    assert "不是可以查询的月份" in answer.content.decode()


def test_the_count_opens_with_what_is_known_and_is_filed(clerk, reviewer, october):
    form = clerk.get(COUNT).context["form"]
    assert form.initial["reported"] == 10
    assert "produced" not in form.initial
    page = clerk.post(COUNT, STATED, follow=True).content.decode()
    assert "待本单位审核人确认" in page
    filed = CountForm.objects.get()
    assert (filed.held, filed.unexplained, filed.version) == (10, 1, 1)
    assert "确认" in reviewer.get(COUNT).content.decode()
    reviewer.post(f"{COUNT}confirm/")
    assert "已确认" in clerk.get(f"/desk/counts/?month={MONTH}").content.decode()


def test_what_does_not_add_up_is_said_beside_its_field(clerk, october):
    answer = clerk.post(COUNT, STATED | {"produced": 5, "reported": 9, "published_url": ""})
    assert answer.status_code == 400
    form = answer.context["form"]
    assert set(form.errors) == {"produced", "published", "published_url", "explanation"}
    assert not CountForm.objects.exists()


def test_a_correction_is_a_new_version_with_its_reason(clerk, october):
    clerk.post(COUNT, STATED)
    changed = STATED | {"after": 1, "produced": 13}
    assert "correction" in clerk.post(COUNT, changed).context["form"].errors
    clerk.post(COUNT, changed | {"correction": "漏计一件"})
    page = clerk.get(COUNT).content.decode()
    assert "第 2 版" in page
    assert "漏计一件" in page
    stale = clerk.post(COUNT, changed | {"correction": "又漏一件"})
    assert stale.status_code == 409


def test_nobody_confirms_her_own_count_nor_another_unit_s(clerk, desk, stranger, october):
    both = desk("data_officer", "reviewer", login="both")
    both.post(COUNT, STATED)
    assert "须由另一位审核人确认" in both.get(COUNT).content.decode()
    assert both.post(f"{COUNT}confirm/").status_code == 403
    assert clerk.post(f"{COUNT}confirm/").status_code == 403
    assert stranger.post(f"{COUNT}confirm/").status_code == 403
    assert stranger.get(COUNT).status_code == 403


def test_a_reviewer_does_not_file_and_sends_back_with_a_reason(clerk, reviewer, october):
    assert reviewer.get(COUNT).context["form"] is None
    assert reviewer.post(COUNT, STATED).status_code == 403
    clerk.post(COUNT, STATED)
    assert reviewer.post(f"{COUNT}send-back/", {"reason": ""}).status_code == 400
    reviewer.post(f"{COUNT}send-back/", {"reason": "与台账不符"})
    assert "与台账不符" in clerk.get(COUNT).content.decode()


def test_the_centre_notes_what_it_found_and_the_unit_may_not(clerk, centre, october):
    page = f"/desk/quality/{UNIT}/"
    find = {
        "item": "penalty", "document_number": "连市监罚〔2026〕999号", "found_where": "own_site",
        "decided_on": MONTH.first.isoformat(), "address": "https://example.invalid/1",
    }  # fmt: skip
    assert clerk.post(page, find).status_code == 403
    assert not FoundDecision.objects.exists()
    assert "仍未报送" in centre.post(page, find, follow=True).content.decode()
    assert centre.post(page, find).status_code == 400


def test_the_home_page_tells_what_falls_due(clerk, october):
    find = Find(UNIT, "penalty", "一号", date(2026, 10, 9), "sample")
    note_found(find=find, by=AUDITOR, on=today(), book=BOOK)
    page = clerk.get("/desk/")
    assert {one.kind for one in page.context["dues"]} >= {"count_form"}
    assert "到期提醒" in page.content.decode()


def test_every_page_has_its_english(clerk, centre, october):
    clerk.post(COUNT, STATED)
    for browser, path in (
        (centre, f"/desk/quality/?month={MONTH}"), (clerk, f"/desk/quality/{UNIT}/?month={MONTH}"),
        (clerk, f"/desk/counts/?month={MONTH}"), (clerk, COUNT), (centre, "/desk/samples/"),
    ):  # fmt: skip
        browser.cookies["chengxin_language"] = "en"
        page = browser.get(path)
        assert page.status_code == 200
        assert "Quality" in page.content.decode()
