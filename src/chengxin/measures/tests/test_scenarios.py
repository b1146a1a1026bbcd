"""The rulebook's scenarios about lists and measures, word for word as a lawyer wrote them."""

from datetime import date

import pytest

from chengxin.kernel.errors import CreditError
from chengxin.measures.errors import NoNoticeNoEffect
from chengxin.measures.rules import (
    advance,
    begin,
    ends_on,
    fold,
    imposition_lacks,
    removal_from,
    standing_state,
    waits_until,
)
from chengxin.measures.values import Act, EntryAct, Imposition
from chengxin.policy.queries import current_rulebook
from chengxin.policy.values import BusinessKind, Effect

BOOK = current_rulebook()
WORDS = {"reason": "理由", "remedy": "救济", "document": "1号", "approval": "同意"}


def day(given, name):
    return date.fromisoformat(given[name]) if name in given else None


def words(given):
    return {name: "" if name in given.get("missing", ()) else text for name, text in WORDS.items()}


def decide(given):
    listed, told, on = (
        BOOK.credit_list(given["list"]),
        day(given, "told_on"),
        day(given, "decided_on"),
    )
    life = begin(given["proposed_by"], day(given, "notified_on"))
    acts = [Act(EntryAct.NOTIFIED, life.last_on, "clerk")]
    if given.get("hearing_asked"):
        acts.append(Act(EntryAct.STATED, life.last_on, "clerk", hearing=True))
    if given.get("heard"):
        acts.append(Act(EntryAct.HEARD, life.last_on, "clerk"))
    waits = waits_until(listed.statement_period, told, BOOK).value if told else None
    act = Act(
        EntryAct.DECIDED, on, given["decided_by"], told_on=told, waits_until=waits, **words(given)
    )
    try:
        after = advance(fold(life, acts), act, needs_approval=listed.approval)
    except NoNoticeNoEffect as refusal:
        return {"lacks": list(refusal.lacks)}
    return {
        "state": after.state.value,
        "since": waits,
        "until": ends_on(listed, on, BOOK).value,
        "earliest_end": removal_from(listed, on, BOOK).value,
        "lacks": [],
    }


def standing(given):
    listed, on, decided = (
        BOOK.credit_list(given["list"]),
        day(given, "day"),
        day(given, "decided_on"),
    )
    acts = [
        Act(EntryAct.NOTIFIED, decided, "clerk"),
        Act(EntryAct.DECIDED, decided, "head"),
        Act(EntryAct.SERVED, day(given, "told_on") or on, "clerk", told_on=day(given, "told_on")),
        Act(EntryAct.REMOVED, day(given, "removed_on") or on, "head"),
    ]
    known = acts[: 2 + ("told_on" in given) + ("removed_on" in given)]
    life = fold(begin("clerk", decided), [act for act in known if act.on <= on])
    end = ends_on(listed, decided, BOOK).value
    return {"state": standing_state(life, on, end, listed.until).value, "until": end}


def propose(given):
    kind = BusinessKind.of(given["subject_kind"])
    found = BOOK.consequences.triggered_by(given["list"])
    return {"measures": sorted(one.code for one in found if kind in one.subject_kinds)}


def impose(given):
    rule, told = BOOK.measure(given["measure"]), day(given, "told_on")
    constraint = rule.effect is Effect.CONSTRAINT
    waits = waits_until(rule.waiting_period, told, BOOK).value if constraint and told else None
    said = words(given)
    asked = Imposition(
        constraint, given["subject_kind"], day(given, "day"), given["decided_by"],
        given["proposed_by"], said["reason"], said["remedy"], told, waits,
    )  # fmt: skip
    return {"lacks": list(imposition_lacks(asked)), "since": waits}


VERBS = {
    "lists.decide": decide,
    "lists.standing": standing,
    "lists.propose_measures": propose,
    "measures.impose": impose,
}
ANSWERED = [one for one in BOOK.scenarios if one.when["verb"] in VERBS]


@pytest.mark.parametrize("scenario", ANSWERED, ids=lambda one: one.code)
def test_lists_and_measures_are_as_the_scenario_says(scenario):
    try:
        found = VERBS[scenario.when["verb"]](scenario.given)
    except CreditError as refusal:
        found = {"refused": refusal.code}

    plain = {key: one.isoformat() if isinstance(one, date) else one for key, one in found.items()}
    assert {key: plain.get(key) for key in scenario.then} == dict(scenario.then)


def test_the_scenarios_speak_of_every_list_and_every_measure():
    lists = {one.given["list"] for one in ANSWERED if "list" in one.given}
    proposed = {code for one in ANSWERED for code in one.then.get("measures", ())}
    assert len(ANSWERED) >= 25
    assert lists == set(BOOK.consequences.lists)
    assert proposed == set(BOOK.consequences.measures)
