"""A file for every catalogue item: recognised, checked, taken in, and shown only if it may be."""

import os
from datetime import date

import pytest
from django.test import Client
from tests.journeys.item_rows import ORGANISATION, TRADER, clean, messy, row_of

from chengxin.catalogue.queries import items
from chengxin.catalogue.values import SubjectKind
from chengxin.intake.queries import counts
from chengxin.intake.services import preview, release, submit
from chengxin.kernel.clock import today
from chengxin.policy.queries import current_rulebook
from chengxin.publication.queries import public_facts
from chengxin.register.models import Record
from chengxin.subjects import queries as subjects

ON = date(2026, 11, 20)
BOOK = current_rulebook()
ITEMS = items(BOOK)
OF_EACH_CLASS = {item.class_code: code for code, item in sorted(ITEMS.items())}
# `make prove` takes in a file of every item; the suite one of every class.
TAKEN_IN = sorted(ITEMS if os.environ.get("CHENGXIN_PROVE") else OF_EACH_CLASS.values())


@pytest.mark.parametrize("code", ITEMS)
def test_a_messy_file_is_recognised_and_only_its_bad_row_has_faults(code):
    item = ITEMS[code]
    row = row_of(item, BOOK)

    found = preview(messy(item, row), "表.xlsx", book=BOOK, on=ON)

    assert found.item == code
    assert {one.field for one in found.columns} == set(row)
    assert found.questions == ()
    grave = [fault for fault in found.faults if fault.fault.severity == "error"]
    assert {fault.row for fault in grave} == {4}
    assert "decided_on" in {fault.fault.field for fault in grave}


@pytest.mark.django_db
@pytest.mark.parametrize("code", TAKEN_IN)
def test_a_clean_file_is_taken_in_and_shows_only_what_may_show(code, clerk, reviewer):
    item = ITEMS[code]
    data = clean(item, row_of(item, BOOK))

    batch = submit(
        data=data, filename="表.xlsx", item=code, unit="lyg-scjg", by=clerk, on=ON, book=BOOK
    )
    batch = release(number=batch.number, by=reviewer, on=ON, book=BOOK)

    (record,) = Record.objects.filter(item=code)
    assert counts(batch)["recorded"] == 1
    assert record.adverse is item.adverse
    person = item.subject_kinds[0] is SubjectKind.NATURAL_PERSON
    party = TRADER if item.subject_kinds[0] is SubjectKind.SOLE_TRADER else ORGANISATION
    subject = None if person else subjects.by_code(party["uscc"])
    shown = public_facts(subject.id, on=today(), book=BOOK) if subject else []
    open_to_all = item.disclosure == "public" and not person
    assert [fact.item for fact in shown] == ([code] if open_to_all else [])
    if subject is not None:
        page = Client().get(f"/credit/{subject.public_id}").content.decode()
        assert (item.label in page) is open_to_all
