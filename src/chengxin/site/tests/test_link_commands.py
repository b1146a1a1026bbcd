"""Links and merges from the command line."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from chengxin.access.services import register_officer
from chengxin.kernel.actor import Actor
from chengxin.kernel.errors import NotPermitted
from chengxin.policy.queries import current_rulebook
from chengxin.publication.queries import under_check
from chengxin.site.commands import cases, record, subjects
from chengxin.web.tests.samples import COOPERATIVE, PORT, append_fact, import_city

pytestmark = pytest.mark.django_db
BOOK = current_rulebook()


@pytest.fixture(autouse=True)
def officers(monkeypatch):
    # The database of this run is up; a command need not start one of its own.
    monkeypatch.setenv("DATABASE_URL", "postgresql://localhost/elsewhere")
    by = Actor.system("access.manage")
    for login, role in (
        ("window", "window_clerk"),
        ("a", "centre_auditor"),
        ("b", "centre_auditor"),
    ):
        register_officer(
            login=login, name=login, unit="lyg-xyzx", roles=[role], password="x", by=by,
            known_roles=BOOK.roles, known_units=BOOK.units, is_demonstration=True,
        )  # fmt: skip


def run(command, *arguments):
    done = CliRunner().invoke(command, [*arguments, "--json"], standalone_mode=False)
    if done.exception:
        raise done.exception
    return [json.loads(line) for line in done.stdout.splitlines()], done.return_value


def test_not_me_hides_and_a_second_officer_decides():
    one = str(append_fact(import_city()[PORT], decided_on=date(2026, 11, 2)))
    said = ("--for", "测试人", "--statement", "执照被冒用")
    (opened,), _ = run(record.record, "not-me", one, *said, "--as", "window")
    assert opened["hidden"]
    assert under_check(opened["record"], on=date(2026, 11, 24), book=BOOK)
    listed, code = run(cases.cases, "list", "--as", "a")
    assert ([case["case"] for case in listed], code) == ([opened["case"]], 0)
    why = ("--reason", "属实", "--as", "a")
    (decided,), _ = run(cases.cases, "decide", opened["case"], "--not-upheld", *why)
    assert decided["state"] == "not_upheld"
    with pytest.raises(NotPermitted):
        run(record.record, "undo", one, "--reason", "x", "--as", "window")


def test_merged_and_split():
    city = import_city()
    grounds = ("--document", "连登字〔2026〕1号", "--reason", "换发代码")
    (made,), _ = run(subjects.subjects, "merge", PORT, COOPERATIVE, *grounds, "--as", "a")
    assert (made["kept"], made["state"]) == (city[PORT].public_id, "proposed")
    for verb, login, state in (("confirm", "b", "confirmed"), ("split", "a", "split")):
        why = ("--reason", "核对", "--as", login)
        (made,), _ = run(subjects.subjects, verb, made["merge"], *why)
        assert made["state"] == state
    listed, _ = run(subjects.subjects, "merges")
    assert len(listed) == 1
