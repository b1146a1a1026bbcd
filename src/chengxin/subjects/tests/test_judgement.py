"""Who is who: identifiers link, names alone never do."""

from uuid import UUID

from chengxin.subjects.rules import judge
from chengxin.subjects.values import Decision, Known, Party

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


def test_every_piece_of_evidence_is_stored_in_both_languages():
    judgements = (
        judge(company(), {"uscc": HARBOUR}),
        judge(company("连云港海洋水产有限公司"), {"uscc": HARBOUR}),
        judge(company("连云港新丝路物流有限公司"), {}),
        judge(Party(name="江苏海港水产有限公司", codes={}), {}, [HARBOUR]),
        judge(Party(name="连云港新丝路物流有限公司", codes={}), {}),
    )
    for judgement in judgements:
        for piece in judgement.as_json()["evidence"]:
            assert piece["text"].keys() == {"zh", "en"}
            assert piece["text"]["en"].isascii()
            assert not piece["text"]["zh"].isascii()


def test_evidence_about_a_person_holds_no_number():
    person = Party("张三丰", {"id_number": "11010519491231002X"}, personal=True)
    found = judge(person, {"id_number": Known(UUID(int=3), ("张三丰",))})
    assert found.decision is Decision.LINKED
    assert "11010519491231002X" not in str(found.as_json())
