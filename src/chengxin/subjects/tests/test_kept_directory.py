"""The directory is kept between batches, and never tells what is not so any more."""

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest
from django.db import connection, transaction

from chengxin.kernel.actor import Actor
from chengxin.kernel.ids.checksums import uscc_check
from chengxin.policy.queries import current_rulebook
from chengxin.subjects.models import Identifier, SubjectName
from chengxin.subjects.queries import by_code, directory, keeping, recognise
from chengxin.subjects.queries.directories import export
from chengxin.subjects.services import (
    decide_merge,
    import_organisations,
    link_table,
    propose_merge,
    split,
)
from chengxin.subjects.tests.registers import answers, file_of
from chengxin.subjects.values import Party

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
OLD, NEW = (code + uscc_check(code) for code in ("91320700MA1X0T0X8", "91320706MA1X0T0X8"))
OTHER = "91320700MA1X0T9X6" + uscc_check("91320700MA1X0T9X6")
FILES = ("subjects", "names", "codes", "inner", "entries")


def officer(login):
    powers = ("propose_merge", "confirm_merge", "split")
    return Actor(login, "", "lyg-scjg", {f"subjects.{power}": "all" for power in powers})


def take_in(*rows):
    lines = [(at, {"name": name, "uscc": code}) for at, (name, code) in enumerate(rows, 2)]
    import_organisations(rows=lines, by=Actor.system("subjects.import"), on=ON)


def merged():
    made = propose_merge(
        kept=by_code(NEW).public_id, absorbed=by_code(OLD).public_id, document="合并通知",
        reason="同一主体", by=officer("a"), on=ON, book=current_rulebook(),
    )  # fmt: skip
    return decide_merge(merge_id=made.id, confirm=True, reason="属实", by=officer("b"), on=ON)


@pytest.fixture
def place(settings, tmp_path):
    settings.CHENGXIN_HOME = tmp_path / "home"
    take_in(("连云港海港水产有限公司", OLD), ("江苏海港水产有限公司", NEW))
    return keeping._place()


@pytest.fixture
def judge(tmp_path, place):
    """A batch judged against the directory as it is now, beside each party asked for itself."""

    def judged(*parties):
        folder = tmp_path / "work"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        links = link_table(
            file_of(parties, folder), directory=directory(folder), into=folder / "links.parquet"
        )
        found = answers(links)
        alone = recognise(parties)
        assert [json.loads(one["evidence"]) for one in found] == [one.as_json() for one in alone]
        assert [one["subject"] for one in found] == [one.subject for one in alone]
        return found

    return judged


def content(folder):
    """Every row of every file, subjects by their ids."""
    rows = {
        name: duckdb.sql(f"SELECT * FROM '{folder}/{name}*.parquet'").fetchall() for name in FILES
    }
    return {name: sorted(map(repr, found)) for name, found in rows.items()}


def test_it_is_made_once_and_used_again(judge, place):
    party = Party("江苏海港水产有限公司", {"uscc": NEW})
    judge(party)
    first = (place / "current").read_text()
    judge(party)
    assert (place / "current").read_text() == first
    assert sorted(one.name for one in place.iterdir() if one.is_dir()) == [first]


def test_a_new_organisation_is_added_as_a_piece(judge, place, tmp_path):
    party = Party("海州新物流有限公司", {"uscc": OTHER})
    assert judge(party)[0]["decision"] == "new"
    take_in(("海州新物流有限公司", OTHER))
    assert judge(party)[0]["subject"] == by_code(OTHER).id
    version = place / (place / "current").read_text()
    assert (version / "subjects-0001.parquet").exists()
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    export(fresh)
    assert content(version) == content(fresh)


def test_a_new_code_with_an_organisation_code_that_is_known_joins_it(judge, place, tmp_path):
    third = "91320722MA1X0T0X8"
    party = Party("江苏海港水产有限公司", {"org_code": NEW[8:17]})
    judge(party)
    take_in(("赣榆海港水产有限公司", third + uscc_check(third)))
    assert len(judge(party)[0]["candidates"]) == 3
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    export(fresh)
    assert content(place / (place / "current").read_text()) == content(fresh)


def test_a_renamed_organisation_is_seen(judge):
    party = Party("江苏改名水产有限公司", {"uscc": NEW})
    assert judge(party)[0]["rule"] == "name-differs"
    SubjectName.objects.filter(subject=by_code(NEW).id).update(
        text="江苏改名水产有限公司", normalised="江苏改名水产有限公司"
    )
    assert judge(party)[0]["rule"] == "code-and-name"


def test_an_import_that_was_taken_back_is_not_seen(judge):
    party = Party("海州新物流有限公司", {"uscc": OTHER})
    with transaction.atomic():
        take_in(("海州新物流有限公司", OTHER))
        assert judge(party)[0]["decision"] == "linked"
        transaction.set_rollback(True)
    assert judge(party)[0]["decision"] == "new"


def test_a_number_taken_away_is_not_seen(judge):
    party = Party("江苏海港水产有限公司", {"uscc": NEW})
    assert judge(party)[0]["decision"] == "linked"
    Identifier.objects.filter(lookup=NEW).delete()
    assert judge(party)[0]["rule"] == "codes-disagree" or judge(party)[0]["decision"] != "linked"


def test_what_was_merged_is_one_body_until_it_is_split(judge):
    old, new = by_code(OLD).id, by_code(NEW).id
    parties = [
        Party("江苏海港水产有限公司", {"uscc": OLD}),
        Party("连云港海港水产有限公司", {"uscc": NEW}),
        Party("江苏海港水产有限公司", {"org_code": NEW[8:17]}),
        Party("连云港海港水产有限公司", {}),
        Party("江苏海港水产有限公司", {"uscc": NEW, "tax": OLD}),
        Party("江苏海港水产有限公司", {"tax": OLD}),
    ]
    apart = judge(*parties)
    assert [one["rule"] for one in apart] == [
        "name-differs", "name-differs", "codes-disagree", "name-only", "codes-disagree",
        "name-differs",
    ]  # fmt: skip
    made = merged()

    together = judge(*parties)
    # Of the one kept or of the one under it, as its number says: a split gives each its own.
    assert [one["subject"] for one in together] == [old, new, new, None, new, old]
    assert together[3]["candidates"] == [new]
    split(merge_id=made.id, reason="认定有误", by=officer("c"), on=ON)
    assert judge(*parties) == apart


def test_who_is_merged_and_then_met_by_a_new_one_is_still_right(judge):
    merged()
    judge(Party("江苏海港水产有限公司", {"uscc": OLD}))
    take_in(("海州新物流有限公司", OTHER))
    found = judge(
        Party("江苏海港水产有限公司", {"uscc": OLD}), Party("海州新物流有限公司", {"uscc": OTHER})
    )
    assert [one["decision"] for one in found] == ["linked", "linked"]


@pytest.mark.parametrize("what", ["names.parquet", "seen.json", "current", "lost"])
def test_a_damaged_version_is_made_anew(judge, place, what):
    party = Party("江苏海港水产有限公司", {"uscc": NEW})
    judge(party)
    version = place / (place / "current").read_text()
    if what == "lost":
        shutil.rmtree(version)
    else:
        (place / what if what == "current" else version / what).write_bytes(b"\0")
    assert judge(party)[0]["decision"] == "linked"
    assert len([one for one in place.iterdir() if one.is_dir()]) == 1


def test_another_database_s_version_is_not_used(judge, place):
    """As after a restore: the entries it has seen are not the ones there are."""
    party = Party("江苏海港水产有限公司", {"uscc": NEW})
    judge(party)
    version = (place / "current").read_text()
    told = place / version / "seen.json"
    seen = json.loads(told.read_text())
    later = seen["seen"]["later"]
    later[next(iter(later))] = "00000000-0000-0000-0000-000000000000"
    told.write_text(json.dumps(seen))
    judge(party)
    assert (place / "current").read_text() != version


def test_what_a_killed_process_left_is_swept_away(judge, place):
    """It held the lock, had a version half written, and was about to name it."""
    judge(Party("江苏海港水产有限公司", {"uscc": NEW}))
    script = (
        "import fcntl, os, pathlib, signal, sys\n"
        "place = pathlib.Path(sys.argv[1])\n"
        "fcntl.flock(os.open(place / 'lock', os.O_RDWR), fcntl.LOCK_EX)\n"
        "(place / 'half').mkdir(); (place / 'half' / 'names.parquet').write_bytes(b'PAR1')\n"
        "(place / 'current.draft').write_text('half')\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(place)], check=False)
    assert done.returncode == -9
    take_in(("海州新物流有限公司", OTHER))
    found = judge(Party("海州新物流有限公司", {"uscc": OTHER}))
    assert found[0]["decision"] == "linked"
    assert not (place / "half").exists()


def test_files_handed_out_outlive_their_version(judge, place, tmp_path):
    held = tmp_path / "held"
    held.mkdir()
    directory(held)
    before = content(held)
    merged()
    judge(Party("江苏海港水产有限公司", {"uscc": NEW}))
    assert content(held) == before


def test_what_was_seen_long_ago_is_told_as_one(judge, place, monkeypatch):
    monkeypatch.setattr("chengxin.subjects.queries.changes.LATER", 2)
    party = Party("海州新物流有限公司", {"uscc": OTHER})
    judge(party)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE subjects_subject SET status = 'active'")
        cursor.execute("UPDATE subjects_subject SET status = 'active'")
    judge(party)
    version = Path(place, (place / "current").read_text())
    seen = json.loads((version / "seen.json").read_text())["seen"]
    assert (seen["count"] > 0, len(seen["later"])) == (True, 1)
    take_in(("海州新物流有限公司", OTHER))
    assert judge(party)[0]["decision"] == "linked"
