"""Declaring a channel: what is accepted, by whom, and that only a plain SELECT is."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from chengxin.intake.channels.models import Channel, ChannelEvent
from chengxin.intake.channels.refusals import (
    BadDeclaration,
    ChannelNotThere,
    NotAnOfficerOfUnit,
    OwnDeclaration,
    QueryRefused,
)
from chengxin.intake.refusals import ReasonMissing
from chengxin.intake.rules.declarations import declaration
from chengxin.intake.rules.schedules import Schedule, wait_after
from chengxin.intake.rules.selects import only_select
from chengxin.intake.services.channels import declaring, listing
from chengxin.intake.services.channels.running import run_channel
from chengxin.intake.tests.channel_cases import (
    BOOK,
    CLERK,
    CONFIRMER,
    DECLARER,
    ON,
    declared,
    folder_given,
    running,
    table_given,
)
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.errors import NotPermitted
from chengxin.kernel.zone import SHANGHAI

WHERE = {"host": "db.example", "database": "d", "user": "reader", "password_file": "dept"}
HERE = Actor("own", "own", "lyg-tyj", {"intake.pause_channel": Scope.OWN_UNIT})


@pytest.fixture
def drops(tmp_path, settings):
    settings.CHENGXIN_DROPS = tmp_path
    return tmp_path


@pytest.mark.parametrize(
    "query",
    [
        "SELECT 1",
        "select a, \"删除 delete\" from t where note = 'insert; drop' -- update",
        "WITH x AS (SELECT 1) SELECT * FROM x;",
        "SELECT replace(a, '一', '二'), update_time, t.`set` FROM t /* plain */",
        "SELECT * FROM 处罚 WHERE 金额 >= 10 AND b LIKE '5%'",
    ],
)
def test_a_plain_select_is_accepted(query):
    assert only_select(query) == query.removesuffix(";")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "DELETE FROM t",
        "SELECT 1; DROP TABLE t",
        "SELECT 1; SELECT 2",
        "SELECT * INTO copy FROM t",
        "SELECT * FROM t INTO OUTFILE '/tmp/x'",
        "SELECT * FROM t FOR UPDATE",
        "SELECT * FROM t LOCK IN SHARE MODE",
        "WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone",
        "SELECT pg_sleep(60)",
        "SELECT \"pg_read_file\"('/etc/passwd')",
        "SELECT LOAD_FILE ('/etc/passwd')",
        "SELECT lo_import('/etc/passwd')",
        "SELECT /*!50000 SLEEP(9) */ 1",
        "SELECT 'open",
        "SELECT 'a\\' OR 1' FROM t",
        "SELECT $$text$$",
        "SELECT 1 # a comment to one, an operator to the other",
        "SELECT /* one /* two */ 1",
        "EXPLAIN SELECT 1",
    ],
)
def test_anything_else_is_refused(query):
    with pytest.raises(QueryRefused) as refusal:
        only_select(query)
    assert refusal.value.text("zh")


@pytest.mark.parametrize(
    ("part", "changes"),
    [
        ("kind", {"kind": "ftp"}),
        ("where.folder", {"where": {"folder": "../../etc"}}),
        ("where.folder", {"where": {"folder": "/etc"}}),
        ("where.password", {"kind": "mysql", "where": WHERE | {"password": "x"}}),
        ("where.password_file", {"kind": "mysql", "where": WHERE | {"password_file": "../x"}}),
        ("where.port", {"kind": "mysql", "where": WHERE | {"port": "x"}}),
        ("query", {"kind": "mysql", "where": WHERE}),
        ("schedule", {"schedule": "often"}),
        ("answers", {"answers": ""}),
        ("code", {"code": "有空格 的"}),
        ("secret", {"secret": "x"}),
    ],
)
def test_a_declaration_that_makes_no_sense_names_the_part(part, changes):
    with pytest.raises(BadDeclaration) as refusal:
        declaration(folder_given() | changes)
    assert refusal.value.facts["part"] == part


def test_schedules_and_rests():
    noon = datetime(2026, 11, 20, 12, 0, 30, tzinfo=SHANGHAI)
    assert Schedule.parse("5m").after(noon) == noon.replace(minute=5, second=0)
    assert Schedule.parse("02:30").after(noon) == datetime(2026, 11, 21, 2, 30, tzinfo=SHANGHAI)
    rests = [wait_after(failures) for failures in (1, 2, 3, 20)]
    assert rests == [timedelta(minutes=n) for n in (1, 2, 4, 60)]


@pytest.mark.django_db
def test_only_who_may_declares_and_the_declarer_does_not_confirm(drops):
    with pytest.raises(NotPermitted):
        declared(folder_given(), by=CLERK)
    channel = declared(table_given("mysql", WHERE))
    assert channel.state == "proposed"
    with pytest.raises(ChannelNotThere):
        run_channel(code="table", by=DECLARER, on=ON, book=BOOK)
    digest = declaring.digest_of(channel)
    with pytest.raises(OwnDeclaration):
        declaring.confirm_channel(code="table", digest=digest, by=DECLARER, on=ON)
    with pytest.raises(NotPermitted):
        declaring.confirm_channel(code="table", digest=digest, by=CLERK, on=ON)
    declaring.confirm_channel(code="table", digest=digest, by=CONFIRMER, on=ON)

    changed = declared(table_given("mysql", WHERE, query="SELECT 2 AS changed"))
    assert (changed.state, changed.version, changed.confirmed_by) == ("proposed", 2, "")


@pytest.mark.django_db
def test_who_answers_must_be_of_the_unit(drops):
    with pytest.raises(NotAnOfficerOfUnit):
        declared(folder_given(unit="lyg-tyj"))


@pytest.mark.django_db
def test_a_field_the_item_has_not_is_named(drops):
    with pytest.raises(BadDeclaration):
        declared(folder_given(mapping={"a": "no_such_field"}))


@pytest.mark.django_db
def test_pausing_needs_a_power_a_reason_and_a_running_channel(drops):
    running(folder_given())
    with pytest.raises(NotPermitted):
        declaring.pause_channel(code="penalties", reason="x", by=HERE, on=ON)
    with pytest.raises(ReasonMissing):
        declaring.pause_channel(code="penalties", reason=" ", by=DECLARER, on=ON)
    with pytest.raises(NotPermitted):
        run_channel(code="penalties", by=CLERK, on=ON, book=BOOK)
    declaring.pause_channel(code="penalties", reason="维护", by=DECLARER, on=ON)
    with pytest.raises(ChannelNotThere):
        run_channel(code="penalties", by=DECLARER, on=ON, book=BOOK)
    declaring.close_channel(code="penalties", reason="停用", by=DECLARER, on=ON)
    with pytest.raises(ChannelNotThere):
        declared(folder_given())
    history = list(ChannelEvent.objects.order_by("id").values_list("verb", flat=True))
    assert history == ["declared", "paused", "closed"]


@pytest.mark.django_db
def test_the_history_cannot_be_changed(drops):
    running(folder_given())
    with pytest.raises(DatabaseError), transaction.atomic():
        ChannelEvent.objects.update(by="nobody")


@pytest.mark.django_db
def test_nothing_shown_holds_a_secret(drops):
    declared(table_given("mysql", WHERE))
    shown = listing.status(Channel.objects.get())
    assert shown["state"] == "proposed"
    assert "password" not in {key.removesuffix("_file") for key in shown}


def test_the_worker_runs_the_channels_every_minute():
    from procrastinate.contrib.django import app

    from chengxin.intake import tasks

    periodic = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    assert {"intake.channels", "intake.uploads", "intake.checks"} <= periodic
    assert tasks.run_channels.queueing_lock == "intake.channels"
