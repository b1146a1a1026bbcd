import csv
import hashlib
from datetime import date
from io import StringIO

import pytest

from chengxin.city.dice import Dice
from chengxin.city.errors import CityFolderNotEmpty, CityTooSmall
from chengxin.city.services import make_city


def test_the_same_arguments_give_the_same_bytes(tmp_path):
    first = make_city(seed=7, organisations=60, records=300, out=tmp_path / "a")
    second = make_city(seed=7, organisations=60, records=300, out=tmp_path / "b")

    assert first.digest == second.digest
    assert first.digests == second.digests


def test_another_seed_gives_another_city(tmp_path):
    first = make_city(seed=7, organisations=60, records=300, out=tmp_path / "a")
    second = make_city(seed=8, organisations=60, records=300, out=tmp_path / "b")

    assert first.digests["organisations.csv"] != second.digests["organisations.csv"]
    assert first.digests["truth/rows.csv"] != second.digests["truth/rows.csv"]


def test_the_manifest_names_every_file_with_its_digest(made):
    written = {
        str(path.relative_to(made.folder))
        for path in made.folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }

    assert set(made.manifest["files"]) == written
    for name, digest in made.manifest["files"].items():
        assert hashlib.sha256((made.folder / name).read_bytes()).hexdigest() == digest


def test_the_dice_fall_as_they_did_when_they_were_cast():
    dice = Dice(1, "test", 17)

    assert [dice.below(1000) for _ in range(6)] == [931, 246, 491, 902, 462, 382]
    assert dice.shuffled("abcdef") == list("dabfce")


def test_lists_of_the_city_have_not_changed_unseen(tmp_path):
    made = make_city(seed=1, organisations=50, records=10, out=tmp_path / "a")

    assert made.digests["organisations.csv"] == (
        "e54888ace9cf6351ae5de676f9ba585ff095c19d61101f3a179c9dbee8c38ce2"
    )
    assert made.digests["persons.csv"] == (
        "5e860d3fae6b4653491afeb357fbd272bea3219aeb1f7498f7c6521b64a7c662"
    )


def test_nothing_is_decided_or_received_after_the_last_day_told(tmp_path):
    make_city(seed=3, organisations=60, records=400, out=tmp_path / "a", as_of=date(2025, 6, 30))
    for name, column in (("files", "received_on"), ("rows", "decided_on")):
        text = (tmp_path / "a" / "truth" / f"{name}.csv").read_text("utf-8")
        days = [row[column] for row in csv.DictReader(StringIO(text))]
        assert max(days) <= "2025-06-30"


def test_a_folder_with_files_in_it_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("keep", "utf-8")

    with pytest.raises(CityFolderNotEmpty):
        make_city(seed=1, organisations=60, records=300, out=tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_city_of_nobody_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(CityTooSmall):
        make_city(seed=1, organisations=2, records=300, out=tmp_path / "a")

    assert not (tmp_path / "a").exists()
