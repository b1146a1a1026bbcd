"""An organisation with a serious penalty, the officers of its list, and the days of a procedure."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from types import SimpleNamespace

import pytest

from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.canonical import sha256_hex
from chengxin.kernel.clock import today
from chengxin.measures import services
from chengxin.measures.models import ListEntry
from chengxin.measures.values import Service
from chengxin.notices.services import post_many
from chengxin.notices.values import Draft
from chengxin.policy.queries import current_rulebook
from chengxin.register.services import append
from chengxin.register.values import NewRecord
from chengxin.web.tests.samples import PORT, append_fact, import_city

UNIT, ELSEWHERE = "lyg-scjg", "lyg-czj"
CLERK_MAY = (
    "measures.propose_entry", "measures.give_notice", "measures.record_statement",
    "measures.read_statement", "measures.serve_decision", "measures.propose", "measures.execute",
    "measures.read",
)  # fmt: skip
HEAD_MAY = (
    "measures.decide_entry", "measures.read_statement", "measures.remove_entry",
    "measures.revoke_entry", "measures.impose", "measures.read", "register.end_publication",
    "register.revoke",
)  # fmt: skip


def officer(login, *verbs, unit=UNIT):
    return Actor(login, login, unit, dict.fromkeys(verbs, Scope.OWN_UNIT))


@pytest.fixture
def book():
    return current_rulebook()


@pytest.fixture
def clerk():
    return officer("clerk", *CLERK_MAY)


@pytest.fixture
def head():
    return officer("head", *HEAD_MAY)


@pytest.fixture
def executor():
    return officer("executor", *CLERK_MAY, unit=ELSEWHERE)


@dataclass
class Case:
    """A list procedure under way; each step by whom it is for, on the day it is due."""

    book: object
    clerk: Actor
    head: Actor
    subject: object
    evidence: uuid.UUID
    day: date
    entry: ListEntry | None = None

    def verb(self, name, by, on, **facts):
        facts = {"entry_id": self.entry.id, **facts} if self.entry else facts
        return getattr(services, name)(by=by, on=on, book=self.book, **facts)

    def propose(self, **facts):
        usual = {"list_code": "samr", "evidence": self.evidence, "facts": "虚假宣传。"}
        usual |= {"reason": "情节严重。"}
        return services.propose_entry(by=self.clerk, on=self.day, book=self.book, **(usual | facts))

    def notified(self, how=Service.HANDED):
        self.entry = self.propose()
        self.verb("give_notice", self.clerk, self.day, how=how, given_on=self.day)
        return self

    @property
    def waited(self):
        """The first day on which a decision is lawful, the notice being handed over on day 0."""
        days = int(self.book.on(self.day, "lists.statement_period").value)
        return self.book.calendar.add_working_days(self.day, days) + timedelta(days=1)

    def decide(self, on=None, by=None, **facts):
        usual = {"reason": "情节严重，决定列入。", "document_number": "连市监列〔2026〕1号"}
        usual |= {"approval": "苏市监复〔2026〕9号"}
        return self.verb("decide_entry", by or self.head, on or self.waited, **(usual | facts))

    def decided(self):
        self.notified()
        self.decide()
        return self

    def served(self):
        self.decided()
        on = self.waited
        self.verb("serve_decision", self.clerk, on, how=Service.HANDED, given_on=on)
        return self

    @property
    def imposable(self):
        """The first day on which a constraint may be imposed after service."""
        days = int(self.book.on(self.waited, "measures.waiting_period").value)
        return self.book.calendar.add_working_days(self.waited, days) + timedelta(days=1)


@pytest.fixture
def case(db, book, clerk, head):
    subject = import_city()[PORT]
    evidence = append_fact(subject, "penalty", severity="serious")
    return Case(book, clerk, head, subject, evidence, today())


@pytest.fixture
def mirrored(case):
    """`mirrored(item, **facts)`: an entry of another authority, taken in as a record and told."""
    return partial(_mirrored, case)


def _mirrored(case, item, *, decided_on=None, told=True, **facts):
    decided = decided_on or case.day
    number = f"外{uuid.uuid4().hex[:8]}"
    new = NewRecord(
        item=item,
        subject=case.subject.id,
        subject_kind=case.subject.kind,
        unit="lyg-fy-zy",
        natural_key=sha256_hex(number.encode()),
        adverse=item == "judgment_defaulter",
        disclosure="public",
        decided_on=decided,
        document_number=number,
        facts={"document_number": number, "decided_on": decided.isoformat(), **facts},
        personal={},
        basis="测试",
        batch=uuid.uuid4(),
        row=1,
        file_sha256="cd" * 32,
    )
    append(new=[new], by=Actor.system("intake.release"), edition=case.book.edition)
    if told:
        post_many([Draft(new.id, case.subject.id, "recorded", True, case.day, "测试")])
    return SimpleNamespace(id=new.id, facts=dict(new.facts))
