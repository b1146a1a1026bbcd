"""When a fact shows, and when it must not."""

from datetime import date

import pytest

from chengxin.catalogue import queries as catalogue
from chengxin.policy.queries import current_rulebook
from chengxin.publication.rules import severity_of, showing
from chengxin.publication.values import Case

BOOK = current_rulebook()
PENALTY, PERMIT = catalogue.item(BOOK, "penalty"), catalogue.item(BOOK, "permit")


def penalty(decided_on=date(2026, 5, 31), kinds="fine", **changes):
    facts = {"penalty_kind": kinds} | changes.pop("facts", {})
    usual = {
        "subject_kind": "legal_person",
        "disclosure": "public",
        "adverse": True,
        "decided_on": decided_on,
        "recorded_on": date(2026, 6, 8),
        "delivered_on": date(2026, 6, 3),
        "facts": facts,
    }
    return Case(**(usual | changes))


def shown(case, item=PENALTY):
    return showing(case, item, BOOK)


def test_an_ordinary_penalty_shows_for_a_year_from_its_decision():
    found = shown(penalty())
    assert (found.since, found.until) == (date(2026, 6, 8), date(2027, 5, 31))
    assert found.on(date(2027, 5, 30))
    assert not found.on(date(2027, 5, 31))


def test_a_serious_penalty_shows_for_three_years():
    assert shown(penalty(kinds="fine;revoke_permit")).until == date(2029, 5, 31)


def test_a_minor_penalty_does_not_show():
    assert shown(penalty(kinds="warning")).reason == "minor"


def test_the_authority_s_own_severity_counts_before_the_kind_of_penalty():
    case = penalty(facts={"severity": "minor"})
    assert severity_of(case, BOOK)[0] == "minor"
    assert shown(case).since is None


def test_without_delivered_notice_an_adverse_fact_does_not_show():
    assert shown(penalty(delivered_on=None)).reason == "not_notified"


def test_it_starts_when_the_notice_counts_as_delivered():
    assert shown(penalty(delivered_on=date(2026, 6, 19))).since == date(2026, 6, 19)


@pytest.mark.parametrize("item", [PENALTY, PERMIT])
@pytest.mark.parametrize("adverse", [True, False])
def test_a_natural_person_s_record_never_shows(item, adverse):
    found = shown(penalty(subject_kind="natural_person", adverse=adverse), item)
    assert (found.since, found.reason) == (None, "person")


@pytest.mark.parametrize("disclosure", ["shared", "by_consent", "closed"])
def test_a_class_that_is_not_public_does_not_show(disclosure):
    assert shown(penalty(disclosure=disclosure)).reason == "class"


def test_a_decision_before_april_2026_keeps_the_term_of_its_day():
    found = shown(penalty(decided_on=date(2026, 3, 31)))
    assert found.until == date(2029, 3, 31)


def test_a_revoked_decision_stops_showing_on_that_day():
    found = shown(penalty(revoked_on=date(2026, 7, 1)))
    assert found.on(date(2026, 6, 30))
    assert not found.on(date(2026, 7, 1))


def test_a_repaired_fact_stops_showing_on_the_day_it_ends():
    assert shown(penalty(ended_on=date(2026, 9, 1))).until == date(2026, 9, 1)


def test_every_adverse_fact_that_shows_has_an_end():
    for kind in BOOK.codelists["penalty_kind"].by_code:
        for decided_on in (date(2019, 2, 28), date(2024, 2, 29), date(2026, 4, 1)):
            found = shown(penalty(decided_on=decided_on, kinds=kind))
            assert found.since is None or found.until is not None, kind


def permit(**changes):
    return penalty(adverse=False, delivered_on=None, **changes)


def test_a_permit_shows_through_the_last_day_of_its_validity():
    found = shown(permit(facts={"valid_until": "2027-05-30"}), PERMIT)
    assert found.on(date(2027, 5, 30))
    assert not found.on(date(2027, 5, 31))


def test_a_permit_without_end_shows_without_end():
    assert shown(permit(facts={"valid_until": "2099-12-31"}), PERMIT).until is None
