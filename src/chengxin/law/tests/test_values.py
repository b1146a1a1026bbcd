from datetime import date

from chengxin.law.values import Answer, Basis, Law

BASIS = Basis("example", "示例办法", "第八条")


def test_a_basis_reads_as_people_cite_it():
    assert str(BASIS) == "《示例办法》第八条"
    assert str(Basis("example", "《示例办法》", "")) == "《示例办法》"


def test_a_law_applies_from_its_first_day_to_the_day_before_its_end():
    law = Law("example", "示例办法", "", "部门规章", "某部", date(2023, 5, 1), date(2026, 4, 1))

    days = [date(2023, 4, 30), date(2023, 5, 1), date(2026, 3, 31), date(2026, 4, 1)]

    assert [law.in_force(day) for day in days] == [False, True, True, False]


def test_an_answer_keeps_its_reason_through_every_step():
    answer = Answer(3, BASIS).then(lambda months: months * 2)
    assert (answer.value, answer.basis, answer.confirmed) == (6, BASIS, True)


def test_an_answer_on_an_unconfirmed_basis_is_not_confirmed():
    assert not Answer(3, Basis("x", "示例", "", "unconfirmed")).confirmed
    assert not Answer(3, BASIS, "unconfirmed").confirmed
