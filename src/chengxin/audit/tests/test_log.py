"""The log keeps its order and shows every change made behind its back."""

import pytest
from django.db import DatabaseError, connection, transaction

from chengxin.audit import queries
from chengxin.audit.models import AuditEntry
from chengxin.audit.services import note
from chengxin.kernel.actor import Actor

pytestmark = pytest.mark.django_db
CLERK = Actor("clerk", "某经办", "lyg-scjg", {})


@pytest.fixture
def three_entries():
    return [note(by=CLERK, verb="test.act", target=f"thing:{n}", facts={"n": n}) for n in range(3)]


def without_triggers(sql: str, *params: object) -> None:
    """What an administrator of the database can do and an application cannot."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, params)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_entries_are_numbered_and_linked(three_entries):
    assert [entry.sequence for entry in three_entries] == [1, 2, 3]
    assert three_entries[1].previous_hash == three_entries[0].hash
    found = queries.verify()
    assert found.ok
    assert (found.count, found.root) == (3, three_entries[2].hash)
    assert queries.head().hash == found.root


def test_an_act_that_rolls_back_leaves_no_entry_and_no_gap(three_entries):
    savepoint = transaction.savepoint()
    note(by=CLERK, verb="test.act", target="thing:lost")
    transaction.savepoint_rollback(savepoint)
    assert note(by=CLERK, verb="test.act", target="thing:kept").sequence == 4
    assert queries.verify().ok


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_auditentry SET verb = 'other' WHERE sequence = 2",
        "DELETE FROM audit_auditentry WHERE sequence = 2",
        "TRUNCATE audit_auditentry",
    ],
)
def test_the_database_refuses_to_change_the_log(three_entries, sql):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert AuditEntry.objects.count() == 3


@pytest.mark.parametrize(
    ("sql", "bad"),
    [
        ("UPDATE audit_auditentry SET login = 'someone' WHERE sequence = 2", 2),
        ("UPDATE audit_auditentry SET facts = '{\"n\": 9}' WHERE sequence = 1", 1),
        ("UPDATE audit_auditentry SET at = at - interval '1 day' WHERE sequence = 3", 3),
        ("DELETE FROM audit_auditentry WHERE sequence = 2", 2),
        ("DELETE FROM audit_auditentry WHERE sequence = 3", 3),
        ("UPDATE audit_auditentry SET sequence = 7 WHERE sequence = 2", 2),
    ],
)
def test_a_change_behind_the_triggers_is_found(three_entries, sql, bad):
    without_triggers(sql)
    found = queries.verify()
    assert not found.ok
    assert found.first_bad == bad
    assert found.reason_zh
    assert found.reason_en
