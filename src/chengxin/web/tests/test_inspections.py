"""A draw on the public site: the digest at once, names and proof from their day."""

import json
from datetime import timedelta

import pytest

from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.clock import today
from chengxin.policy.queries import current_rulebook
from chengxin.subjects.models import Subject
from chengxin.supervision.models import Draw
from chengxin.supervision.rules.proving import examine
from chengxin.supervision.services import abandon_draw, carry_out_draw, commit_draw
from chengxin.supervision.values import Candidate, Chance, Wanted

UNIT, NAMED = "lyg-scjg", "某彩票次日开奖号码"
CLERK = Actor("clerk", "clerk", UNIT, {"supervision.commit": Scope.OWN_UNIT})
REVIEWER = Actor("reviewer", "reviewer", UNIT, {"supervision.draw": Scope.OWN_UNIT})


@pytest.fixture
def commit(city, settings, tmp_path):
    """A draw from the invented city, committed to some days ago."""
    settings.CHENGXIN_KEYS = tmp_path / "keys"

    def run(public_in=0):
        everybody = Subject.objects.exclude(kind="natural_person")
        on = today() - timedelta(days=2)
        return commit_draw(
            wanted=Wanted(
                unit=UNIT,
                matter="消防安全检查",
                population="在业单位",
                candidates=[Candidate(one.public_id, "key") for one in everybody],
                inspectors=["A1", "B2", "C3"],
            ),
            chance=Chance(NAMED, today() - timedelta(days=1), today() + timedelta(days=public_in)),
            by=CLERK,
            on=on,
            book=current_rulebook(),
        )

    return run


def carry_out(made):
    return carry_out_draw(number=made.number, chance="12 34 56", by=REVIEWER, on=today())


def test_the_digest_is_public_at_once_and_the_secret_is_not(read, commit):
    made = commit()
    assert "消防安全检查" in read("/inspections")
    page = read(f"/inspections/{made.number}")
    assert made.commitment in page
    assert NAMED in page
    assert "证明文件必须与它一致" in page
    assert "尚待主管部门确认" in page
    assert Draw.objects.get().plan["candidates"][0]["public_id"] not in page


def test_who_was_drawn_is_told_on_its_day_with_a_proof_that_passes(read, commit, client):
    made = carry_out(commit())
    page = read(f"/inspections/{made.number}")
    for visit in made.end.visits:
        assert f"/credit/{visit['public_id']}" in page
    proof = json.loads(client.get(f"/inspections/{made.number}/proof").content)
    assert all(one.passed for one in examine(proof, commitment=made.commitment))


def test_before_that_day_neither_names_nor_proof_leave(read, commit):
    made = carry_out(commit(public_in=7))
    page = read(f"/inspections/{made.number}")
    assert "名单和证明文件自" in page
    assert made.end.visits[0]["public_id"] not in page
    read(f"/inspections/{made.number}/proof", status=404)


def test_an_abandoned_draw_stays_with_its_reason(read, commit):
    made = commit()
    abandon_draw(number=made.number, reason="彩票当期停售", by=REVIEWER, on=today())
    assert "已放弃" in read("/inspections")
    assert "彩票当期停售" in read(f"/inspections/{made.number}")
    read(f"/inspections/{made.number}/proof", status=404)


def test_the_pages_speak_english(read, commit):
    made = carry_out(commit())
    assert "Random inspections" in read("/inspections", language="en")
    page = read(f"/inspections/{made.number}", language="en")
    assert "Check it yourself" in page
    assert current_rulebook().units[UNIT].name_en in page


@pytest.mark.usefixtures("city")
def test_a_draw_nobody_knows_is_not_found(read):
    read("/inspections/20260101-none", status=404)
    read("/inspections/20260101-none/proof", status=404)
    assert "还没有公布过抽查" in read("/inspections")
