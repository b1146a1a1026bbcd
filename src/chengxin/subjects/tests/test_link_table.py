"""A batch judged in sets is judged as its parties one by one."""

import json
from random import Random

import pytest

from chengxin.kernel.ids import IdKind, Verdict, check
from chengxin.kernel.ids.checksums import uscc_check
from chengxin.subjects.services import link_table
from chengxin.subjects.tests.registers import (
    answers,
    credit_code,
    file_of,
    files_of,
    judged,
    named,
    register,
    slipped,
    tax_of,
    written,
)
from chengxin.subjects.values import Decision, Evidence, Judgement, Party


def party_like(dice, subjects):
    """A party near a subject of the register, or of its own, with slips and holds."""
    held = dice.choice(subjects)
    if dice.random() < 0.15:
        number = dice.choice([{}, {"id_number": f"digest{dice.randrange(4)}"}])
        name = held.known.names[0] if held.person else dice.choice(("张三丰", "王五"))
        return Party(written(dice, name), number, personal=True)
    name = dice.choice((*held.known.names, named(dice), ""))
    sources = {
        "uscc": lambda: dice.choice(
            (held.codes.get("uscc"), credit_code(dice), moved(held.codes.get("uscc")))
        ),
        "org_code": lambda: dice.choice(
            (held.codes.get("org_code"), held.codes.get("uscc", "")[8:17], credit_code(dice)[8:17])
        ),
        "registration": lambda: f"32070000000000{dice.randrange(4)}",
        "tax": lambda: dice.choice((held.codes.get("tax"), held.codes.get("uscc"), tax_of(dice))),
    }
    codes, misread = {}, ""
    for kind, draw in sources.items():
        code = draw() if dice.random() < (0.8 if kind == "uscc" else 0.25) else None
        if code and kind == "uscc" and dice.random() < 0.3:
            code = slipped(dice, code)
        if not code:
            continue
        if kind == "uscc" and dice.random() < 0.1:
            place = dice.randrange(18)
            misread = dice.choice(
                (code.replace("0", "O"), code[:place] + code[place + 1 :], code + "1")
            )
        else:
            codes[kind] = code
    verdicts = {kind: check(code, IdKind(kind)).verdict for kind, code in codes.items()}
    codes = {kind: code for kind, code in codes.items() if verdicts[kind] is not Verdict.INVALID}
    held_kinds = frozenset(kind for kind in codes if verdicts[kind] is Verdict.HELD)
    return Party(
        written(dice, name),
        codes,
        sole_trader=codes.get("uscc", "").startswith("92"),
        held=held_kinds,
        misread=misread,
    )


def moved(code):
    """The code of the same organisation as another county would have given it."""
    return code and code[:2] + "320722" + code[8:17] + uscc_check(f"{code[:2]}320722{code[8:17]}")


def alone(found, party, subjects):
    """Whether the answer is the judgement of the party on its own."""
    expected = judged(party, subjects)
    assert json.loads(found["evidence"]) == expected.as_json(), party
    assert found["evidence"] == json.dumps(expected.as_json(), separators=(",", ":"))
    assert found["decision"] == expected.decision
    assert found["rule"] == expected.rule
    assert found["subject"] == expected.subject
    assert tuple(found["candidates"]) == expected.candidates


@pytest.mark.parametrize("seed", range(6))
def test_every_party_is_judged_as_it_would_be_alone(tmp_path, seed):
    dice = Random(seed)
    subjects = register(dice, 12 if seed else 60)
    parties = [party_like(dice, subjects) for _ in range(500 if seed else 1500)]
    found = answers(
        link_table(
            file_of(parties, tmp_path),
            directory=files_of(subjects, tmp_path),
            into=tmp_path / "links.parquet",
        )
    )

    assert [row["line"] for row in found] == list(range(2, len(parties) + 2))
    seen = set()
    for row, party in zip(found, parties, strict=True):
        seen.add(row["rule"])
        if "name_in_batch" in row["evidence"]:
            assert judged(party, subjects).decision is Decision.NEW
        else:
            alone(row, party, subjects)
    if not seed:
        assert seen == {
            "code-and-name",
            "org-code-and-name",
            "name-differs",
            "codes-disagree",
            "near-code",
            "name-only",
            "new-code",
            "no-identifier",
        }


NEW, OTHER_NEW = "91320700MA1X0T9X6", "91320700MA1X0T8X8"


def test_a_new_code_with_a_second_name_in_one_batch_is_a_question(tmp_path):
    first, second = (code + uscc_check(code) for code in (NEW, OTHER_NEW))
    parties = [
        Party("海州新物流有限公司", {"uscc": first}),
        Party("海州新物流有限责任公司", {"uscc": first}),
        Party("赣榆旧物流有限公司", {"uscc": first}),
        Party("赣榆旧物流有限公司", {"uscc": second}),
        Party("王五", {"id_number": "one"}, personal=True),
        Party("王 五", {"id_number": "one"}, personal=True),
        Party("赵六", {"id_number": "one"}, personal=True),
    ]
    found = answers(
        link_table(
            file_of(parties, tmp_path),
            directory=files_of([], tmp_path),
            into=tmp_path / "links.parquet",
        )
    )
    decisions = [row["decision"] for row in found]
    assert decisions == ["new", "new", "ask", "new", "new", "new", "ask"]
    expected = Judgement(Decision.ASK, "name-differs", (Evidence("name_in_batch"),)).as_json()
    assert [json.loads(found[line]["evidence"]) for line in (2, 6)] == [expected, expected]


def test_columns_nobody_has_may_be_missing(tmp_path):
    tmp_path = tmp_path / "it's here"
    tmp_path.mkdir()
    parties = [Party("海州新物流有限公司", {"uscc": NEW + uscc_check(NEW)}), Party("无代码", {})]
    found = answers(
        link_table(
            file_of(parties, tmp_path, {"line", "name", "personal", "uscc"}),
            directory=files_of([], tmp_path),
            into=tmp_path / "links.parquet",
        )
    )
    assert [row["decision"] for row in found] == ["new", "ask"]
