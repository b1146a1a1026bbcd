"""A kit gives the same grade and tree with no database; a changed one is refused."""

import io
import json
import zipfile
from datetime import date

import pytest
from click.testing import CliRunner

from chengxin.evaluation import queries
from chengxin.evaluation.errors import KitRefused
from chengxin.evaluation.rules import judge, recompute
from chengxin.evaluation.rules.kits import evaluation_digest, kit_files
from chengxin.evaluation.rules.spelling import (
    inputs_as_json,
    inputs_from_json,
    model_as_json,
    model_from_json,
)
from chengxin.evaluation.tests.conftest import FACTORY
from chengxin.evaluation.tests.samples import BOOK, ON, fact
from chengxin.evaluation.tests.samples import FACTORY as PLANT
from chengxin.kernel.canonical import canonical_json, sha256_hex
from chengxin.site.commands import evaluate as commands

command = commands.evaluate
HEAD = {"subject": "s", "model": "environment", "edition": "e", "on": str(ON), "known": "k"}


@pytest.fixture
def files():
    model = BOOK.models["environment"]
    facts = [fact(severity="serious"), fact("commitment", record="r2", commitment_status="kept")]
    result = judge(model, PLANT, facts, ON).as_json()
    inputs = inputs_as_json(PLANT, facts)
    return kit_files(HEAD, inputs, model_as_json(model), {}, result)


@pytest.mark.parametrize("code", sorted(BOOK.models))
def test_a_model_survives_being_spelled_out(code):
    model = BOOK.models[code]
    again = model_from_json(json.loads(canonical_json(model_as_json(model))))

    assert again == model


def test_a_kit_gives_the_same_grade_and_tree(files):
    found = recompute(files)

    assert found.differences == ()
    assert (found.outcome.grade, found.outcome.points) == ("yellow", 4)
    assert recompute(files, found.manifest["digest"]).outcome == found.outcome


@pytest.mark.parametrize("name", ["inputs.json", "model.json", "result.json", "codelists.json"])
def test_a_changed_file_is_refused(files, name):
    files[name] = files[name].replace(b"}", b" }", 1)

    with pytest.raises(KitRefused) as refusal:
        recompute(files)

    assert name in refusal.value.text("zh")
    assert name in refusal.value.text("en")


def test_a_changed_file_with_a_changed_manifest_is_refused_all_the_same(files):
    files["inputs.json"] = files["inputs.json"].replace(b"serious", b"minor")
    manifest = json.loads(files["manifest.json"])
    manifest["files"]["inputs.json"] = sha256_hex(files["inputs.json"])
    files["manifest.json"] = canonical_json(manifest)

    with pytest.raises(KitRefused):
        recompute(files)


def forged(files, **changes):
    """A kit changed throughout, so that it fits itself."""
    parts = {name: json.loads(files[f"{name}.json"]) for name in ("inputs", "model", "result")}
    parts |= changes
    return kit_files(HEAD, parts["inputs"], parts["model"], {}, parts["result"])


def test_a_kit_made_to_fit_itself_differs_from_the_published_digest(files):
    digest = json.loads(files["manifest.json"])["digest"]
    inputs = json.loads(files["inputs.json"])
    inputs["facts"] = []

    with pytest.raises(KitRefused):
        recompute(forged(files, inputs=inputs), digest)


def test_where_it_differs_is_said(files):
    result = json.loads(files["result.json"])
    result["grade"], result["factors"][0]["points"] = "green", 6

    found = recompute(forged(files, result=result))

    assert [one.where for one in found.differences] == ["factors[0].points", "grade"]
    assert found.differences[1].text("zh") == "“grade”公布为 green，复算为 yellow。"
    assert found.differences[1].text("en") == "grade: published green, recomputed yellow."


@pytest.mark.parametrize("missing", ["manifest.json", "inputs.json"])
def test_an_incomplete_kit_is_refused(files, missing):
    del files[missing]

    with pytest.raises(KitRefused):
        recompute(files)


def test_what_makes_no_sense_is_refused(files):
    for model in ({}, {"kind": "dice"}):
        with pytest.raises(KitRefused):
            recompute(forged(files, model=model))
    with pytest.raises(KitRefused):
        recompute(files | {"manifest.json": b"[]"})


def test_inputs_survive_being_spelled_out():
    facts = [fact(severity="serious", until=date(2027, 1, 1))]
    data = json.loads(canonical_json(inputs_as_json(PLANT, facts)))

    assert inputs_from_json(data) == (PLANT, facts)
    assert evaluation_digest(HEAD, data, {}, {}) == evaluation_digest(HEAD, data, {}, {})


def test_a_kit_of_the_register_is_recomputed_by_the_command(city, add, evaluate, tmp_path):
    for _ in range(2):
        add("commitment", commitment_status="kept", valid_until="2099-12-31")
    evaluate(date(2026, 11, 20))
    row = queries.latest(city[FACTORY].id, "environment")
    packed = queries.kit(row)
    path = tmp_path / "KIT.zip"
    path.write_bytes(packed)

    result = CliRunner().invoke(
        command, ["recompute", str(path), "--digest", row.digest, "--json"], standalone_mode=False
    )

    answer = json.loads(result.output)
    assert queries.kit(row) == packed
    assert answer["same"] is True
    assert answer["outcome"] == row.factors
    names = zipfile.ZipFile(io.BytesIO(packed)).namelist()
    assert names == ["codelists.json", "inputs.json", "manifest.json", "model.json", "result.json"]


def test_what_is_no_zip_is_refused_by_the_command(tmp_path):
    path = tmp_path / "KIT.zip"
    path.write_bytes(b"PK nothing")

    result = CliRunner().invoke(command, ["recompute", str(path)], standalone_mode=False)

    assert isinstance(result.exception, KitRefused)


def test_the_commands_show_a_tree_and_pack_a_kit(city, add, evaluate, tmp_path, monkeypatch):
    monkeypatch.setattr(commands, "setup_django", lambda: None)
    evaluate(date(2026, 11, 20))
    add(severity="serious")
    evaluate(date(2026, 11, 20))
    out = tmp_path / "KIT.zip"

    shown = CliRunner().invoke(command, ["show", FACTORY, "--json"], standalone_mode=False)
    packed = CliRunner().invoke(
        command,
        ["kit", FACTORY, "--model", "environment", "--out", str(out)],
        standalone_mode=False,
    )
    again = CliRunner().invoke(command, ["recompute", str(out)], standalone_mode=False)

    newest, first = json.loads(shown.output)["evaluations"]
    assert (newest["state"], newest["grade"], newest["points"]) == ("proposed", "yellow", 3)
    assert (first["state"], first["points"]) == ("effective", 9)
    assert packed.exception is None
    assert "完全一致" in again.output
    assert again.return_value == 0
