"""`chengxin draw verify`: whoever holds the file repeats the draw."""

import json

import pytest
from click.testing import CliRunner

from chengxin.site.commands.draw import verify
from chengxin.supervision.errors import NoProof
from chengxin.supervision.rules.drawing import commitment_of, drawn
from chengxin.supervision.rules.proving import proof
from chengxin.supervision.tests.samples import CHANCE, SEED, a_plan


@pytest.fixture
def document():
    plan = a_plan()
    visits, commitment = drawn(plan, SEED, CHANCE), commitment_of(plan, SEED)
    return proof(plan, seed=SEED, chance=CHANCE, visits=visits, commitment=commitment)


@pytest.fixture
def ask(tmp_path):
    def run(told, *options):
        file = tmp_path / "draw.json"
        file.write_text(told if isinstance(told, str) else json.dumps(told), "utf-8")
        runner = CliRunner()
        return runner.invoke(
            verify, [str(file), *options], standalone_mode=False, catch_exceptions=False
        )

    return run


def test_a_true_proof_passes_with_the_digest_its_reader_kept(ask, document):
    answer = ask(document, "--commitment", document["commitment"])
    assert answer.return_value == 0
    assert "207 家中抽取 17 家" in answer.output


def test_a_changed_proof_or_another_digest_is_said(ask, document):
    short = document | {"visits": document["visits"][1:]}
    assert ask(short).return_value == 1
    told = json.loads(ask(document, "--commitment", "00" * 32, "--json").output)
    assert [one["check"] for one in told["checks"] if not one["passed"]] == ["published"]


@pytest.mark.parametrize("text", ["{}", "[]", "no json", '{"kind": "chengxin draw"}'])
def test_what_is_no_proof_is_said_in_a_sentence(ask, text):
    with pytest.raises(NoProof):
        ask(text)
