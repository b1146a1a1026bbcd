"""List entries in force and the measures that bind, on an organisation's page and by machine."""

import uuid

import pytest

from chengxin.audit.queries import places
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.clock import today
from chengxin.measures.models import MeasureCase
from chengxin.measures.services import impose, propose_measures
from chengxin.measures.tests.conftest import book as book  # noqa: PLC0414 – fixtures
from chengxin.measures.tests.conftest import case as case  # noqa: PLC0414
from chengxin.measures.tests.conftest import clerk as clerk  # noqa: PLC0414
from chengxin.measures.tests.conftest import head as head  # noqa: PLC0414
from chengxin.measures.tests.conftest import mirrored as mirrored  # noqa: PLC0414
from chengxin.publication.queries import fact
from chengxin.register.services import end_publication

API = "/api/v1/organisations"


@pytest.fixture
def honoured(case, mirrored):
    """An organisation with an honour whose measure binds."""
    entry = mirrored("tax_a_list", evaluation_year="2025")
    by = Actor.system("measures.propose")
    propose_measures(by=by, on=case.day, book=case.book)
    lane = MeasureCase.objects.get(measure="green_lane")
    boss = Actor("boss", "boss", lane.unit, {"measures.impose": Scope.ALL})
    impose(measure_id=lane.id, reason="依名单。", by=boss, on=case.day, book=case.book)
    return entry


def test_the_page_tells_law_term_unit_and_measure(case, honoured, read):
    page = read(f"/credit/{case.subject.public_id}")
    english = read(f"/credit/{case.subject.public_id}", language="en")

    section = page.partition('id="lists"')[2].partition("</section>")[0]
    listed = case.book.credit_list("tax_a")
    assert listed.label in section
    assert str(listed.basis[0]) in section
    assert "正在执行的措施" in section
    assert case.book.measure("green_lane").label in section
    assert "Lists and measures" in english
    assert case.book.measure("green_lane").label_en in english


def test_a_mere_proposal_is_told_to_nobody_outside(case, mirrored, read, client):
    mirrored("judgment_defaulter")
    propose_measures(by=Actor.system("measures.propose"), on=case.day, book=case.book)

    page = read(f"/credit/{case.subject.public_id}")
    told = client.get(f"{API}/{case.subject.public_id}/consequences").json()
    assert "怎样移出" in page
    assert "正在执行的措施" not in page
    assert [one["measures"] for one in told] == [[]]
    assert client.get("/api/v1/measures").status_code == 401


def test_what_ended_is_gone_from_page_and_machine(case, honoured, read, client):
    address = f"{API}/{case.subject.public_id}/consequences"
    (told,) = client.get(address).json()
    assert told["list"]["code"] == "tax_a"
    assert [one["measure"] for one in told["measures"]] == ["green_lane"]
    end_publication(
        record_id=honoured.id, reason="已取消。", basis=case.book.basis("fashi-2017-7", ""),
        by=Actor("t", "t", "", {"register.end_publication": Scope.ALL}), on=case.day, edition="x",
    )  # fmt: skip

    assert client.get(address).json() == []
    assert 'id="lists"' not in read(f"/credit/{case.subject.public_id}")


def test_an_earlier_day_tells_of_no_entries(case, honoured, read):
    page = read(f"/credit/{case.subject.public_id}", on="2026-01-31")
    assert 'id="lists"' not in page


def test_lists_are_open_and_nobody_unknown_is_found(case, client):
    lists = client.get("/api/v1/lists").json()
    assert {one["code"] for one in lists} == {
        code for code, one in case.book.consequences.lists.items() if one.in_force(today())
    }
    assert all(one["basis"] for one in lists)
    assert client.get(f"{API}/{uuid.uuid4().hex[:10]}/consequences").status_code == 404


def test_an_entry_of_our_own_proves_its_act_in_its_passport(case):
    case.served()
    found = fact(case.entry.record, on=case.waited, book=case.book)
    (place,) = places([f"entry:{case.entry.id}"], ["measures.entry_served"]).values()

    assert found.passport.proof.sequence == place[0].sequence
    for word in ("列入名单", "惩戒措施", "评价认定"):
        assert word in found.passport.remedy_zh
