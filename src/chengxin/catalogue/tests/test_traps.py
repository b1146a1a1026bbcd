"""Items that must never come to be, and items that only look like them."""

import pytest

from chengxin.catalogue.queries import check_items, items
from chengxin.catalogue.trials import try_all
from chengxin.policy.queries import rulebook_folder
from chengxin.policy.services import load_harmless, load_traps

TRAPS, HARMLESS = load_traps(rulebook_folder()), load_harmless(rulebook_folder())


@pytest.fixture(scope="module")
def trials(book):
    return {trial.proposal.code: trial for trial in try_all(TRAPS, book)}


def test_there_are_two_hundred_traps_of_every_kind(book):
    codes = [one.code for one in TRAPS]
    named = {one.data.get("by") for one in TRAPS} - {None}

    assert len(codes) == len(set(codes)) >= 200
    assert sum(one.held_out for one in TRAPS) >= 40
    assert named <= {one.code for one in book.prohibitions}
    assert len(named) >= 14


@pytest.mark.parametrize("trap", TRAPS, ids=lambda one: one.code)
def test_a_trap_is_refused_for_its_reason_and_under_its_law(trap, book, trials):
    trial = trials[trap.code]

    assert trial.refused
    assert trial.as_expected(book), [fault.reason_zh for fault in trial.faults]


def test_every_refusal_cites_a_law(trials):
    for trial in trials.values():
        assert any("《" in fault.reason_zh + fault.way_out_zh for fault in trial.faults)


def test_what_looks_like_a_trap_and_is_none_is_let_through(book):
    assert len(HARMLESS) >= 60
    wrongly = {
        trial.proposal.code: [fault.reason_zh for fault in trial.faults]
        for trial in try_all(HARMLESS, book)
        if trial.refused
    }

    assert wrongly == {}
    assert check_items(book) == []
    assert len(items(book)) >= 32
