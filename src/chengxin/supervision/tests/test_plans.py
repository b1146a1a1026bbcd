"""Tiers from confirmed grades, plans by two officers, and results that come back by intake."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from chengxin.evaluation.services import evaluate_one, snapshots
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.clock import now
from chengxin.kernel.errors import NotPermitted
from chengxin.policy.queries import current_rulebook
from chengxin.register.services import append, revoke
from chengxin.register.values import NewRecord
from chengxin.subjects import queries as subjects
from chengxin.supervision import queries, services
from chengxin.supervision.errors import (
    NobodyToDraw,
    NoGrounds,
    NotToDrawFrom,
    OwnPlan,
    PlanDecided,
    PlanIncomplete,
    PlanNotApproved,
    UnknownPlan,
)
from chengxin.supervision.models import Draw, InspectionPlan, PlanDecision
from chengxin.supervision.services import planning
from chengxin.supervision.tests.conftest import USCC
from chengxin.supervision.tests.samples import CHANCE, ON, OPEN, SPEAKS
from chengxin.supervision.values import Chance, PlanDraft, Wanted

pytestmark = pytest.mark.django_db
UNIT = "lyg-scjg"
BOOK = current_rulebook()
DRAFT = PlanDraft(UNIT, 2026, "2026年度物流企业抽查", "permit", "", ["证照", " 价格公示 "])


def who(login, *verbs, unit=UNIT):
    return Actor(login, login, unit, dict.fromkeys(verbs, Scope.OWN_UNIT))


CLERK = who("clerk", "supervision.plan", "supervision.commit")
HEAD = who("head", "supervision.approve_plan", "supervision.plan")
REVIEWER = who("reviewer", "supervision.draw")


def draft(by=CLERK, **changes):
    given = {**vars(DRAFT), **changes}
    return services.draft_plan(draft=PlanDraft(**given), by=by, on=ON, book=BOOK)


def decide(number, by=HEAD, reason="按年度任务批准", *, approve=True):
    return services.decide_plan(number=number, approve=approve, reason=reason, by=by, on=ON)


def record(item="permit", **facts):
    """Another record about the holder; the days of the tests are behind its coming in."""
    holder = subjects.by_code(USCC)
    identity = uuid4()
    new = NewRecord(
        item=item, subject=holder.id, subject_kind="legal_person", unit=facts.pop("unit", UNIT),
        natural_key=uuid4().hex * 2, adverse=item != "permit", disclosure="public",
        decided_on=date(2026, 10, 9), document_number="连测〔2026〕8号", facts=facts,
        personal={}, basis="测试", batch=uuid4(), row=3, file_sha256="ab" * 32, id=identity,
    )  # fmt: skip
    append(new=[new], by=Actor.system("intake.release"), edition=BOOK.edition)
    return identity


@pytest.fixture
def approved(permit_holder):
    return decide(draft().number)


@pytest.fixture
def drawn(approved, permit_holder):
    found = queries.candidates(item="permit", book=BOOK, on=ON, unit=UNIT)
    wanted = Wanted(UNIT, "证照检查", "物流企业", found, ("A1", "B2"))
    made = services.commit_draw(
        wanted=wanted, chance=Chance("某彩票", SPEAKS, OPEN), by=CLERK, on=ON, book=BOOK,
        plan_number=approved.number,
    )  # fmt: skip
    return services.carry_out_draw(number=made.number, chance=CHANCE, by=REVIEWER, on=SPEAKS)


def test_who_was_never_evaluated_is_of_the_standard_tier(permit_holder):
    (one,) = queries.candidates(item="permit", book=BOOK, on=ON, unit=UNIT)
    assert (one.public_id, one.tier) == (permit_holder, "standard")


def test_a_grade_in_effect_gives_the_tier_and_one_that_only_waits_does_not(
    permit_holder, monkeypatch
):
    holder = subjects.by_public_id(permit_holder)
    by = Actor.system("evaluation.run")
    record("penalty", unit="lyg-sthj", severity="serious", served_on="2026-10-09")
    monkeypatch.setattr(snapshots, "today", lambda: ON)
    found = evaluate_one(
        model="comprehensive", subject=holder.id, on=ON, known=now(), by=by, book=BOOK
    )
    assert found.proposed == 1
    assert queries.tiers_of([holder.id], unit=UNIT, on=ON, book=BOOK) == {}


def test_each_grade_names_its_tier_and_no_hidden_model_does():
    comprehensive, labour = BOOK.model("comprehensive"), BOOK.model("labour")
    assert [queries.tier_of(comprehensive, one) for one in "abcd"] == [
        "low", "standard", "higher", "key",
    ]  # fmt: skip
    assert {queries.tier_of(labour, one) for one in "abc"} == {"standard"}


def test_the_units_own_model_comes_first_and_the_gravest_tier_counts(permit_holder, monkeypatch):
    holder = subjects.by_public_id(permit_holder).id
    rows = {
        "comprehensive": SimpleNamespace(grade="a"),
        "quality": SimpleNamespace(grade="d"),
        "price": SimpleNamespace(grade="a"),
    }
    asked = []

    def in_force(_, models, **__):
        asked.append(set(models))
        return {holder: {code: rows[code] for code in models if code in rows}}

    monkeypatch.setattr(queries.tiers.evaluation, "in_force", in_force)
    tier = queries.tiers_of([holder], unit=UNIT, on=ON, book=BOOK)[holder][0]
    assert (tier, asked) == ("key", [{"comprehensive", "quality", "price"}])
    rows.pop("quality"), rows.pop("price")
    assert queries.tiers_of([holder], unit=UNIT, on=ON, book=BOOK)[holder][0] == "low"


def test_an_ended_or_revoked_permit_puts_nobody_on_the_list(permit_holder):
    found = queries.candidates(item="permit", book=BOOK, on=ON, unit=UNIT)
    assert len(found) == 1
    (only,) = {one.id for one in _permits()}
    by = Actor("a", "a", UNIT, {"register.revoke": Scope.ALL})
    basis = BOOK.basis("xingzheng-chufa", "第四十八条")
    revoke(record_id=only, reason="测试", basis=basis, by=by, on=ON, edition=BOOK.edition)
    record(valid_until="2026-10-31", document_number="连测〔2026〕9号")

    assert queries.candidates(item="permit", book=BOOK, on=ON, unit=UNIT) == ()


def test_a_plan_is_drafted_by_one_and_approved_by_a_named_official(permit_holder):
    made = draft()
    assert (made.matters, made.population, made.rates["key"]) == (
        ["证照", "价格公示"], {"standard": 1}, 100,
    )  # fmt: skip
    assert made.basis
    assert not queries.plans(approved=True)

    found = decide(made.number)
    assert (found.decision.approved, found.decision.login) == (True, "head")
    assert [one.number for one in queries.plans(approved=True)] == [made.number]


def test_who_may_not_draft_or_decide(permit_holder):
    for by in (REVIEWER, who("other", "supervision.plan", unit="lyg-sthj")):
        with pytest.raises(NotPermitted):
            draft(by=by)
    made = draft()
    for by in (CLERK, who("far", "supervision.approve_plan", unit="lyg-sthj")):
        with pytest.raises(NotPermitted):
            decide(made.number, by=by)
    own = draft(by=HEAD)
    for by in (HEAD, Actor.system("supervision.approve_plan")):
        with pytest.raises(OwnPlan):
            decide(own.number, by=by)
    with pytest.raises(ProgrammingError, match="another official"), transaction.atomic():
        _decision(own, "head")
    with pytest.raises(IntegrityError), transaction.atomic():
        _decision(own, "system")
    assert not PlanDecision.objects.exists()


def test_a_plan_is_decided_once_and_with_reasons(permit_holder):
    made = draft()
    with pytest.raises(NoGrounds):
        decide(made.number, reason="  ")
    decide(made.number, approve=False)
    with pytest.raises(PlanDecided):
        decide(made.number)
    with pytest.raises(UnknownPlan):
        decide("JH2026-nichts")


def test_a_plan_that_cannot_be_is_refused_and_nothing_is_written(permit_holder):
    for change, refusal in (
        ({"matters": [" "]}, PlanIncomplete),
        ({"title": ""}, PlanIncomplete),
        ({"year": 2025}, PlanIncomplete),
        ({"item": "penalty"}, NotToDrawFrom),
        ({"division": "320722"}, NobodyToDraw),
    ):
        with pytest.raises(refusal):
            draft(**change)
    assert not InspectionPlan.objects.exists()


def test_cut_off_before_its_note_a_decision_is_not_made(permit_holder, monkeypatch):
    made = draft()
    monkeypatch.setattr(planning.audit, "note", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        decide(made.number)
    assert not PlanDecision.objects.exists()


def test_a_draw_follows_only_an_approved_plan(permit_holder):
    made = draft()
    found = queries.candidates(item="permit", book=BOOK, on=ON, unit=UNIT)
    wanted = Wanted(UNIT, "证照检查", "物流企业", found, ("A1", "B2"))
    with pytest.raises(PlanNotApproved):
        services.commit_draw(
            wanted=wanted, chance=Chance("某彩票", SPEAKS, OPEN), by=CLERK, on=ON, book=BOOK,
            plan_number=made.number,
        )  # fmt: skip
    assert not Draw.objects.exists()


def test_a_result_comes_back_as_a_record_that_names_the_draw(approved, drawn, permit_holder):
    assert (queries.progress(approved, on=ON).drawn, queries.progress(approved, on=ON).done) == (
        1, 0,
    )  # fmt: skip
    record("inspection", inspection_plan="另一次检查", inspection_result="no_problem")
    record("inspection", inspection_plan=f"抽查 {drawn.number}", unit="lyg-sthj")
    assert queries.progress(approved, on=ON).done == 0
    result = record(
        "inspection", inspection_plan=f"物流抽查 {drawn.number}", inspection_result="no_problem"
    )

    found = queries.progress(approved, on=ON)
    (visit,) = found.visits
    assert (visit.public_id, visit.record, visit.result) == (permit_holder, result, "no_problem")
    assert found.tiers[1] == ("standard", 1, 1, 1)

    by = Actor("a", "a", UNIT, {"register.revoke": Scope.ALL})
    basis = BOOK.basis("xingzheng-chufa", "第四十八条")
    revoke(record_id=result, reason="测试", basis=basis, by=by, on=now().date(), edition="e")
    assert queries.progress(approved, on=now().date()).done == 0


def test_what_is_not_public_yet_is_not_in_the_public_progress(approved, drawn):
    assert queries.progress(approved, on=SPEAKS, only_open=True).drawn == 0
    assert queries.progress(approved, on=OPEN, only_open=True).drawn == 1


def _permits():
    from chengxin.register.models import Record

    return Record.objects.filter(item="permit")


def _decision(plan, login):
    PlanDecision.objects.create(
        plan=plan, approved=True, reason="测", on=ON, at=now(), login=login, unit=UNIT
    )
