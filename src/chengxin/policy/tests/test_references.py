"""Every value has a law in force; every name leads somewhere; every kind of file is known."""

from datetime import date

import pytest

from chengxin.policy.errors import ParameterNotInForce

DEADLINE = "national/parameters/publication.reporting_deadline.yaml"
PENALTY = "national/catalogue/penalty.yaml"


def test_the_rulebook_as_it_stands_has_no_fault(folder):
    assert folder.codes() == []


def test_a_value_without_a_basis_is_refused(folder):
    folder.edit(DEADLINE, '    basis: {law: fgb-2018-424, article: ""}\n', "")

    fault = folder.only_fault()

    assert fault.code == "POLICY-SCHEMA"
    assert fault.line == 10
    assert "basis" in fault.reason_zh
    assert "basis" in fault.reason_en


def test_a_law_nobody_listed_is_refused(folder):
    folder.edit(DEADLINE, "fgb-2018-424", "city-notice-1")

    fault = folder.only_fault()

    assert (fault.code, fault.line) == ("POLICY-UNKNOWN-LAW", 12)


def test_an_article_nobody_has_read_is_refused(folder):
    folder.edit(DEADLINE, 'article: ""', "article: 第七条")

    assert folder.codes() == ["POLICY-UNKNOWN-ARTICLE"]


def test_a_value_ends_with_its_law_and_that_is_told(folder):
    folder.edit("national/laws/fgb-2018-424.yaml", "status:", "until: 2027-01-01\nstatus:")

    book = folder.load()

    assert folder.codes() == []
    assert "POLICY-LAW-REPEALED" in {one.code for one in book.notices}
    assert book.on(date(2026, 12, 31), "publication.reporting_deadline").value == 7
    with pytest.raises(ParameterNotInForce):
        book.on(date(2027, 1, 1), "publication.reporting_deadline")


def test_a_value_goes_on_under_the_law_that_follows(folder):
    ends = "until: 2027-01-01\nreplaced_by: gbf-2020-49\nstatus:"
    folder.edit("national/laws/fgb-2018-424.yaml", "status:", ends)

    assert folder.load().on(date(2027, 1, 1), "publication.reporting_deadline").value == 7


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("national/parameters/publication.maximum_term.yaml", "ordinary: 12", "oridnary: 12"),
        ("national/parameters/quality.accuracy.yaml", "numerator:", "nominator:"),
        ("national/parameters/severity.by_penalty_kind.yaml", "[confiscate_gains", "[gains"),
        ("scenarios/window_minor_2026.yaml", "recorded_on", "recordet_on"),
        ("scenarios/window_minor_2026.yaml", "severity: minor", "severty: minor"),
        ("national/catalogue/penalty.yaml", "maximum_term:", "maximun_term:"),
        ("scenarios/window_minor_2026.yaml", "item: penalty", "item: penatly"),
    ],
)
def test_a_misspelt_key_inside_a_value_is_named(folder, name, old, new):
    folder.edit(name, old, new)

    assert set(folder.codes()) <= {
        "POLICY-UNKNOWN-KEY",
        "POLICY-UNKNOWN-CODE",
        "POLICY-UNKNOWN-ITEM",
        "POLICY-SCHEMA",
    }
    assert folder.codes()


def test_a_value_may_not_start_before_its_law_unless_it_says_so(folder):
    folder.edit(DEADLINE, "since: 2018-07-25", "since: 2018-07-24")

    assert folder.codes() == ["POLICY-LAW-NOT-IN-FORCE"]

    folder.edit(DEADLINE, "    note:", "    retroactive: true\n    note:")
    assert folder.codes() == []


def test_a_code_outside_its_list_is_refused(folder):
    folder.edit(
        "national/parameters/severity.by_penalty_kind.yaml", "warning: minor", "warning: trivial"
    )
    folder.edit("lianyungang/units/counties.yaml", '"320703"', '"320799"')

    assert folder.codes() == ["POLICY-UNKNOWN-CODE", "POLICY-UNKNOWN-CODE"]


def test_a_code_of_digits_must_be_quoted(folder):
    folder.edit("lianyungang/units/counties.yaml", '"320703"', "320703")

    fault = folder.only_fault()

    assert fault.code == "POLICY-SCHEMA"
    assert "应为文字" in fault.reason_zh
    assert "加引号" in fault.way_out_zh


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("adverse: true\n", "adverse: true\nscore: 3\n", "score"),
        ("disclosure: public\n", "disclosure: open\n", "open"),
        ("since: 2018-07-25\n", "since: 2018-02-30\n", "2018-02-30"),
        ("label: 行政处罚\n", "", "label"),
    ],
)
def test_what_does_not_fit_the_schema_is_named(folder, old, new, word):
    folder.edit(PENALTY, old, new)

    fault = folder.only_fault()

    assert (fault.code, fault.file) == ("POLICY-SCHEMA", PENALTY)
    assert word in fault.reason_zh
    assert word in fault.reason_en
    assert "item.schema.json" in fault.way_out_zh


def test_files_in_the_wrong_place_and_windows_line_endings_are_refused(folder):
    folder.write("national/boards/blacklist.yaml", "a: 1\n")
    folder.write("national/codelists/x.json", "{}")
    site = (folder.root / "lianyungang/site.yaml").read_text(encoding="utf-8")
    folder.write("lianyungang/site.yaml", site.replace("\n", "\r\n"))

    assert sorted(folder.codes()) == [
        "POLICY-LINE-ENDINGS",
        "POLICY-UNKNOWN-FILE",
        "POLICY-UNKNOWN-FILE",
    ]


def test_dated_values_run_from_new_to_old(folder):
    folder.edit(
        "national/parameters/publication.maximum_term.yaml",
        "since: 2023-05-01",
        "since: 2026-04-02",
    )

    assert "POLICY-ORDER" in folder.codes()


def test_a_rulebook_without_a_site_or_with_a_hole_in_the_calendar_is_refused(folder):
    (folder.root / "lianyungang/site.yaml").unlink()
    (folder.root / "national/calendar/2019.yaml").unlink()

    assert folder.codes() == ["POLICY-MISSING-PART", "POLICY-CALENDAR-GAP"]


def test_all_faults_of_all_files_come_at_once(folder):
    folder.edit(DEADLINE, "value: 7", "value: yes")
    folder.edit(PENALTY, "adverse: true", "adverse: maybe")

    assert sorted(folder.codes()) == ["POLICY-GUESSED", "POLICY-SCHEMA"]
