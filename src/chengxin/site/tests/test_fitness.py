"""What a database and an installation must be before anything is served."""

import dataclasses
import os
import subprocess
import sys

import psycopg
import pytest
from django.core.management import call_command

from chengxin.access.models import Officer
from chengxin.kernel.clock import now
from chengxin.site.environment import Environment
from chengxin.site.errors import DemonstrationInProduction
from chengxin.site.fitness import check_database, refuse_known_officers
from chengxin.site.migration import pending_migrations


@pytest.fixture
def production(tmp_path):
    return Environment.read({"CHENGXIN_MODE": "production", "CHENGXIN_HOME": str(tmp_path)})


@pytest.mark.django_db
def test_the_embedded_database_is_fit():
    assert check_database().startswith("18.")
    assert pending_migrations() == []


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_production_refuses_to_start_with_demonstration_accounts(production):
    refuse_known_officers(production)
    Officer.objects.create(login="demo", unit="u", is_demonstration=True, registered_at=now())

    with pytest.raises(DemonstrationInProduction):
        refuse_known_officers(production)

    refuse_known_officers(dataclasses.replace(production, mode="demonstration"))


def test_a_database_blind_to_chinese_is_refused(embedded_server, tmp_path):
    place = embedded_server.place
    with psycopg.connect(place.as_libpq(), autocommit=True) as connection:
        connection.execute(
            "CREATE DATABASE blind TEMPLATE template0 ENCODING 'UTF8'"
            " LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'"
        )
    url = f"postgresql://chengxin:{place.password()}@/blind?host={place.sockets}"

    done = subprocess.run(
        [sys.executable, "-m", "chengxin.site.cli", "migrate"],
        env=os.environ | {"DATABASE_URL": url, "CHENGXIN_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "LC_CTYPE" in done.stderr


def test_a_database_that_is_not_there_is_a_plain_sentence(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "chengxin.site.cli", "migrate"],
        env=os.environ
        | {"DATABASE_URL": f"postgresql:///x?host={tmp_path}", "CHENGXIN_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr
