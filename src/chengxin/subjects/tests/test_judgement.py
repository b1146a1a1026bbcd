"""Who is who: identifiers link, names alone never do."""

from uuid import UUID

import pytest

from chengxin.kernel.ids.checksums import uscc_check
from chengxin.subjects.rules import evidence_text, judge
from chengxin.subjects.values import WEIGHTS, Decision, Evidence, Known, Party

HARBOUR = Known(UUID(int=1), ("江苏海港水产有限公司", "连云港海港水产厂"))
OTHER = Known(UUID(int=2), ("连云港云台茶业有限公司",))
CODE = "91320700MA1X0T0X8T"


def company(name="江苏海港水产有限公司", **codes):
    return Party(name=name, codes=codes or {"uscc": CODE})


def test_a_code_whose_subject_bears_the_name_links():
    found = judge(company(), {"uscc": HARBOUR})
    assert (found.decision, found.subject) == (Decision.LINKED, HARBOUR.id)
    assert [piece.field for piece in found.evidence] == ["uscc", "name"]


def test_a_former_name_and_other_brackets_link_too():
    assert judge(company("连云港海港水产厂"), {"uscc": HARBOUR}).decision is Decision.LINKED


def test_a_code_with_another_name_waits_for_a_person():
    found = judge(company("连云港海洋水产有限公司"), {"uscc": HARBOUR})
    assert (found.decision, found.rule) == (Decision.ASK, "name-differs")
    assert found.candidates == (HARBOUR.id,)


def test_two_codes_of_two_subjects_wait_for_a_person():
    party = company(uscc=CODE, registration="320700000000017")
    found = judge(party, {"uscc": HARBOUR, "registration": OTHER})
    assert (found.decision, found.rule) == (Decision.ASK, "codes-disagree")


def test_an_old_number_beside_an_unknown_code_waits_for_a_person():
    party = company(uscc=CODE, registration="320700000000017")
    found = judge(party, {"registration": HARBOUR})
    assert (found.decision, found.rule) == (Decision.ASK, "codes-disagree")
    assert found.candidates == (HARBOUR.id,)


def test_a_name_alone_never_links():
    nameless_code = Party(name="江苏海港水产有限公司", codes={})
    found = judge(nameless_code, {}, [HARBOUR])
    assert (found.decision, found.rule) == (Decision.ASK, "name-only")


def test_a_valid_code_not_seen_before_is_a_new_subject():
    assert judge(company("连云港新丝路物流有限公司"), {}).decision is Decision.NEW


def test_a_held_code_not_seen_before_waits_for_a_person():
    party = Party(name="连云港新丝路物流有限公司", codes={"uscc": CODE}, held=frozenset({"uscc"}))
    assert judge(party, {}).decision is Decision.ASK


def test_a_person_is_never_looked_up_by_name():
    person = Party(name="张三丰", codes={}, personal=True)
    found = judge(person, {}, [Known(UUID(int=3), ("张三丰",))])
    assert (found.decision, found.candidates) == (Decision.ASK, ())


def test_a_judgement_is_stored_with_its_rule_version_and_weights_only():
    assert judge(company(), {"uscc": HARBOUR}).as_json() == {
        "rule": "code-and-name",
        "version": "sameness-2",
        "decision": "linked",
        "evidence": [{"field": "uscc", "weight": 1.0}, {"field": "name", "weight": 1.0}],
        "candidates": [],
    }


def test_every_piece_of_evidence_is_told_in_both_languages():
    for field in WEIGHTS:
        zh, en = evidence_text(Evidence(field).as_json())
        assert en.isascii()
        assert not zh.isascii()


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ({"text": {"zh": "名称一致", "en": "the name fits"}}, ("名称一致", "the name fits")),
        ({"text": "名称一致"}, ("名称一致", "名称一致")),
    ],
)
def test_evidence_stored_with_its_sentences_is_still_told(stored, told):
    assert evidence_text({"field": "name", "weight": 1.0, **stored}) == told


# An organisation code on its own, and in the credit code of another county.
MOVED = "91320722MA1X0T0X8" + uscc_check("91320722MA1X0T0X8")


def test_the_organisation_code_inside_links_when_the_name_fits():
    found = judge(company(uscc=MOVED), {}, by_inner={"uscc": [HARBOUR]})
    assert (found.decision, found.rule) == (Decision.LINKED, "org-code-and-name")
    assert [piece.field for piece in found.evidence] == ["inner_uscc", "name"]


@pytest.mark.parametrize(
    ("party", "inside", "rule"),
    [
        (company("连云港海洋水产有限公司", uscc=MOVED), [HARBOUR], "name-differs"),
        (company(uscc=MOVED), [HARBOUR, OTHER], "codes-disagree"),
        (
            Party("江苏海港水产有限公司", {"uscc": "91320722MA1X0T0X8T"}, held=frozenset({"uscc"})),
            [HARBOUR],
            "near-code",
        ),
    ],
)
def test_the_organisation_code_inside_is_not_enough_alone(party, inside, rule):
    found = judge(party, {}, by_inner={"uscc": inside})
    assert (found.decision, found.rule) == (Decision.ASK, rule)
    assert HARBOUR.id in found.candidates


def test_a_code_one_slip_away_is_offered_and_never_applied():
    party = Party(HARBOUR.names[0], {"uscc": CODE[:-2] + "9T"}, held=frozenset({"uscc"}))
    found = judge(party, {}, [HARBOUR], near=[OTHER, HARBOUR])
    assert (found.decision, found.rule, found.subject) == (Decision.ASK, "near-code", None)
    assert found.candidates == (HARBOUR.id, OTHER.id)
    assert [piece.field for piece in found.evidence] == ["near_code", "same_name"]


@pytest.mark.parametrize(
    ("known", "written", "fits"),
    [
        ("海港水产有限责任公司", "海港水产有限公司", "name_form"),
        ("海港水产股份有限公司", "海港水产股份公司", "name_form"),
        ("江苏(连云港)水产有限公司", "江苏连云港水产有限公司", "name_form"),
        ("云台会计师事务所(普通合伙)", "云台会计师事务所", "name_form"),
        ("海港水产有限公司", "海港水产股份有限公司", "name_differs"),
        ("海港水产有限公司", "海港水产有限公司海州分公司", "name_differs"),
        ("海港水产有限公司海州分公司", "海港水产有限公司", "name_differs"),
    ],
)
def test_a_legal_form_may_be_written_in_its_other_way_and_a_branch_is_not_its_head_office(
    known, written, fits
):
    found = judge(company(written), {"uscc": Known(UUID(int=1), (known,))})
    assert found.evidence[-1].field == fits
    assert (found.decision is Decision.LINKED) == (fits != "name_differs")


def test_a_sole_trader_with_a_code_of_its_own_is_new_whatever_it_is_called():
    trader = Party("小吃店", {"uscc": "92320722MA1X1T1XX2"}, sole_trader=True)
    assert judge(trader, {}, [Known(UUID(int=4), ("小吃店",))]).decision is Decision.NEW


def test_evidence_about_a_person_holds_no_number():
    person = Party("张三丰", {"id_number": "11010519491231002X"}, personal=True)
    found = judge(person, {"id_number": Known(UUID(int=3), ("张三丰",))})
    assert found.decision is Decision.LINKED
    assert "11010519491231002X" not in str(found.as_json())
