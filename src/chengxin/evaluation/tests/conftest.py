"""A factory in the register, officers, and a day the test chooses."""

import uuid
from datetime import date, datetime, time

import pytest

from chengxin.evaluation.queries import standing
from chengxin.evaluation.services import deciding, snapshots
from chengxin.evaluation.services import evaluate as take
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.canonical import sha256_hex
from chengxin.kernel.clock import SHANGHAI, now
from chengxin.notices.services import post_many
from chengxin.notices.values import Draft
from chengxin.policy.queries import current_rulebook
from chengxin.register.services import append, appending
from chengxin.register.values import NewRecord
from chengxin.subjects import queries as subjects
from chengxin.subjects.services import import_organisations

FACTORY = "91320700MA1X0T0X8T"
STALL = "92320706MA1TT0T08R"
ROWS = (
    {
        "name": "连云港测试化工有限公司", "uscc": FACTORY, "kind": "legal_person",
        "division": "320706", "industry": "C2614", "registered_on": "2015-03-02",
    },
    {
        "name": "东海县测试水晶店", "uscc": STALL, "kind": "sole_trader",
        "division": "320722", "industry": "F5146", "representative": "测试经营者",
    },
)  # fmt: skip


def moment(day):
    return datetime.combine(day, time(10), tzinfo=SHANGHAI)


class Calendar:
    """The day it is; a test moves it."""

    def __init__(self, monkeypatch):
        self.day = None
        for module in (snapshots, deciding):
            monkeypatch.setattr(module, "now", lambda: moment(self.day) if self.day else now())
        monkeypatch.setattr(standing, "today", lambda: self.day or now().date())

    def to(self, day):
        self.day = day
        return day


@pytest.fixture
def calendar(monkeypatch):
    return Calendar(monkeypatch)


@pytest.fixture
def book():
    return current_rulebook()


@pytest.fixture
def city(db):
    by = Actor.system("subjects.import")
    import_organisations(rows=list(enumerate(ROWS, 2)), by=by, on=date(2026, 1, 5))
    return {row["uscc"]: subjects.by_code(row["uscc"]) for row in ROWS}


@pytest.fixture
def add(city, book, monkeypatch):
    """Append a record about an organisation, in and told to it on the day of its decision."""

    def make(item="penalty", *, code=FACTORY, decided_on=date(2026, 10, 9), told=True, **facts):
        unit = facts.pop("unit", "lyg-sthj")
        subject = city[code]
        number = f"连测评字〔2026〕{uuid.uuid4().hex[:6]}号"
        identity = uuid.uuid4()
        new = NewRecord(
            item=item, subject=subject.id, subject_kind=subject.kind, unit=unit,
            natural_key=sha256_hex(number.encode()), adverse=item in ("penalty", "inspection"),
            disclosure="public", decided_on=decided_on, document_number=number,
            facts={"decided_on": decided_on.isoformat(), "penalty_kind": "fine"} | facts,
            personal={}, basis="测试", batch=uuid.uuid4(), row=3, file_sha256="ab" * 32,
            id=identity,
        )  # fmt: skip
        monkeypatch.setattr(appending, "now", lambda: moment(decided_on))
        append(new=[new], by=Actor.system("intake.release"), edition=book.edition)
        if told:
            post_many([Draft(identity, subject.id, "recorded", True, decided_on, "测试")])
        return identity

    return make


def officer(login, *verbs, unit="lyg-sthj", scope=Scope.OWN_UNIT):
    return Actor(login, login, unit, dict.fromkeys(verbs, scope))


CLERK = officer("clerk", "evaluation.run", "evaluation.serve", "evaluation.object")
HEAD = officer("head", "evaluation.confirm")


@pytest.fixture
def evaluate(book):
    """Take a snapshot on a day, as known that day or now, whichever is later."""

    def run(on, model="environment", by=CLERK):
        return take(model=model, on=on, known=max(now(), moment(on)), by=by, book=book)

    return run
