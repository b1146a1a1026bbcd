"""Evaluations, draws and plans by machine: open to all what the pages show, the rest by token."""

from datetime import timedelta

import pytest

from chengxin.api.tests.test_api import token
from chengxin.evaluation.models import Evaluation
from chengxin.evaluation.services import evaluate_one
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.clock import now, today
from chengxin.policy.queries import current_rulebook
from chengxin.subjects import queries as subjects
from chengxin.supervision import queries, services
from chengxin.supervision.rules.proving import examine
from chengxin.supervision.tests.conftest import permit_holder
from chengxin.supervision.tests.samples import CHANCE
from chengxin.supervision.values import Chance, PlanDraft, Wanted
from chengxin.web.tests.samples import PORT, append_fact, import_city

pytestmark = pytest.mark.django_db
__all__ = ["permit_holder", "token"]  # fixtures
BOOK, UNIT = current_rulebook(), "lyg-scjg"


def officer(login, *verbs):
    return Actor(login, login, UNIT, dict.fromkeys(verbs, Scope.OWN_UNIT))


@pytest.fixture
def drawn(permit_holder, settings, tmp_path):
    settings.CHENGXIN_KEYS = tmp_path / "keys"
    day = today() - timedelta(days=9)
    made = services.draft_plan(
        draft=PlanDraft(UNIT, day.year, "年度抽查", "permit", "", ["证照"]),
        by=officer("clerk", "supervision.plan"), on=day, book=BOOK,
    )  # fmt: skip
    waits = services.draft_plan(
        draft=PlanDraft(UNIT, day.year, "未批准", "permit", "", ["证照"]),
        by=officer("clerk", "supervision.plan"), on=day, book=BOOK,
    )  # fmt: skip
    head = officer("head", "supervision.approve_plan")
    services.decide_plan(number=made.number, approve=True, reason="同意", by=head, on=day)
    found = queries.candidates(item="permit", book=BOOK, on=day, unit=UNIT)
    draw = services.commit_draw(
        wanted=Wanted(UNIT, "证照", "持证单位", found, ("A1", "B2")),
        chance=Chance("某彩票", day + timedelta(days=1), today() + timedelta(days=3)),
        by=officer("clerk", "supervision.commit"), on=day, book=BOOK, plan_number=made.number,
    )  # fmt: skip
    reviewer = officer("reviewer", "supervision.draw")
    services.carry_out_draw(number=draw.number, chance=CHANCE, by=reviewer, on=today())
    return made, waits, draw


def test_who_was_drawn_is_told_from_its_day_with_a_proof_that_holds(
    client, drawn, permit_holder, monkeypatch
):
    plan, _, draw = drawn
    address = f"/api/v1/draws/{draw.number}"
    early = client.get(address).json()
    assert (early["state"], early["visits"]) == ("drawn", [])
    assert client.get(f"{address}/proof").json()["code"] == "SUPERVISION-NOT-YET"
    assert client.get(f"/api/v1/plans/{plan.number}").json()["drawn"] == 0

    monkeypatch.setattr("chengxin.api.supervision.today", lambda: draw.public_from)
    told = client.get(address).json()
    assert [one["organisation"] for one in told["visits"]] == [permit_holder]
    proof = client.get(f"{address}/proof").json()
    assert all(one.passed for one in examine(proof, commitment=draw.commitment))
    assert client.get(f"/api/v1/plans/{plan.number}").json()["drawn"] == 1


def test_only_approved_plans_are_open_and_pages_have_limits(client, drawn):
    plan, waits, draw = drawn
    assert [one["number"] for one in client.get("/api/v1/plans").json()] == [plan.number]
    assert client.get(f"/api/v1/plans/{waits.number}").status_code == 404
    assert client.get("/api/v1/draws", {"offset": 1}).json() == []
    assert client.get("/api/v1/draws", {"limit": 1}).json()[0]["number"] == draw.number
    assert client.get("/api/v1/draws", {"limit": 101}).status_code == 422
    assert client.get("/api/v1/draws/nichts").status_code == 404


def test_a_grade_in_effect_is_open_with_its_kit_and_a_proposal_is_not(client, token):
    subject = import_city()[PORT]
    asked = {"model": "comprehensive", "subject": subject.id, "on": today(), "book": BOOK}
    by = Actor.system("evaluation.run")
    evaluate_one(known=now(), by=by, **asked)
    append_fact(subject, "penalty", severity="serious")
    evaluate_one(known=now(), by=by, **asked)
    address = f"/api/v1/organisations/{subject.public_id}/evaluations"

    (told,) = client.get(address).json()
    assert (told["grade"], told["state"], told["factors"]) == ("b", "effective", [])
    kit = client.get(f"{address}/comprehensive/kit")
    assert kit.content[:2] == b"PK"
    assert client.get(f"{address}/labour/kit").status_code == 404

    worse = Evaluation.objects.get(worse=True)
    one = f"/api/v1/evaluations/{worse.id}"
    assert client.get(one).status_code == 401
    assert client.get("/api/v1/evaluations/waiting").status_code == 401
    far = token("far", "unit_head")
    assert client.get(one, headers=far).status_code == 403
    assert client.get("/api/v1/evaluations/waiting", headers=far).json() == []
    centre = token("centre", "centre_auditor")
    assert client.get(one, headers=centre).json()["state"] == "proposed"
    (waits,) = client.get("/api/v1/evaluations/waiting", headers=centre).json()
    assert waits["ends_on"]
    assert subjects.by_public_id(waits["subject"]).id == subject.id
