"""Lists and measures from the command line."""

import json

import pytest
from click.testing import CliRunner

from chengxin.access.services import register_officer
from chengxin.kernel.actor import Actor
from chengxin.kernel.errors import NotPermitted
from chengxin.measures.errors import NoNoticeNoEffect
from chengxin.policy.queries import current_rulebook
from chengxin.site.commands import lists, measures
from chengxin.web.tests.samples import PORT, append_fact, import_city

BOOK = current_rulebook()


@pytest.fixture
def officers(db, monkeypatch):
    # The database of this run is up; a command need not start one of its own.
    monkeypatch.setenv("DATABASE_URL", "postgresql://localhost/elsewhere")
    by = Actor.system("access.manage")
    for login, role in (("clerk", "list_officer"), ("head", "unit_head")):
        register_officer(
            login=login, name=login, unit="lyg-scjg", roles=[role], password="x", by=by,
            known_roles=BOOK.roles, known_units=BOOK.units, is_demonstration=True,
        )  # fmt: skip


def run(command, *arguments):
    done = CliRunner().invoke(command, [*arguments, "--json"], standalone_mode=False)
    if done.exception:
        raise done.exception
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_rules_are_told_without_a_database():
    assert {one["list"] for one in run(lists.lists, "rules")} == set(BOOK.consequences.lists)
    assert {one["measure"] for one in run(measures.measures, "rules")} == set(
        BOOK.consequences.measures
    )


def test_a_draft_is_told_and_not_decided_too_early(officers):
    record = str(append_fact(import_city()[PORT], "penalty", severity="serious"))
    grounds = ("--facts", "事实", "--reason", "理由", "--as", "clerk")
    (draft,) = run(lists.lists, "propose", "samr", record, *grounds)
    assert draft["state"] == "draft"
    (told,) = run(lists.lists, "notice", draft["entry"], "--as", "clerk")
    assert (told["state"], told["waits_until"] > told["told_on"]) == ("notified", True)
    run(lists.lists, "statement", draft["entry"], "--text", "不服", "--as", "clerk")
    decision = ("--reason", "理由", "--document", "1号", "--approval", "1")
    with pytest.raises(NoNoticeNoEffect):
        run(lists.lists, "decide", draft["entry"], *decision, "--as", "head")
    with pytest.raises(NotPermitted):
        run(lists.lists, "decide", draft["entry"], *decision, "--as", "clerk")
    (dropped,) = run(lists.lists, "drop", draft["entry"], "--reason", "采纳", "--as", "head")
    assert dropped["state"] == "dropped"
    assert [one["entry"] for one in run(lists.lists, "list", "--as", "head")] == [draft["entry"]]
    assert run(measures.measures, "propose", "--as", "clerk") == [{"proposed": 0}]
    assert run(measures.measures, "list", "--as", "head") == []
