"""`chengxin rulebook`: what it prints, and its exit codes."""

import json
import shutil

import pytest
from click.testing import CliRunner

from chengxin.policy.queries import rulebook_folder
from chengxin.site.commands.rulebook import rulebook


@pytest.fixture
def spoiled_folder(tmp_path):
    root = tmp_path / "rulebook"
    shutil.copytree(rulebook_folder(), root)
    penalty = root / "national/catalogue/penalty.yaml"
    text = penalty.read_text(encoding="utf-8")
    penalty.write_text(text.replace("label: 备注", "label: 当事人血型"), encoding="utf-8")
    return root


def run(*arguments):
    return CliRunner().invoke(rulebook, [str(one) for one in arguments])


def test_a_faultless_rulebook_is_summed_up():
    answer = run("check", "--json")

    found = json.loads(answer.output)
    assert answer.exit_code == 0
    assert found["ok"]
    assert found["items"] >= 2
    assert found["faults"] == []
    assert len(found["edition"]) == 64


def test_a_fault_is_named_with_file_line_and_way_out(spoiled_folder):
    answer = run("check", "--dir", spoiled_folder)
    as_json = run("check", "--dir", spoiled_folder, "--json")

    (fault,) = json.loads(as_json.output)["faults"]
    assert answer.exit_code == as_json.exit_code == 1
    assert fault["code"] == "CATALOGUE-PROHIBITED"
    assert f"national/catalogue/penalty.yaml:{fault['line']}：" in answer.output
    assert "Remove the item or field" in answer.output


def test_a_file_that_cannot_be_read_is_a_finding_too(spoiled_folder):
    (spoiled_folder / "lianyungang/site.yaml").write_text("name: yes\n", encoding="utf-8")

    answer = run("check", "--dir", spoiled_folder, "--json")

    assert answer.exit_code == 1
    assert json.loads(answer.output)["edition"] is None


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("penalty", "item"),
        ("publication.maximum_term", "parameter"),
        ("pipl", "law"),
        ("lyg-scjg", "unit"),
        ("penalty_kind", "codelist"),
        ("reviewer", "role"),
    ],
)
def test_everything_with_a_name_can_be_shown(code, kind):
    as_json = json.loads(run("show", code, "--on", "2026-06-01", "--json").output)
    as_text = run("show", code, "--on", "2026-06-01")

    assert as_json["kind"] == kind
    assert as_json["on"] == "2026-06-01"
    assert as_text.exit_code == 0
    assert as_json["entry"].get("label", as_json["entry"].get("name", "")) in as_text.output


def test_a_parameter_is_answered_for_the_day_asked():
    old = json.loads(run("show", "publication.maximum_term", "--on", "2024-01-01", "--json").output)
    new = json.loads(run("show", "publication.maximum_term", "--on", "2026-04-01", "--json").output)

    assert (old["answer"]["value"]["ordinary"], new["answer"]["value"]["ordinary"]) == (36, 12)
    assert new["answer"]["status"] == "unconfirmed"


def test_without_a_name_all_names_are_listed():
    names = json.loads(run("show", "--json").output)

    assert {"penalty", "permit"} <= set(names["items"])
    assert names["calendar"] == [2004, 2026]
