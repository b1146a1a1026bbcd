from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.errors import CreditError, NotPermitted


class TooEarly(CreditError):
    code = "TEST-TOO-EARLY"
    zh = "最早 {earliest}，共 {fine} 元，列：{columns}，缺 {missing}。"
    en = "Earliest {earliest}, {fine} yuan, columns {columns}, lacking {missing}."


def test_an_error_says_its_facts_as_people_read_them():
    error = TooEarly(earliest=date(2026, 1, 31), fine=Decimal("3.50"), columns=["甲", "乙"])

    assert error.text("zh-hans") == "最早 2026年1月31日，共 3.50 元，列：甲、乙，缺 {missing}。"
    assert error.text("en") == "Earliest 2026-01-31, 3.50 yuan, columns 甲, 乙, lacking {missing}."


def test_an_error_goes_out_as_json_with_both_sentences_and_plain_facts():
    answer = TooEarly(earliest=date(2026, 1, 31), fine=Decimal("3.50"), odd={1, 2}).as_json()

    assert list(answer) == ["code", "message_zh", "message_en", "facts"]
    assert answer["facts"] == {"earliest": "2026-01-31", "fine": "3.50", "odd": "{1, 2}"}


def test_a_power_for_the_own_unit_reaches_no_other():
    clerk = Actor("zhang", "张某", "U01", {"intake.read": Scope.OWN_UNIT})

    assert clerk.may("intake.read")
    assert clerk.may("intake.read", "U01")
    assert not clerk.may("intake.read", "U02")
    assert not clerk.may("intake.read", "")
    assert not clerk.may("intake.release", "U01")
    with pytest.raises(NotPermitted) as refusal:
        clerk.require("intake.read", unit="U02")
    assert refusal.value.status == 403
    assert refusal.value.facts == {"login": "zhang", "verb": "intake.read", "unit": "U02"}


def test_an_actor_of_no_unit_owns_nothing():
    nobody = Actor("x", "x", "", {"intake.read": Scope.OWN_UNIT})
    assert not nobody.may("intake.read", "")


def test_powers_cannot_be_slipped_in_later():
    powers = {"intake.read": Scope.OWN_UNIT}
    clerk = Actor("zhang", "张某", "U01", powers)

    powers["access.manage"] = Scope.ALL

    assert not clerk.may("access.manage")
    with pytest.raises(TypeError):
        clerk.powers["access.manage"] = Scope.ALL


def test_the_system_may_do_exactly_what_it_was_given():
    system = Actor.system("notices.post")

    assert system.may("notices.post", "U01")
    assert not system.may("register.revoke", "U01")


def test_an_unknown_scope_is_refused_when_the_actor_is_made():
    with pytest.raises(ValueError, match="everything"):
        Actor("x", "x", "U01", {"intake.read": "everything"})


def test_an_agent_speaks_for_its_own_subject_alone_and_holds_nothing_of_a_unit():
    own, other = uuid4(), uuid4()
    agent = Actor("agent", "某经办", "", {"casework.object": Scope.OWN_SUBJECT}, subject=own)

    assert agent.may_for("casework.object", own)
    assert not agent.may_for("casework.object", other)
    assert not agent.may_for("casework.decide", own)
    assert not agent.may("casework.object")
    with pytest.raises(NotPermitted):
        agent.require_for("casework.object", other)


def test_an_officer_of_a_unit_does_not_speak_for_whom_its_records_are_about():
    officer = Actor("zhang", "张某", "U01", {"casework.object": Scope.OWN_UNIT})
    assert not officer.may_for("casework.object", uuid4())
