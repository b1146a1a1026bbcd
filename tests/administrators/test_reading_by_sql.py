"""An administrator of the database sees nothing that its subject does not see being seen."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connection, connections

from chengxin.audit.models import AuditEntry
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.errors import NotPermitted
from chengxin.looks.models import Look
from chengxin.looks.services import seal_sql
from chengxin.register.models import Record
from chengxin.rights.errors import BadRoleName
from chengxin.rights.queries import looks
from chengxin.rights.services import open_administrator
from chengxin.rights.tests.conftest import taken_in
from chengxin.subjects.models import Subject

pytestmark = pytest.mark.django_db
NAME = "test_dba"


@pytest.fixture(scope="module")
def administered(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        held = taken_in()
        password = open_administrator(name=NAME, by=Actor.system("access.manage"))
        firm = Subject.objects.get(id=held["firm"])
        yield firm, password
        with connection.cursor() as cursor:
            cursor.execute(f"DROP OWNED BY {NAME}")
            cursor.execute(f"DROP ROLE {NAME}")
            cursor.execute("DROP OWNED BY chengxin_looker")
            cursor.execute("DROP ROLE chengxin_looker")


@pytest.fixture
def session(administered):
    _, password = administered
    where = connections["default"].settings_dict
    with psycopg.connect(
        host=where["HOST"], port=where["PORT"], dbname=where["NAME"], user=NAME, password=password
    ) as line:
        yield line


def test_no_table_opens_to_an_administrator(session):
    tables = connection.introspection.table_names()
    refused = 0
    for table in tables:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute(f'SELECT * FROM "{table}" LIMIT 1')
        session.rollback()
        refused += 1

    assert refused > 50


def test_an_announced_look_is_there_before_the_data_is(administered, session):
    firm, _ = administered
    ask = "SELECT chengxin_announce_look(%s, %s)"
    (ticket,) = session.execute(ask, [firm.public_id, "核对一次归集差错"]).fetchone()
    with pytest.raises(psycopg.errors.RaiseException, match="COMMIT"):
        session.execute("SELECT * FROM chengxin_read_look(%s)", [ticket])
    session.rollback()  # nothing was seen, so nothing need stay
    assert not Look.objects.filter(via="sql").exists()

    (ticket,) = session.execute(ask, [firm.public_id, "核对一次归集差错"]).fetchone()
    session.commit()
    told = looks(firm.id)[0]
    rows = session.execute("SELECT * FROM chengxin_read_look(%s)", [ticket]).fetchall()
    session.rollback()

    assert [row[0] for row in rows] == [Record.objects.get(subject_id=firm.id).id]
    assert (told.via, told.login, told.purpose) == ("sql", f"sql:{NAME}", "sql:核对一次归集差错")
    assert told.sensitive
    assert seal_sql(before=now() + timedelta(seconds=1)) == 1
    assert seal_sql(before=now() + timedelta(seconds=1)) == 0
    assert AuditEntry.objects.get(verb="looks.seal_sql").facts["looks"] == 1


@pytest.mark.parametrize("purpose", [None, "", "x"])
def test_without_a_purpose_nothing_opens(administered, session, purpose):
    firm, _ = administered
    with pytest.raises(psycopg.errors.RaiseException):
        session.execute("SELECT chengxin_announce_look(%s, %s)", [firm.public_id, purpose])
    with pytest.raises(psycopg.errors.InFailedSqlTransaction):
        session.execute("SELECT * FROM chengxin_read_look(gen_random_uuid())")


def test_a_savepoint_is_no_way_round(administered, session):
    firm, _ = administered
    session.execute("SAVEPOINT one")
    ask = "SELECT chengxin_announce_look(%s, %s)"
    (ticket,) = session.execute(ask, [firm.public_id, "测试绕行"]).fetchone()
    session.execute("RELEASE SAVEPOINT one")
    with pytest.raises(psycopg.errors.RaiseException, match="COMMIT"):
        session.execute("SELECT * FROM chengxin_read_look(%s)", [ticket])


def test_only_who_manages_access_opens_such_a_role(administered):
    with pytest.raises(NotPermitted):
        open_administrator(name="other_dba", by=Actor("x", "x", "", {}))
    for bad in ("pg_x", "chengxin_y", "a;b", "ab", NAME):
        with pytest.raises(BadRoleName):
            open_administrator(name=bad, by=Actor.system("access.manage"))
