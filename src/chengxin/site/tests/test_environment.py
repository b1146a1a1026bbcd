"""The settings, and the one table of them."""

import re
from pathlib import Path

import pytest

from chengxin.site.database import django_database
from chengxin.site.environment import Environment
from chengxin.site.errors import SettingNotUnderstood

ROOT = Path(__file__).resolve().parents[4]


def test_every_setting_stands_in_the_table():
    rooms = (ROOT / "src" / "chengxin").rglob("*.py")
    files = [file for file in rooms if "tests" not in file.parts]
    source = "\n".join(file.read_text(encoding="utf-8") for file in files)
    table = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")

    assert set(re.findall(r'"(CHENGXIN_\w+|DATABASE_URL)"', source)) == set(
        re.findall(r"^\| `(CHENGXIN_\w+|DATABASE_URL)`", table, re.MULTILINE)
    )


def test_a_database_address_keeps_its_odd_characters(tmp_path):
    given = {
        "DATABASE_URL": "postgresql://u:p%40ss@db.example:5433/credit?sslmode=require",
        "CHENGXIN_HOME": str(tmp_path),
    }

    entry = django_database(Environment.read(given))

    assert (entry["HOST"], entry["PORT"], entry["NAME"]) == ("db.example", "5433", "credit")
    assert (entry["USER"], entry["PASSWORD"]) == ("u", "p@ss")
    assert entry["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize("url", ["mysql://u:secret@h/x", "postgresql://h", "nonsense"])
def test_another_database_is_refused_without_showing_its_password(tmp_path, url):
    given = {"DATABASE_URL": url, "CHENGXIN_HOME": str(tmp_path)}

    with pytest.raises(SettingNotUnderstood) as refusal:
        django_database(Environment.read(given))

    assert "secret" not in str(refusal.value)


def test_the_secret_key_may_lie_in_a_file(tmp_path):
    (tmp_path / "key").write_text("from a file\n")

    assert Environment.read({"CHENGXIN_SECRET_KEY_FILE": f"{tmp_path}/key"}).secret_key == (
        "from a file"
    )
    with pytest.raises(SettingNotUnderstood):
        Environment.read({"CHENGXIN_SECRET_KEY_FILE": f"{tmp_path}/none"})
