"""A town to which anything lawful may happen, in any order; what it served is noted each time."""

import json
import random
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from django.test import Client

from chengxin.catalogue import queries as catalogue
from chengxin.evaluation import services as evaluation
from chengxin.evaluation.models import Evaluation
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.canonical import canonical_json, sha256_hex
from chengxin.kernel.clock import now, today
from chengxin.kernel.errors import CreditError
from chengxin.law.values import Basis
from chengxin.measures import services as measures
from chengxin.measures.models import ListEntry
from chengxin.measures.values import Service
from chengxin.notices.models import Notice
from chengxin.notices.services import acknowledge
from chengxin.policy.queries import current_rulebook, reload_rulebook
from chengxin.policy.services.keeping import take_up_edition
from chengxin.register import services as register
from chengxin.register.models import LinkCase
from chengxin.register.queries import state
from chengxin.replay.queries import edition_of, served_file, stood, whom
from chengxin.subjects import services as merging
from chengxin.subjects.models import Merge
from chengxin.web.tests.samples import COOPERATIVE, PORT, append_fact, import_city

TERM = "national/parameters/publication.maximum_term.yaml"
MAY = (
    "register.correct", "register.revoke", "register.unlink", "register.end_publication",
    "register.open_case", "register.decide_case", "notices.acknowledge", "subjects.propose_merge",
    "subjects.confirm_merge", "subjects.split", "evaluation.run", "evaluation.serve",
    "measures.propose_entry", "measures.give_notice",
)  # fmt: skip


def officer(login):
    return Actor(login, login, "lyg-scjg", dict.fromkeys(MAY, Scope.ALL))


CLERK, HEAD = officer("clerk"), officer("head")
SYSTEM = Actor.system("rulebook.keep", "rulebook.take_up")


@dataclass
class Served:
    """What was answered for a code and a day at a moment: the API's answer, and all that stood."""

    code: str
    on: date
    at: datetime
    answer: bytes
    digest: str
    whole: bytes


@dataclass
class History:
    """`step` does one act at random; `ask` notes what is served; `differing` replays it all."""

    dice: random.Random
    rulebook: Path
    served: list[Served] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    records: list = field(default_factory=list)

    def begin(self):
        """Two firms, each with a penalty and a permit, under the first edition."""
        reload_rulebook()
        take_up_edition(root=self.rulebook, by=SYSTEM)
        self.city = import_city()
        for firm in (PORT, COOPERATIVE):
            for item in ("permit", "penalty"):
                self.records.append(append_fact(self.city[firm], item))
        self.penalty = self.records[1]
        return self

    @property
    def book(self):
        return current_rulebook()

    def step(self, act=""):
        acts = ("add", "correct", "revoke", "end", "move", "merge", "split", "doubt", "decide",
                "acknowledge", "evaluate", "list", "rule")  # fmt: skip
        name = act or self.dice.choice(acts)
        with suppress(CreditError):  # not lawful just now; then nothing happened
            getattr(self, f"_{name}")()
            self.done.append(name)

    def ask(self, times=1):
        """Ask the API, and what stands, for some organisation and day, as anyone does now."""
        for _ in range(times):
            code = self.dice.choice((PORT, COOPERATIVE))
            on = today() - timedelta(days=self.dice.choice((0, 0, 1, 20, 400)))
            got = Client().get(f"/api/v1/organisations/{code}?on={on.isoformat()}")
            assert got.status_code == 200, got.content
            answer = canonical_json(json.loads(got.content))
            moment = now()
            whole = stood(code, on=on, known=moment).bytes()
            digest = got["X-Chengxin-Digest"]
            self.served.append(Served(code, on, moment, answer, digest, whole))

    def differing(self):
        """Everything ever served that is not given back byte for byte."""
        return [one for one in self.served if not _same(one)]

    def change_rule(self, months):
        """Another longest term in the files, and so another edition, in use from now."""
        path = self.rulebook / TERM
        before = path.read_text(encoding="utf-8")
        first, rest = before.split("ordinary: ", 1)
        path.write_text(f"{first}ordinary: {months}{rest[rest.index(',') :]}", encoding="utf-8")
        reload_rulebook()
        take_up_edition(root=self.rulebook, by=SYSTEM)

    def _any(self):
        return self.dice.choice(self.records)

    def _how(self, verb, record=None, **facts):
        record = record or self._any()
        found = state(record, on=today(), known=now())
        basis: Basis = catalogue.item(self.book, found.item).basis[0]
        verb(record_id=record, basis=basis, reason="依法办理", by=CLERK, on=today(), **facts)

    def _add(self):
        firm = self.city[self.dice.choice((PORT, COOPERATIVE))]
        severity = self.dice.choice(("serious", "ordinary", "minor", None))
        item, days = self.dice.choice(("permit", "penalty")), self.dice.choice((3, 100, 370))
        day = today() - timedelta(days=days)
        self.records.append(append_fact(firm, item, decided_on=day, severity=severity))

    def _correct(self):
        text = f"当事人的宣传与实际不符（{self.dice.randrange(1000)}）。"
        self._how(register.correct, self.penalty, changes={"breach_facts": text}, book=self.book)

    def _revoke(self):
        self._how(register.revoke, edition=self.book.edition)

    def _end(self):
        self._how(register.end_publication, edition=self.book.edition)

    def _move(self):
        """Undo a link, and settle it anew, with either firm."""
        record = self._any()
        found = state(record, on=today(), known=now())
        basis = catalogue.item(self.book, found.item).basis[0]
        edition = self.book.edition
        if found.subject is not None:
            register.unlink(record_id=record, reason="有误", basis=basis, by=HEAD, on=today(),
                            edition=edition)  # fmt: skip
        else:
            firm = self.city[self.dice.choice((PORT, COOPERATIVE))]
            register.link_again(record_id=record, subject=firm.id, kind=firm.kind,
                                evidence={"rule": "person", "reason": "已核对"}, by=CLERK,
                                basis=str(basis), edition=edition)  # fmt: skip

    def _merge(self):
        kept, absorbed = self.dice.sample((PORT, COOPERATIVE), 2)
        names = [self.city[one].public_id for one in (kept, absorbed)]
        made = merging.propose_merge(
            kept=names[0], absorbed=names[1], document="证明", reason="同一主体", by=CLERK,
            on=today(), book=self.book,
        )  # fmt: skip
        merging.decide_merge(merge_id=made.id, confirm=True, reason="属实", by=HEAD, on=today())

    def _split(self):
        made = Merge.objects.filter(state="confirmed").first()
        if made:
            merging.split(merge_id=made.id, reason="有误", by=CLERK, on=today())

    def _doubt(self):
        register.open_case(record_id=self._any(), on_behalf_of="测试人", statement="与我无关",
                           by=CLERK, on=today(), book=self.book)  # fmt: skip

    def _decide(self):
        case = LinkCase.objects.filter(state="open").first()
        if case:
            register.close_case(number=case.number, upheld=False, reason="属实", by=HEAD,
                                on=today(), book=self.book)  # fmt: skip

    def _acknowledge(self):
        notice = Notice.objects.filter(acknowledged_on=None).order_by("posted_at").last()
        if notice:
            day = today() - timedelta(days=self.dice.choice((0, 15)))
            acknowledge(notice_id=notice.id, by=CLERK, on=day)

    def _evaluate(self):
        evaluation.evaluate_one(model="comprehensive", subject=self.city[PORT].id, on=today(),
                                known=now(), by=HEAD, book=self.book)  # fmt: skip
        worse = Evaluation.objects.filter(worse=True).order_by("made_at").last()
        if worse and self.dice.random() < 0.5:
            evaluation.serve(evaluation_id=worse.id, served_on=today(), by=HEAD, on=today(),
                             book=self.book)  # fmt: skip

    def _list(self):
        waiting = ListEntry.objects.order_by("proposed_at").last()
        if waiting and self.dice.random() < 0.5:
            measures.give_notice(entry_id=waiting.id, how=Service.HANDED, given_on=today(),
                                 by=CLERK, on=today(), book=self.book)  # fmt: skip
            return
        measures.propose_entry(
            list_code="samr", evidence=self._any(), facts="虚假宣传。", reason="情节严重。",
            by=CLERK, on=today(), book=self.book,
        )  # fmt: skip

    def _rule(self):
        self.change_rule(self.dice.randrange(4, 36))


def _same(one: Served) -> bool:
    book, _ = edition_of(one.at)
    subject = whom(one.code, known=one.at)
    again = canonical_json(served_file(subject, on=one.on, at=one.at, book=book))
    whole = stood(one.code, on=one.on, known=one.at)
    kept = again == one.answer and sha256_hex(again) == one.digest == whole.served
    return kept and whole.bytes() == one.whole
