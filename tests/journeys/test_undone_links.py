"""A link undone and made again: exact each time, in nobody's file between, nothing doubled."""

from dataclasses import asdict

import pytest
from django.db import DatabaseError, transaction
from tests.journeys.links import CODE, NUMBER, OTHER, OTHER_CODE, PERSON, WRONG_NAME, officer, shown

from chengxin.intake.models import Row
from chengxin.intake.queries import counts
from chengxin.kernel.canonical import canonical_json, sha256_hex
from chengxin.kernel.clock import now, today
from chengxin.kernel.errors import NotPermitted
from chengxin.notices.models import Notice
from chengxin.publication.queries import fact, public_fact, public_facts
from chengxin.register import queries as register
from chengxin.register.errors import NotLinked, OwnLink, ReasonNeeded
from chengxin.register.models import Record, RecordLink
from chengxin.reports.queries import stands
from chengxin.reports.services import PUBLIC, issue
from chengxin.subjects import queries as subjects

pytestmark = pytest.mark.django_db
TIMES = {"recorded_at", "revoked_at", "proof"}  # moments; the rest must be equal


def state_of(row, book):
    """All that register and publication say of both firms, and the row, as one digest."""
    row.refresh_from_db()
    said = {"row": [row.state, row.subject, row.record, row.values, row.faults, row.evidence]}
    for code in (CODE, OTHER_CODE):
        view = subjects.by_code(code)
        held = register.records_of(view.id, on=today(), known=now())
        public = public_facts(view.id, on=today(), book=book)
        said[code] = {
            "view": asdict(view),
            "found": [asdict(hit) for hit in subjects.search(view.name)],
            "register": [timeless(asdict(one)) for one in held],
            "public": [[asdict(v) for v in f.fields] for f in public],
            "passports": [timeless(f.passport.as_json()) for f in public],
        }
    said["totals"] = register.totals()["by_item"]
    return sha256_hex(canonical_json(said))


def timeless(content):
    return {name: value for name, value in content.items() if name not in TIMES}


def test_undone_and_redone_every_state_is_exactly_the_earlier_one(doubtful, book, choose, undo):
    before = state_of(doubtful, book)
    choose(doubtful)
    linked_state, record = state_of(doubtful, book), doubtful.record
    assert linked_state != before

    undo(record)
    assert state_of(doubtful, book) == before
    choose(doubtful)
    assert state_of(doubtful, book) == linked_state
    assert Record.objects.filter(document_number=NUMBER).count() == 1
    assert Notice.objects.filter(about=record).count() == 1


def test_undone_it_is_in_nobody_s_file_and_a_report_that_quoted_it_no_longer_stands(
    doubtful, book, choose, undo
):
    choose(doubtful)
    record, firm = doubtful.record, subjects.by_code(CODE)
    report = issue(subject=firm.id, on=today(), by=PUBLIC, book=book).report
    assert stands(report, book)

    undo(record)
    assert record not in shown(CODE, book)
    assert public_fact(record, on=today(), book=book) is None
    assert fact(record, on=today(), book=book).showing.reason == "unlinked"
    assert not stands(report, book)
    assert register.totals()["by_item"]["penalty"] == 2


def test_it_can_be_linked_to_another_and_shows_only_once_that_one_was_told(
    doubtful, book, choose, undo
):
    choose(doubtful)
    undo(doubtful.record)
    choose(doubtful, OTHER_CODE)
    assert doubtful.record in shown(OTHER_CODE, book)  # served with the decision
    assert doubtful.record not in shown(CODE, book)
    told = Notice.objects.filter(about=doubtful.record).values_list("to_subject", flat=True)
    assert set(told) == {subjects.by_code(one).id for one in (CODE, OTHER_CODE)}


def test_being_told_is_of_no_use_to_another(linked, book, choose, undo):
    linked({})
    linked(OTHER)
    row = Row.objects.get(batch=linked({**WRONG_NAME, "served_on": ""}))
    choose(row)
    record = row.record
    Notice.objects.filter(about=record).update(acknowledged_on=today())
    assert record in shown(CODE, book)
    undo(record)
    row.refresh_from_db()
    choose(row, OTHER_CODE)
    assert record not in shown(OTHER_CODE, book)


def test_looking_back_officers_see_what_stood_and_the_public_no_undone_fact(
    doubtful, book, choose, undo
):
    choose(doubtful)
    record, firm, moment = doubtful.record, subjects.by_code(CODE).id, now()
    undo(record)
    then = register.records_of(firm, on=today(), known=moment)
    assert record in {one.id for one in then}
    assert record not in {one.id for one in register.records_of(firm, on=today(), known=now())}
    assert fact(record, on=today(), book=book, known=moment).subject == firm
    assert record not in shown(CODE, book, known=moment)


def test_a_link_made_by_rule_is_undone_too_and_its_line_waits_with_all_it_said(
    linked, book, undo, auditor, choose
):
    batch = linked({})
    record = Record.objects.get()
    row = undo(record.id)
    batch.refresh_from_db()
    assert counts(batch) == {"awaiting_match": 1}
    assert (row.number, row.values["document_number"]) == (record.row, record.document_number)
    assert shown(CODE, book) == set()
    choose(row)
    assert counts(batch) == {"recorded": 1}
    assert (row.record, Record.objects.count()) == (record.id, 1)
    assert shown(CODE, book) == {record.id}


def test_who_made_or_released_a_link_does_not_undo_it_nor_another_unit(
    doubtful, choose, undo, stranger
):
    both = officer("reviewer", "register.unlink")
    choose(doubtful)
    with pytest.raises(OwnLink):
        undo(doubtful.record, by=both)
    with pytest.raises(NotPermitted):
        undo(doubtful.record, by=stranger)
    with pytest.raises(ReasonNeeded):
        undo(doubtful.record, reason=" ")
    undo(doubtful.record)
    with pytest.raises(NotLinked):
        undo(Record.objects.get(document_number=NUMBER).id)


def test_a_person_s_record_is_never_linked_to_an_organisation(linked, undo):
    linked({}, PERSON)
    record = Record.objects.get(subject_kind="natural_person")
    undo(record.id)
    link = RecordLink.objects.get()
    firm = subjects.by_code(CODE)
    with pytest.raises(DatabaseError), transaction.atomic():
        RecordLink.objects.create(
            id=record.id, record=record, subject_id=firm.id, subject_kind=firm.kind,
            known_at=now(), reason="x", basis="x", login="x", unit="x", edition="x",
        )  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        RecordLink.objects.filter(id=link.id).update(reason="another")
