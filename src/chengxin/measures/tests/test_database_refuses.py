"""Direct SQL by the owner of the tables: an effect without its guarantees cannot be stored."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from chengxin.measures.models import EntryEvent, ListEntry, MeasureCase, MeasureEvent
from chengxin.notices.services import post_many
from chengxin.notices.values import Draft

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)


def insert(table, **values):
    columns = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join(["%s"] * len(values))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(values.values()))


def refused(because, table, **values):
    with pytest.raises(DatabaseError, match=because):
        insert(table, **values)


def event(case, kind, on, **changed):
    usual = {
        "entry_id": case.entry.id, "kind": kind, "effective_on": on, "known_at": "2026-01-01",
        "login": "head", "unit": "lyg-scjg", "reason": "理由", "remedy": "可以申请复议",
        "document_number": "1号", "approval": "", "told_on": case.day, "waits_until": case.waited,
        "hearing": False, "basis": "《某法》", "edition": "x",
    }  # fmt: skip
    return usual | changed


def test_the_test_itself_may_write_what_is_lawful(case):
    case.notified()
    insert("measures_entryevent", **event(case, "decided", case.waited))
    assert EntryEvent.objects.filter(kind="decided").count() == 1


def test_a_decision_without_a_notice_is_refused(case):
    case.entry = case.propose()
    refused("a delivered notice", "measures_entryevent", **event(case, "decided", case.waited))


def test_a_notice_to_somebody_else_does_not_count(case):
    case.entry = case.propose()
    post_many([Draft(case.entry.id, uuid4(), "list_prior", True, case.day, "测试")])
    refused("a delivered notice", "measures_entryevent", **event(case, "decided", case.waited))


def test_a_notice_that_has_not_arrived_does_not_count(case):
    case.entry = case.propose()
    post_many([Draft(case.entry.id, case.subject.id, "list_prior", False, None, "测试")])
    refused("a delivered notice", "measures_entryevent", **event(case, "decided", case.waited))


DECISIONS = [
    ({"reason": "  "}, "reasons"),
    ({"remedy": ""}, "a remedy"),
    ({"document_number": ""}, "a document"),
    ({"login": "clerk"}, "a named official"),
    ({"login": "system"}, "a named official"),
    ({"login": ""}, "a named official"),
    ({"waits_until": None}, "its waiting time"),
]


def test_a_decision_without_one_of_its_guarantees_is_refused(case):
    case.notified()
    for changed, because in DECISIONS:
        values = event(case, "decided", case.waited, **changed)
        refused(because, "measures_entryevent", **values)


def test_a_decision_before_the_waiting_time_is_refused_however_it_is_written(case):
    case.notified()
    early = case.waited - ONE
    refused("its waiting time", "measures_entryevent", **event(case, "decided", early))
    sooner = event(case, "decided", case.day + ONE, waits_until=case.day + ONE)
    refused("its waiting time", "measures_entryevent", **sooner)


def test_an_entry_in_effect_without_decision_or_service_is_refused(case):
    case.notified()
    refused("a decision", "measures_entryevent", **event(case, "served", case.waited))
    case.decide()
    refused("a delivered notice", "measures_entryevent", **event(case, "served", case.waited))


def test_nothing_happens_to_an_entry_after_its_end(case):
    case.served()
    case.verb("revoke_entry", case.head, case.waited, reason="有误。")
    refused("the entry is over", "measures_entryevent", **event(case, "stated", case.waited))


def test_a_removal_without_an_entry_in_effect_is_refused(case):
    case.notified()
    refused("an entry in effect", "measures_entryevent", **event(case, "removed", case.waited))


def measure_event(case, measure, kind, on, **changed):
    usual = {
        "measure_id": measure.id, "kind": kind, "effective_on": on, "known_at": "2026-01-01",
        "login": "head", "unit": "lyg-scjg", "reason": "理由", "remedy": "可以申请复议",
        "waits_until": case.imposable, "basis": "《某法》", "edition": "x",
    }  # fmt: skip
    return usual | changed


CONSTRAINTS = [
    ({"reason": ""}, "reasons"),
    ({"remedy": " "}, "a remedy"),
    ({"login": "system"}, "a named official"),
    ({"login": "clerk"}, "a named official"),
    ({"waits_until": None}, "its waiting time"),
    ({"effective_on": "2000-01-01"}, "a delivered notice"),
]


def test_a_constraint_without_one_of_its_guarantees_is_refused(case):
    case.served()
    measure = MeasureCase.objects.filter(effect="constraint").first()
    for changed, because in CONSTRAINTS:
        values = measure_event(case, measure, "imposed", case.imposable, **changed)
        refused(because, "measures_measureevent", **values)


def test_a_constraint_whose_entry_nobody_was_told_of_is_refused(case, mirrored):
    untold = mirrored("judgment_defaulter", told=False)
    values = _head(case, untold.id)
    insert("measures_measurecase", **values)
    measure = MeasureCase.objects.get(id=values["id"])
    refused(
        "a delivered notice",
        "measures_measureevent",
        **measure_event(case, measure, "imposed", case.imposable),
    )
    refused(
        "a decision to impose",
        "measures_measureevent",
        **measure_event(case, measure, "acknowledged", case.imposable),
    )


def _head(case, record, **changed):
    usual = {
        "id": uuid4(), "measure": "honours_limit", "effect": "constraint",
        "list_code": "judgment_defaulter", "record_id": record, "subject_id": case.subject.id,
        "subject_kind": "legal_person", "unit": "lyg-scjg", "executor": "lyg-fgw",
        "basis": "《某法》", "exemption": "", "waiting_days": 5, "edition": "x",
        "proposed_by": "clerk", "proposed_at": "2026-01-01",
    }  # fmt: skip
    return usual | changed


MEASURES = [
    ({"subject_kind": "natural_person"}, "no_measure_against_a_person"),
    ({"basis": ""}, "measure_has_its_law"),
    ({"waiting_days": 0}, "constraint_waits"),
]


def test_a_measure_against_a_person_or_without_law_or_waiting_cannot_exist(case):
    for changed, because in MEASURES:
        refused(because, "measures_measurecase", **_head(case, case.evidence, **changed))


ENTRIES = [
    ({"subject_kind": "natural_person"}, "no_person_is_listed"),
    ({"reason": ""}, "entry_has_its_grounds"),
    ({"basis": ""}, "entry_has_its_grounds"),
    ({"waiting_days": 0}, "entry_waits"),
]


def test_an_entry_about_a_person_or_without_grounds_cannot_exist(case):
    case.entry = case.propose()
    row = ListEntry.objects.filter(id=case.entry.id).values().get()
    for changed, because in ENTRIES:
        again = row | {"id": uuid4(), "record": uuid4(), "attempt": 2} | changed
        refused(because, "measures_listentry", **again)


def test_what_is_stored_is_never_changed(case):
    case.served()
    for rows in (ListEntry, EntryEvent, MeasureCase):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.objects.update(unit="x")
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.objects.all()._raw_delete("default")
    assert not MeasureEvent.objects.exists()
