"""Random orders of events: nothing unlawful comes of any, in the rules or in the database."""

import random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from chengxin.kernel.errors import CreditError
from chengxin.measures.rules import advance, begin
from chengxin.measures.tests.orders import (
    DAYS,
    KINDS,
    START,
    TEXTS,
    WHO,
    any_imposition,
    any_order,
    follow,
    wrong,
    wrongly_imposed,
)
from chengxin.measures.tests.throwing import throw, unlawful_rows
from chengxin.measures.values import Act, EntryState

DAY = st.sampled_from(DAYS)
SOMETIME = st.one_of(st.none(), DAY)
TEXT = st.sampled_from(TEXTS)


class Procedure(RuleBasedStateMachine):
    """A list entry under any acts whatever, in any order."""

    def __init__(self):
        super().__init__()
        self.life, self.kept = begin("clerk", START), []

    @rule(
        act=st.builds(
            Act, st.sampled_from(KINDS), DAY, st.sampled_from(WHO), TEXT, TEXT, TEXT,
            told_on=SOMETIME, waits_until=SOMETIME, hearing=st.booleans(),
        )
    )  # fmt: skip
    def act(self, act):
        try:
            self.life = advance(self.life, act)
        except CreditError:
            return
        self.kept.append(act)

    @invariant()
    def nothing_adverse_without_its_guarantees(self):
        assert wrong(self.life, self.kept) == ""


Procedure.TestCase.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
TestProcedure = Procedure.TestCase


def test_random_orders_never_lead_to_an_unlawful_effect():
    dice, reached = random.Random(4), set()
    for _ in range(1000):
        life, kept = follow(any_order(dice))
        reached.add(life.state)
        assert wrong(life, kept) == ""
        assert not wrongly_imposed(any_imposition(dice))
    assert {EntryState.DECIDED, EntryState.IN_EFFECT} <= reached


def test_the_oracle_knows_a_lawful_entry_from_an_unlawful_one():
    dice = random.Random(5)
    while True:
        life, kept = follow(any_order(dice))
        if life.state is EntryState.IN_EFFECT:
            break
    without_notice = [act for act in kept if act.kind.value != "notified"]
    assert wrong(life, kept) == ""
    assert wrong(life, without_notice)


@pytest.mark.django_db
def test_random_verbs_leave_only_lawful_rows_in_the_database(case):
    dice = random.Random(6)
    kinds = set()
    for _ in range(4):
        kinds |= throw(case, dice, steps=14)
    assert {"notified", "decided"} <= kinds
    assert unlawful_rows() == 0
