"""Editions kept in the database: what was in use once can be read again."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.errors import NotPermitted
from chengxin.policy.errors import EditionNotKept, EditionSpoilt
from chengxin.policy.models import Edition, KeptFile, TakeUp
from chengxin.policy.queries import kept
from chengxin.policy.reading.layout import files_of
from chengxin.policy.services.keeping import keep_edition, take_up_edition

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("rulebook.keep", "rulebook.take_up")


@pytest.fixture(autouse=True)
def nothing_held():
    kept._held.clear()


def test_a_kept_edition_gives_the_same_rulebook_after_the_files_have_changed(folder):
    before = folder.load()
    edition = keep_edition(root=folder.root, by=SYSTEM)
    whole = files_of(folder.root)
    folder.write("README.md", "another edition")

    again = kept.kept_rulebook(edition)

    assert edition == before.edition == again.edition != folder.load().edition
    assert again.parameters == before.parameters
    assert again.consequences == before.consequences
    assert kept.kept_files(edition) == whole
    assert kept.kept_rulebook(edition) is again


def test_two_editions_share_the_files_they_have_in_common(folder):
    first = keep_edition(root=folder.root, by=SYSTEM)
    files = KeptFile.objects.count()
    folder.write("README.md", "another edition")

    second = keep_edition(root=folder.root, by=SYSTEM)
    keep_edition(root=folder.root, by=SYSTEM)

    assert first != second
    assert Edition.objects.count() == 2
    assert KeptFile.objects.count() == files + 1


def test_which_edition_was_in_force_at_a_moment(folder):
    start = now() - timedelta(hours=3)
    first = take_up_edition(root=folder.root, by=SYSTEM, at=start)
    folder.write("README.md", "another edition")
    second = take_up_edition(root=folder.root, by=SYSTEM, at=start + timedelta(hours=1))
    take_up_edition(root=folder.root, by=SYSTEM, at=start + timedelta(hours=2))

    assert kept.in_force(at=start - timedelta(seconds=1)) is None
    assert kept.in_force(at=start).edition == first
    assert kept.in_force(at=start + timedelta(minutes=59)).until == start + timedelta(hours=1)
    assert kept.in_force(at=now()).edition == second
    assert [one.edition for one in kept.editions()] == [first, second]


def test_people_name_an_edition_by_its_beginning(folder):
    edition = keep_edition(root=folder.root, by=SYSTEM)

    assert kept.kept_edition(edition[:12].upper()) == edition
    for asked in ("", edition[:5], "0" * 64, "../" + edition):
        with pytest.raises(EditionNotKept):
            kept.kept_edition(asked)
    with pytest.raises(EditionNotKept):
        kept.kept_rulebook("0" * 64)


def test_kept_files_are_neither_changed_nor_deleted(folder):
    take_up_edition(root=folder.root, by=SYSTEM)

    for rows in (KeptFile.objects, Edition.objects, TakeUp.objects):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.all().delete()


def test_a_file_altered_behind_our_back_is_refused(folder):
    edition = keep_edition(root=folder.root, by=SYSTEM)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE policy_keptfile DISABLE TRIGGER USER")
        cursor.execute("UPDATE policy_keptfile SET content = content || '\\x0a'::bytea")
        cursor.execute("ALTER TABLE policy_keptfile ENABLE TRIGGER USER")

    with pytest.raises(EditionSpoilt):
        kept.kept_rulebook(edition)


def test_nobody_keeps_or_takes_up_an_edition_without_the_power(folder):
    stranger = Actor("someone", "某人", "lyg-scjg", {})

    for verb in (keep_edition, take_up_edition):
        with pytest.raises(NotPermitted):
            verb(root=folder.root, by=stranger)
    assert not Edition.objects.exists()


def test_a_database_that_has_kept_none_says_so(db):
    assert kept.editions() == []
    assert kept.in_force(at=now()) is None
