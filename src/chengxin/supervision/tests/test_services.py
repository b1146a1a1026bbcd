"""Who may commit and draw, in which order, and that nothing is taken back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from chengxin.audit import queries as audit
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.errors import NotPermitted
from chengxin.policy.queries import current_rulebook
from chengxin.supervision import queries, services
from chengxin.supervision.errors import (
    AlreadyEnded,
    BadInspector,
    ChanceTooEarly,
    NobodyToDraw,
    NoChance,
    NoReason,
    NotToDrawFrom,
    NotYetDrawn,
    OwnCommitment,
    TooFewInspectors,
    UnknownDraw,
    UnknownTier,
)
from chengxin.supervision.models import Draw, DrawEnd
from chengxin.supervision.rules.proving import examine
from chengxin.supervision.tests.samples import CHANCE, ON, OPEN, SPEAKS, listed
from chengxin.supervision.values import Candidate, Chance, Wanted

pytestmark = pytest.mark.django_db
UNIT = "lyg-scjg"
WANTED = Wanted(
    unit=UNIT,
    matter="食品销售风险分级检查",
    population="有“行政许可”信息的在业单位",
    candidates=tuple(reversed(listed(standard=60, higher=10))),
    inspectors=("B2", "A1", "C3"),
)
SOURCE = Chance("某彩票第2026136期开奖号码", SPEAKS, OPEN)


def who(login, verb="supervision.commit", unit=UNIT):
    return Actor(login, login, unit, {verb: Scope.OWN_UNIT})


def commit(by=None, **changes):
    chance = replace(SOURCE, source_on=changes.pop("source_on", SPEAKS))
    return services.commit_draw(
        wanted=replace(WANTED, **changes),
        chance=chance,
        by=by or who("clerk"),
        on=ON,
        book=current_rulebook(),
    )


def carry_out(number, by=None, on=SPEAKS, chance=CHANCE):
    by = by or who("reviewer", "supervision.draw")
    return services.carry_out_draw(number=number, chance=chance, by=by, on=on)


def abandon(number, by=None, reason="彩票当期停售，另行抽取"):
    by = by or who("reviewer", "supervision.draw")
    return services.abandon_draw(number=number, reason=reason, by=by, on=SPEAKS)


def test_two_officers_and_chance_make_a_draw_that_proves_itself():
    made = commit()
    done = carry_out(made.number)
    proof = queries.proof_of(done)
    assert [one.name for one in examine(proof, commitment=made.commitment) if not one.passed] == []
    assert [one["public_id"] for one in proof["plan"]["candidates"]] == sorted(
        one.public_id for one in WANTED.candidates
    )
    assert len(done.end.visits) == 3 + 2
    assert audit.verify().ok


def test_the_seed_is_nowhere_before_it_is_drawn():
    made = commit()
    seed = carry_out(made.number).end.seed
    found = Draw.objects.get(number=made.number)
    assert bytes.fromhex(seed) not in bytes(found.sealed_seed)
    assert seed not in str(found.plan)


def test_the_drawn_are_public_only_from_their_day():
    done = carry_out(commit().number)
    assert not queries.is_open(done, OPEN - timedelta(days=1))
    assert queries.is_open(done, OPEN)


@pytest.mark.parametrize("by", [who("x", "intake.submit"), who("x", unit="lyg-tyj")])
def test_only_an_officer_of_the_unit_commits(by):
    with pytest.raises(NotPermitted):
        commit(by)


@pytest.mark.parametrize(
    "by", [who("x"), who("x", "supervision.draw", "lyg-tyj")], ids=["other power", "other unit"]
)
@pytest.mark.parametrize("act", [carry_out, abandon])
def test_only_an_officer_of_the_unit_ends_a_draw(by, act):
    made = commit()
    with pytest.raises(NotPermitted):
        act(made.number, by)


@pytest.mark.parametrize("act", [carry_out, abandon])
def test_who_committed_does_not_end_it_either_way(act):
    both = Actor(
        "clerk", "clerk", UNIT, dict.fromkeys(("supervision.commit", "supervision.draw"), Scope.ALL)
    )
    made = commit(both)
    with pytest.raises(OwnCommitment):
        act(made.number, both)


def test_chance_speaks_after_the_commitment_and_not_before_its_day():
    with pytest.raises(ChanceTooEarly):
        commit(source_on=ON)
    made = commit()
    with pytest.raises(NotYetDrawn):
        carry_out(made.number, on=SPEAKS - timedelta(days=1))
    with pytest.raises(NoChance):
        carry_out(made.number, chance="？。 7")


def test_a_draw_ends_once():
    made = commit()
    carry_out(made.number)
    for act in (carry_out, abandon):
        with pytest.raises(AlreadyEnded):
            act(made.number)
    other = commit()
    assert abandon(other.number).end.reason
    with pytest.raises(AlreadyEnded):
        carry_out(other.number)


def test_what_cannot_be_drawn_is_said():
    with pytest.raises(NobodyToDraw):
        commit(candidates=())
    with pytest.raises(UnknownTier):
        commit(candidates=(Candidate("a", "black"),))
    with pytest.raises(TooFewInspectors):
        commit(inspectors=("A1",))
    with pytest.raises(TooFewInspectors):
        commit(avoid={"st00001": ("A1", "B2")})
    for given in (("张三", "A1"), ("A1", "A1"), ("11010519491231002X", "A1")):
        with pytest.raises(BadInspector):
            commit(inspectors=given)
    with pytest.raises(UnknownDraw):
        carry_out("20260101-none")
    with pytest.raises(NoReason):
        abandon(commit().number, reason=" 无 ")
    assert DrawEnd.objects.count() == 0


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE supervision_draw SET commitment = 'other'",
        "DELETE FROM supervision_draw",
        "TRUNCATE supervision_draw CASCADE",
    ],
)
def test_a_commitment_is_not_changed_even_by_hand(sql):
    commit()
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(sql)


def test_the_database_too_wants_another_officer_and_the_day():
    made = commit()
    end = {
        "draw": made,
        "kind": "drawn",
        "chance": "1234",
        "seed": "00" * 32,
        "visits": [{"order": 1}],
        "ended_at": made.committed_at,
    }
    for login, on in (("clerk", SPEAKS), ("reviewer", date(2026, 11, 23))):
        with pytest.raises(DatabaseError), transaction.atomic():
            DrawEnd.objects.create(**end, ended_by=login, ended_on=on)
    DrawEnd.objects.create(**end, ended_by="reviewer", ended_on=SPEAKS)


def test_who_is_in_business_and_holds_a_permit_may_be_drawn(permit_holder):
    found = queries.candidates(item="permit", book=current_rulebook(), on=ON, unit=UNIT)
    assert [(one.public_id, one.tier) for one in found] == [(permit_holder, "standard")]
    assert (
        queries.candidates(
            item="permit", book=current_rulebook(), on=ON, unit=UNIT, division="320723"
        )
        == ()
    )


@pytest.mark.parametrize("item", ["penalty", "criminal_judgment"])
def test_a_public_list_never_tells_of_an_adverse_or_closed_record(item):
    with pytest.raises(NotToDrawFrom):
        queries.candidates(item=item, book=current_rulebook(), on=ON, unit=UNIT)
