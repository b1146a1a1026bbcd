"""Merges at the desk, and what the site and the API then answer."""

from datetime import date

import pytest
from django.test import Client

from chengxin.desk.tests.samples import CENTRE, CODE, NAME
from chengxin.kernel.actor import Actor
from chengxin.register.models import Record
from chengxin.subjects import queries as subjects
from chengxin.subjects.models import Merge
from chengxin.subjects.services import import_organisations

OLD, OLD_NAME = "93320722MA00TT119L", "连云港新丝路货运站"
GROUNDS = {"document": "连登字〔2026〕1号", "reason": "换发统一代码"}


@pytest.fixture
def officers(desk):
    return [desk("centre_auditor", login=f"auditor{n}", unit=CENTRE) for n in range(3)]


@pytest.fixture
def bodies(take_in):
    row = {"name": OLD_NAME, "uscc": OLD}
    by = Actor.system("subjects.import")
    import_organisations(rows=[(2, row)], by=by, on=date(2026, 11, 1))
    take_in({}, {"行政处罚决定书文号": "连市监罚〔2026〕120号", "统一社会信用代码": OLD,
                 "行政相对人名称": OLD_NAME})  # fmt: skip
    assert Record.objects.count() == 2
    return [subjects.by_code(code).public_id for code in (CODE, OLD)]


@pytest.fixture
def merged(officers, bodies):
    first, second, _ = officers
    first.post(f"/desk/merges/new/?kept={CODE}&absorbed={OLD}", GROUNDS)
    made = Merge.objects.get()
    second.post(f"/desk/merges/{made.id}/", {"decision": "yes", "reason": "核对无误"})
    made.refresh_from_db()
    assert made.state == "confirmed"
    return made


def test_two_entries_stand_side_by_side_before_anyone_proposes(officers, bodies):
    page = officers[0].get(f"/desk/merges/new/?kept={CODE}&absorbed={OLD}").content.decode()
    for word in (NAME, OLD_NAME, CODE, OLD, *bodies):
        assert word in page
    missing = officers[0].get("/desk/merges/new/?kept=0&absorbed=1").content.decode()
    assert "没有找到" in missing


def test_one_page_shows_both_and_the_other_address_leads_there(merged, bodies):
    kept, absorbed = bodies
    answer = Client().get(f"/credit/{absorbed}?on=2026-11-22")
    assert (answer.status_code, answer["Location"]) == (308, f"/credit/{kept}?on=2026-11-22")
    page = Client().get(f"/credit/{kept}").content.decode()
    for word in ("连市监罚〔2026〕101号", "连市监罚〔2026〕120号", OLD_NAME, OLD):
        assert word in page
    for record in Record.objects.all():
        assert f"/credit/{kept}" in Client().get(f"/record/{record.id}").content.decode()
    found = Client().get("/search", {"q": "新丝路"}).content.decode()
    assert f"/credit/{absorbed}" not in found
    assert Client().post(f"/credit/{absorbed}/report").status_code == 308


def test_the_api_leads_there_too_and_answers_as_it_was_known(merged, bodies):
    kept, absorbed = bodies
    answer = Client().get(f"/api/v1/organisations/{absorbed}")
    assert (answer.status_code, answer["Location"]) == (308, f"/api/v1/organisations/{kept}")
    content = Client().get(answer["Location"]).json()
    assert content["organisation"]["merged_ids"] == [absorbed]
    assert len(content["facts"]) == 2
    earlier = merged.proposed_at.isoformat()
    before = Client().get(f"/api/v1/organisations/{absorbed}", {"known": earlier}).json()
    assert before["organisation"]["public_id"] == absorbed
    assert len(before["facts"]) == 1


def test_a_split_gives_each_its_own_again(merged, officers, bodies):
    kept, absorbed = bodies
    officers[2].post(f"/desk/merges/{merged.id}/", {"reason": "两家不同"})
    for address, own, other in (
        (kept, "连市监罚〔2026〕101号", "连市监罚〔2026〕120号"),
        (absorbed, "连市监罚〔2026〕120号", "连市监罚〔2026〕101号"),
    ):
        page = Client().get(f"/credit/{address}").content.decode()
        assert own in page
        assert other not in page


def test_nobody_confirms_a_proposal_of_his_own_nor_splits_what_he_confirmed(
    officers, bodies, reviewer
):
    first, second, _ = officers
    first.post(f"/desk/merges/new/?kept={CODE}&absorbed={OLD}", GROUNDS)
    made = Merge.objects.get()
    address = f"/desk/merges/{made.id}/"
    yes = {"decision": "yes", "reason": "核对无误"}
    assert first.post(address, yes).status_code == 403
    assert reviewer.post(address, yes).status_code == 403
    assert reviewer.get("/desk/merges/").status_code == 403
    second.post(address, yes)
    assert second.post(address, {"reason": "两家不同"}).status_code == 403
    page = second.get("/desk/merges/").content.decode()
    assert "已合并" in page
