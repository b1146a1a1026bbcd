"""A firm with a penalty, its agent, and the people of the centre and of the unit."""

from datetime import timedelta

import pytest

from chengxin.casework import services
from chengxin.casework.values import Said, State
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.clock import today
from chengxin.policy.queries import current_rulebook
from chengxin.web.tests.samples import PORT, append_fact, import_city

UNIT, CENTRE = "lyg-scjg", "lyg-xyzx"
READ = ("casework.read", "casework.read_said")


def officer(login, *verbs, unit=UNIT, scope=Scope.OWN_UNIT):
    return Actor(login, login, unit, dict.fromkeys((*READ, *verbs), scope))


def agent_of(subject, login="agent"):
    return Actor(login, login, "", {"casework.file": Scope.OWN_SUBJECT}, subject.id)


@pytest.fixture(scope="session")
def book():
    return current_rulebook()


@pytest.fixture
def people():
    decides = ("casework.decide", "register.correct", "register.revoke", "register.end_publication")
    return {
        "centre": officer("centre", "casework.check", unit=CENTRE, scope=Scope.ALL),
        "reviewer": officer(
            "reviewer", "casework.review", "casework.check", unit=CENTRE, scope=Scope.ALL
        ),
        "handler": officer("handler", "casework.answer"),
        "handler2": officer("handler2", "casework.answer"),
        "head": officer("head", *decides),
        "head2": officer("head2", *decides),
        "stranger": officer("stranger", "casework.answer", "casework.decide", unit="lyg-tyj"),
    }


@pytest.fixture
def firm(db):
    return import_city()[PORT]


@pytest.fixture
def agent(firm):
    return agent_of(firm)


@pytest.fixture
def penalty(firm):
    """An ordinary penalty of 100 days ago: shown, and past its shortest term."""
    return append_fact(
        firm, "penalty", severity="ordinary", decided_on=today() - timedelta(days=100)
    )


@pytest.fixture
def go(people, agent, book):
    """`go("accept", case, by="centre")`: one verb today, by one of the people or the agent."""

    def run(verb, case=None, *, by, on=None, **facts):
        actor = (people | {"agent": agent})[by] if isinstance(by, str) else by
        number = {"number": case.number} if case is not None else {}
        return getattr(services, verb)(by=actor, on=on or today(), book=book, **number, **facts)

    return run


@pytest.fixture
def objection(go, penalty):
    """An objection to the fine, just filed."""
    return go(
        "file_objection",
        by="agent",
        record_id=penalty,
        field="fine_yuan",
        ground="wrong",
        said=Said("决定书写的是贰仟元。", value="2000"),
    )


@pytest.fixture
def with_source(go, objection):
    return go("accept", objection, by="centre")


@pytest.fixture
def proposed(go, with_source):
    return go(
        "propose",
        with_source,
        by="handler",
        outcome=State.CORRECTED,
        reason="录入错误",
        value="2000",
    )


@pytest.fixture
def repair(go, penalty):
    return go("request_repair", by="agent", record_id=penalty, said=Said("罚款已缴清，已改正。"))


@pytest.fixture
def granted(go, repair):
    go("accept", repair, by="handler")
    go("propose", repair, by="handler", outcome=State.GRANTED, reason="已履行")
    return go("decide", repair, by="head", reason="已履行义务、纠正违法行为，准予修复。")
