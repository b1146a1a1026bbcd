"""What an explanation says, what the public is told of it, and who may not look."""

from datetime import timedelta

import pytest

from chengxin.audit.models import AuditEntry
from chengxin.catalogue import queries as catalogue
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.clock import now, today
from chengxin.kernel.errors import NotPermitted
from chengxin.policy.queries import current_rulebook
from chengxin.register.services import revoke
from chengxin.replay.errors import NobodyThen, NotForPersons, NotKnownYet, ReplayPurposeNeeded
from chengxin.replay.queries import public_explanation, stood
from chengxin.replay.rules import compare
from chengxin.replay.services import explain
from chengxin.subjects import queries as subjects
from chengxin.subjects.errors import UnknownSubject
from chengxin.web.tests.samples import PORT, append_fact, import_city

pytestmark = pytest.mark.django_db
PURPOSES = ("statutory_duty", "own_report")
OFFICER = Actor("auditor", "审核员", "lyg-xyzx", {"replay.explain": Scope.ALL})


@pytest.fixture
def town(db):
    city = import_city()
    return {"firm": city[PORT], "record": append_fact(city[PORT], "penalty")}


def look(by=OFFICER, *, purpose="statutory_duty", code=PORT, on=None, known=None):
    return explain(
        code=code, on=on or today(), known=known or now(), purpose=purpose,
        known_purposes=PURPOSES, by=by,
    )  # fmt: skip


def test_every_record_says_whether_it_showed_by_which_sentence_and_whose_it_was(town):
    (record,) = stood(PORT, on=today(), known=now()).records

    assert record.record == str(town["record"])
    assert record.shown
    assert record.reason_zh == "依法公示"
    longest = next(rule for rule in record.rules if rule.role == "maximum_term")
    book = current_rulebook()
    answer = book.on(longest.selected_by, longest.parameter)
    assert (longest.value, longest.basis) == (str(answer.value["serious"]), str(answer.basis))
    assert record.passport["basis"]
    assert record.link.entry == str(town["firm"].id)


def test_before_it_was_entered_nobody_was_there_and_before_it_came_in_nothing_stood(town):
    since = subjects.known_since([town["firm"].id])[town["firm"].id]

    assert stood(PORT, on=today(), known=since).records == ()
    with pytest.raises(NobodyThen):
        stood(PORT, on=today(), known=since - timedelta(days=1))
    with pytest.raises(NotKnownYet):
        stood(PORT, on=today(), known=now() + timedelta(minutes=1))
    with pytest.raises(UnknownSubject):
        stood("没有这家", on=today(), known=now())


def test_a_natural_person_is_refused_with_a_sentence(town):
    with pytest.raises(NotForPersons) as refusal:
        look(code="11010519491231002X")

    assert "自然人" in refusal.value.text("zh")


def test_what_has_left_publication_is_not_brought_back_for_the_public(town):
    then = now()
    before = public_explanation(PORT, on=today(), known=then)
    basis = catalogue.item(current_rulebook(), "penalty").basis[0]
    clerk = Actor("clerk", "经办", "lyg-scjg", {"register.revoke": Scope.ALL})
    revoke(record_id=town["record"], reason="已撤销", basis=basis, by=clerk, on=today(),
           edition=current_rulebook().edition)  # fmt: skip

    after = public_explanation(PORT, on=today(), known=then)
    whole = look(known=then)

    assert [one.record for one in before.records] == [str(town["record"])]
    assert after.records == ()
    assert (after.served, after.happened, after.consequences) == ("", (), ())
    assert [one.shown for one in whole.records] == [True]
    (gone,) = compare(whole, look())
    assert (gone.how, gone.what) == ("changed", "record")
    assert ("依法公示", "认定文书已撤销") in {(one.before, one.after) for one in gone.changes}


def test_each_look_is_noted_with_its_purpose_and_so_is_each_refusal(town):
    found = look()
    with pytest.raises(ReplayPurposeNeeded):
        look(purpose="curiosity")

    noted = AuditEntry.objects.order_by("-sequence")[:2]
    assert [one.verb for one in noted] == ["replay.explain.refused", "replay.explain"]
    assert noted[1].target == f"subject:{town['firm'].public_id}"
    assert noted[1].facts["digest"] == found.digest


@pytest.mark.parametrize(
    "actor",
    [
        Actor("clerk", "经办", "lyg-scjg", {}),
        Actor("clerk", "经办", "lyg-scjg", {"replay.explain": Scope.OWN_UNIT}),
        Actor("clerk", "经办", "lyg-scjg", {"register.read": Scope.ALL}),
    ],
)
def test_without_the_power_over_all_units_nobody_looks(town, actor):
    with pytest.raises(NotPermitted):
        look(actor)


def test_an_organisation_looks_at_itself_and_at_nobody_else(town):
    own = {"replay.explain": Scope.OWN_SUBJECT}
    agent = Actor("agent", "代理人", "", own, town["firm"].id)
    other = subjects.by_code("93320722MA00TT119L")

    found = look(agent, purpose="own_report")

    assert found.whole
    assert {one.by for one in found.happened} == {""}
    assert found.happened[0].unit
    with pytest.raises(NotPermitted):
        look(agent, purpose="own_report", code=other.code)
