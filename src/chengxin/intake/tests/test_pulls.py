"""Reading a department's own database: only reading, from where it was left, nothing twice."""

import os
import time

import pytest
from django.db import connection
from psycopg.conninfo import conninfo_to_dict

from chengxin.intake.channels.models import Channel, Delivery
from chengxin.intake.channels.refusals import (
    ColumnsChanged,
    CursorUnusable,
    SecretMissing,
    SourceRefuses,
    SourceSlow,
    SourceUnavailable,
)
from chengxin.intake.models import Batch
from chengxin.intake.queries import originals
from chengxin.intake.services.channels import declaring, pulling
from chengxin.intake.services.channels.running import run_channel, run_due
from chengxin.intake.tests import databases
from chengxin.intake.tests.channel_cases import (
    BOOK,
    CLERK,
    DECLARER,
    ON,
    running,
    table_given,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def maria(tmp_path_factory):
    if not (databases.MARIADB and databases.INSTALL):
        if os.environ.get("CI"):
            pytest.fail(databases.WHY_NOT)
        pytest.skip(databases.WHY_NOT)
    with databases.mariadb(tmp_path_factory.mktemp("m")) as socket:
        yield socket


@pytest.fixture(scope="session")
def department(embedded_server):
    """A database of a department's own on the PostgreSQL of this test run."""
    import psycopg

    with psycopg.connect(embedded_server.place.as_libpq(), autocommit=True) as admin:
        admin.execute("CREATE DATABASE dept TEMPLATE template0 ENCODING 'UTF8'")
    return embedded_server.place.as_libpq("dept")


@pytest.fixture(params=["postgresql", "mysql"])
def table(request, tmp_path, settings):
    settings.CHENGXIN_SOURCES = tmp_path
    if request.param == "mysql":
        with databases.mysql_table(request.getfixturevalue("maria")) as made:
            yield made
        return
    conninfo = request.getfixturevalue("department")
    parts = conninfo_to_dict(conninfo)
    secret = tmp_path / "dept"
    secret.write_text(f"{parts['password']}\n")
    secret.chmod(0o600)
    where = {"host": parts["host"], "database": "dept", "user": parts["user"]}
    with databases.postgresql_table(conninfo, where | {"password_file": "dept"}) as made:
        yield made


@pytest.fixture
def channel(table):
    columns = "*" if table.kind == "postgresql" else "penalties.*"
    query = f"SELECT {columns} FROM penalties -- 只读"
    mapping = {"changed": None, "secret": None}
    return running(table_given(table.kind, table.where, query=query, mapping=mapping))


def run(code="table"):
    return run_channel(code=code, by=DECLARER, on=ON, book=BOOK)


def rows_of(batch):
    return originals().get(batch.file_sha256).decode().count("\n") - 1


def test_rows_are_read_on_from_the_cursor_and_none_of_the_same_day_is_missed(table, channel):
    table.add(1, "2026-11-01")
    table.add(2, "2026-11-02")
    run()
    first = Batch.objects.get()
    assert (first.submitted_by, first.rows_read) == ("channel:table", 2)

    run()
    assert Batch.objects.count() == 1
    table.add(3, "2026-11-02")
    table.add(4, "2026-11-03")
    run()

    assert [rows_of(one) for one in Batch.objects.order_by("submitted_at")] == [2, 2]
    assert Channel.objects.get().position["value"] == "2026-11-03"


def test_a_long_table_comes_in_several_batches_cut_between_two_days(table, channel, monkeypatch):
    monkeypatch.setattr("chengxin.intake.services.channels.running.BATCH_ROWS", 2)
    for number, day in enumerate((1, 2, 2, 2, 3), start=1):
        table.add(number, f"2026-11-0{day}")
    run()

    assert [rows_of(one) for one in Batch.objects.order_by("submitted_at")] == [4, 1]


def test_a_reading_cut_off_before_its_batch_is_finished_from_the_kept_file(
    table, channel, monkeypatch
):
    table.add(1)
    with monkeypatch.context() as cut:
        cut.setattr(pulling, "hand_on", lambda *given, **named: 1 / 0)
        with pytest.raises(Exception, match="ZeroDivisionError"):
            run()
    assert Delivery.objects.get().state == "received"
    assert Channel.objects.get().position == {}
    table.do("DELETE FROM penalties")
    run()

    assert Delivery.objects.get().state == "submitted"
    assert Batch.objects.get().rows_read == 1


def test_nothing_can_be_written_through_a_channel(table, channel, monkeypatch):
    """Also when the guard over the text of the query is taken away."""
    table.add(1)
    monkeypatch.setattr("chengxin.intake.rules.declarations.only_select", lambda query: query)
    given = channel.declaration | {"query": "DELETE FROM penalties", "cursor": "", "mapping": None}
    Channel.objects.update(declaration=given)
    with pytest.raises(SourceRefuses):
        run()

    with table.connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM penalties")
        assert cursor.fetchone()[0] == 1


def test_a_column_that_vanished_or_came_is_told_and_nothing_is_read(table, channel):
    table.add(1)
    run()
    table.do("ALTER TABLE penalties RENAME COLUMN secret TO other")
    table.add(2, "2026-11-09")
    with pytest.raises(ColumnsChanged) as refusal:
        run()

    assert (refusal.value.facts["missing"], refusal.value.facts["added"]) == ("secret", "other")
    assert Batch.objects.count() == 1


def test_an_empty_cursor_is_told(table, channel):
    table.add(1, None)
    with pytest.raises(CursorUnusable):
        run()


def test_a_slow_query_is_stopped_and_tried_again_later(table, monkeypatch):
    numbers = "SELECT 1 AS n" + " UNION ALL SELECT 1" * 30
    columns = ", ".join(f"a{at}.n AS n{at}" for at in range(2))
    tables = ", ".join(f"({numbers}) AS a{at}" for at in range(9))
    given = table_given(table.kind, table.where | {"seconds": "1"}, cursor="", mapping=None)
    running(given | {"query": f"SELECT {columns}, count(*) AS c FROM {tables} GROUP BY 1, 2"})
    began = time.monotonic()
    ran = run_due(on=ON, book=BOOK)

    assert isinstance(ran["table"], SourceSlow)
    assert time.monotonic() - began < 20
    stands = Channel.objects.get()
    assert (stands.failures, stands.problem["code"]) == (1, "INTAKE-SOURCE-SLOW")
    assert stands.next_run_at > stands.last_run_at


def test_a_missing_table_and_a_closed_door_are_told_apart(table, tmp_path):
    given = table_given(table.kind, table.where, query="SELECT a FROM nowhere", cursor="")
    running(given)
    with pytest.raises(SourceRefuses, match="nowhere"):
        run()
    running(table_given(table.kind, table.where | {"host": str(tmp_path)}, code="away"))
    with pytest.raises(SourceUnavailable):
        run("away")


def test_a_password_others_can_read_is_not_used(table, tmp_path):
    (tmp_path / "open").write_text("x")
    (tmp_path / "open").chmod(0o644)
    running(table_given(table.kind, table.where | {"password_file": "open"}))
    with pytest.raises(SecretMissing):
        run()


def test_a_doubt_stops_the_reading_until_a_clerk_has_answered(table, channel):
    from chengxin.intake.services import submit

    for number in (1, 3, 4):
        table.add(number, 处罚类别="连云港市市场监督管理局", 处罚机关="罚款")
    table.do("UPDATE penalties SET changed = '2026-11-05'")
    swapped = channel.declaration | {"mapping": None}
    Channel.objects.update(declaration=swapped, columns=[])
    run()
    waiting = Delivery.objects.get()
    assert waiting.state == "question"
    table.add(2, "2026-11-06", 处罚类别="连云港市市场监督管理局", 处罚机关="罚款")
    run()
    assert Delivery.objects.count() == 1

    submit(
        source=originals().path(waiting.sha256), filename=waiting.filename, item="penalty",
        unit=CLERK.unit, by=CLERK, on=ON, book=BOOK,
        mapping={"changed": None, "处罚类别": "authority", "处罚机关": "penalty_kind"},
    )  # fmt: skip
    run()
    waiting.refresh_from_db()
    assert waiting.state == "submitted"
    # What the clerk decided is remembered, but one row alone may be asked about again.
    assert Delivery.objects.count() == 2


def test_reading_again_from_the_start_doubles_nothing(table, channel):
    table.add(1)
    run()
    declaring.reread_channel(code="table", reason="核对", by=DECLARER, on=ON)
    run()

    assert Batch.objects.count() == 1
    assert connection.in_atomic_block
