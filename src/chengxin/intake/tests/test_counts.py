"""The monthly count and decisions found elsewhere: what is filed, and who may not."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from chengxin.audit.models import AuditEntry
from chengxin.intake.ledger.models import CountForm, CountReview, FoundDecision
from chengxin.intake.refusals import ReasonMissing, UnknownUnit
from chengxin.intake.rules.counting import Count, Find, due_on, items_of, problems
from chengxin.intake.services.counting import (
    confirm_count,
    file_count,
    note_found,
    send_back_count,
)
from chengxin.intake.slips import (
    AlreadyReported,
    CountChanged,
    CountDecided,
    CountFaulty,
    CountNotAsked,
    FindFaulty,
    OwnCount,
    UnknownCount,
)
from chengxin.kernel.actor import Actor
from chengxin.kernel.errors import NotPermitted
from chengxin.oversight.tests.conftest import (
    AUDITOR,
    BOOK,
    CLERK,
    REVIEWER,
    STRANGER,
    UNIT,
    WINDOW,
    send,
    someone,
)

pytestmark = pytest.mark.django_db
__all__ = ["send", "someone"]  # fixtures
OCTOBER, TODAY = date(2026, 10, 1), date(2026, 11, 5)
COUNT = Count(UNIT, "penalty", OCTOBER, produced=0, published=0, reported=0)
REASONS = BOOK.codelist("unreported_basis")


def file(count=COUNT, after=0, by=CLERK, on=TODAY):
    return file_count(count=count, after=after, by=by, on=on, book=BOOK)


def test_a_count_is_due_by_the_tenth_for_the_items_the_rule_names():
    assert due_on(OCTOBER, BOOK) == date(2026, 11, 10)
    assert due_on(date(2026, 12, 1), BOOK) == date(2027, 1, 10)
    assert items_of(OCTOBER, BOOK) == ("permit", "penalty")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"produced": 5, "reported": 6}, "produced"),
        ({"produced": 5, "reported": 3, "unreported": {"privacy": 3}}, "produced"),
        ({"produced": 1, "published": 2, "published_url": "https://a"}, "published"),
        ({"produced": 1, "published": 1}, "published_url"),
        ({"produced": 1, "published": 1, "published_url": "javascript:x"}, "published_url"),
        ({"produced": 1, "reported": 1}, "explanation"),
        ({"produced": 1, "unreported": {"shame": 1}}, "unreported"),
        ({"produced": -1}, "produced"),
    ],
)
def test_what_does_not_add_up_is_named_by_its_field(change, field):
    found = list(problems(replace(COUNT, **change), held=0, version=1, reasons=REASONS))
    assert field in {one.name for one in found}
    assert all(one.zh and one.en for one in found)


def test_a_count_is_kept_with_what_the_system_held_and_noted(send):
    send(on=date(2026, 10, 20), decided={date(2026, 10, 15): 4, date(2026, 9, 30): 2}, awaiting=1)
    form = file(replace(COUNT, produced=8, reported=5, unreported={"minor": 2, "privacy": 0}))
    assert (form.held, form.unexplained, form.unreported) == (5, 1, {"minor": 2})
    assert form.on_time
    note = AuditEntry.objects.get(verb="intake.file_count")
    assert note.facts["unexplained"] == 1


def test_zero_is_a_count_too():
    assert file().produced == 0


def test_a_month_that_is_not_over_and_an_item_no_rule_asks_are_refused():
    with pytest.raises(CountNotAsked):
        file(replace(COUNT, month=date(2026, 11, 1)))
    with pytest.raises(CountNotAsked):
        file(replace(COUNT, item="honours"))
    with pytest.raises(UnknownUnit):
        file(replace(COUNT, unit="lyg-nowhere"), by=Actor.system("intake.count"))


def test_a_correction_is_a_new_version_and_the_old_one_stays():
    file()
    with pytest.raises(CountChanged):
        file()
    with pytest.raises(CountFaulty):
        file(replace(COUNT, produced=2), after=1)
    second = file(replace(COUNT, produced=2, correction="漏计二件"), after=1)
    assert second.version == 2
    assert [one.produced for one in CountForm.objects.order_by("version")] == [0, 2]


@pytest.mark.parametrize("by", [REVIEWER, STRANGER, AUDITOR, WINDOW])
def test_only_the_unit_s_own_data_officer_files(by):
    with pytest.raises(NotPermitted):
        file(by=by)
    assert not CountForm.objects.exists()


def test_a_second_officer_of_the_unit_confirms_once():
    form = file()
    act = {"form_id": form.id, "on": TODAY, "book": BOOK}
    for by in (CLERK, STRANGER, AUDITOR):
        with pytest.raises(NotPermitted):
            confirm_count(by=by, **act)
    with pytest.raises(OwnCount):
        confirm_count(by=replace(REVIEWER, login="clerk"), **act)
    confirm_count(by=REVIEWER, **act)
    assert CountReview.objects.get().confirmed
    with pytest.raises(CountDecided):
        send_back_count(reason="改", by=REVIEWER, **act)


def test_a_version_that_was_overtaken_is_not_confirmed():
    form = file()
    file(replace(COUNT, produced=1, correction="漏"), after=1)
    with pytest.raises(CountDecided):
        confirm_count(form_id=form.id, by=REVIEWER, on=TODAY, book=BOOK)


def test_sending_back_needs_a_reason_and_a_count_that_is_there():
    form = file()
    with pytest.raises(ReasonMissing):
        send_back_count(form_id=form.id, reason=" ", by=REVIEWER, on=TODAY, book=BOOK)
    with pytest.raises(UnknownCount):
        confirm_count(form_id=BOOK_ID, by=REVIEWER, on=TODAY, book=BOOK)


BOOK_ID = "00000000-0000-0000-0000-000000000000"


def test_what_was_filed_cannot_be_changed_in_the_table():
    form = file()
    with pytest.raises(DatabaseError), transaction.atomic():
        CountForm.objects.filter(id=form.id).update(produced=99)


FIND = Find(UNIT, "penalty", " 连市监罚〔2026〕7号 ", date(2026, 10, 9), "own_site", "https://a")


def note(find=FIND, by=AUDITOR):
    return note_found(find=find, by=by, on=TODAY, book=BOOK)


def test_a_find_is_noted_once_and_only_while_unreported(send):
    assert note().document_number == "连市监罚〔2026〕7号"
    with pytest.raises(FindFaulty):
        note()
    send(on=date(2026, 10, 20), decided={date(2026, 10, 15): 1})
    with pytest.raises(AlreadyReported):
        note(replace(FIND, document_number="示例〔2026〕2号"))
    assert FoundDecision.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"document_number": " "},
        {"decided_on": date(2026, 11, 6)},
        {"found_where": "rumour"},
        {"item": "gossip"},
    ],
)
def test_a_find_that_says_too_little_is_refused(change):
    with pytest.raises(FindFaulty):
        note(replace(FIND, **change))


@pytest.mark.parametrize("by", [CLERK, REVIEWER, STRANGER, WINDOW])
def test_only_the_centre_notes_what_it_found(by):
    with pytest.raises(NotPermitted):
        note(by=by)
