"""The worked cases that the rulebook alone can answer; publication runs its own."""

from datetime import date

import pytest

from chengxin.kernel.errors import CreditError
from chengxin.policy.queries import rulebook_folder
from chengxin.policy.services import load_rulebook

SEVERITIES = ("minor", "ordinary", "serious")


def reporting(book, given):
    decided = date.fromisoformat(given["decided_on"])
    days = book.on(decided, "publication.reporting_deadline").value
    due = book.calendar.add_working_days(decided, days)
    return {"due_on": due, "on_time": due, "late": date.fromordinal(due.toordinal() + 1)}


def withdrawal(book, given):
    day = date.fromisoformat(given["set_aside_on"])
    days = book.on(day, "publication.withdrawal_deadline").value
    return {"due_on": book.calendar.add_working_days(day, days)}


def deemed(book, given):
    day = date.fromisoformat(given["posted_on"])
    days = book.on(day, "notice.deemed_delivery").value
    return {"delivered_on": book.calendar.add_working_days(day, days)}


def working(book, given):
    return {"working": book.calendar.is_working_day(date.fromisoformat(given["day"]))}


def severity(book, given):
    if "severity" in given:
        return {"severity": given["severity"]}
    day, kinds = date.fromisoformat(given["decided_on"]), given["penalty_kind"].split(";")
    found = [book.on_key(day, "severity.by_penalty_kind", kind) for kind in kinds]
    gravest = max(found, key=lambda answer: SEVERITIES.index(answer.value))
    return {"severity": gravest.value, "status": gravest.status}


VERBS = {
    "deadline.reporting": reporting,
    "deadline.withdrawal": withdrawal,
    "notice.deemed_delivery": deemed,
    "calendar.working_day": working,
    "severity.of": severity,
}
OF_MEASURES = ("lists.decide", "lists.standing", "lists.propose_measures", "measures.impose")
BOOK = load_rulebook(rulebook_folder())
ANSWERED = [one for one in BOOK.scenarios if one.when["verb"] in VERBS]


@pytest.mark.parametrize("scenario", ANSWERED, ids=lambda one: one.code)
def test_the_rulebook_answers_as_the_scenario_says(scenario):
    try:
        found = VERBS[scenario.when["verb"]](BOOK, scenario.given)
    except CreditError as refusal:
        found = {"refused": refusal.code}

    plain = {key: one.isoformat() if isinstance(one, date) else one for key, one in found.items()}
    assert {key: plain.get(key) for key in scenario.then} == dict(scenario.then)


def test_every_scenario_asks_for_a_verb_somebody_answers():
    assert len(BOOK.scenarios) >= 12
    others = {"publication.window", "evaluation.judge", "repair.way_out", *OF_MEASURES}
    assert {one.when["verb"] for one in BOOK.scenarios} - set(VERBS) <= others
