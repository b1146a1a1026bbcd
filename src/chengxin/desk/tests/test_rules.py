"""Small judgements of presentation."""

from datetime import date

from chengxin.catalogue.queries import item
from chengxin.desk.rules import compared, on_time_since, safe_cell, settled
from chengxin.desk.templatetags.desk import weight
from chengxin.engine.values import Fault, Severity
from chengxin.policy.queries import current_rulebook
from chengxin.register.rules import correctable


def test_the_first_day_still_on_time_counts_working_days():
    calendar = current_rulebook().calendar
    day = date(2026, 11, 23)
    first = on_time_since(day, 7, calendar)
    assert first == date(2026, 11, 12)
    assert calendar.add_working_days(first, 7) == day


def test_an_accepted_proposal_takes_its_fields_from_other_columns():
    mapping = {"甲": "one", "乙": "two", "丙": "three"}
    assert settled(mapping, {"甲": "two"}) == {"甲": "two", "乙": "", "丙": "three"}


def test_codes_are_compared_sign_by_sign():
    assert compared("91A", "92A") == (("9", True), ("1", False), ("A", True))


def test_only_what_was_rewritten_is_called_tidied():
    def fault(code, severity):
        return Fault(0, "uscc", code, "", "", None, "", severity)

    assert weight(fault("INTAKE-REWRITTEN", Severity.NOTE)).label == "已规整"
    assert weight(fault("IDS-ALSO-ID-NUMBER", Severity.NOTE)).label == "提示"
    assert weight(fault("IDS-LENGTH", Severity.ERROR)).label == "错误"


def test_a_formula_in_a_list_of_faults_is_only_text():
    assert safe_cell("=1+1") == "'=1+1"
    assert safe_cell("连云港") == "连云港"


def test_a_correction_reaches_neither_the_party_nor_the_key():
    penalty = item(current_rulebook(), "penalty")
    names = {field.name for field in correctable(penalty)}
    assert names.isdisjoint({*penalty.natural_key, "subject_name", "uscc", "decided_on"})
    assert names.isdisjoint({field.name for field in penalty.fields if field.personal})
    assert {"fine_yuan", "severity"} <= names
