import re
from collections import Counter

from chengxin.city.identifiers import PERSON_REGION
from chengxin.city.words import words
from chengxin.kernel.ids import IdKind, Verdict, check

ID_NUMBER = re.compile(r"(?<![0-9A-Z])[1-9][0-9]{16}[0-9X](?![0-9A-Z])")
PERSONAL = {"representative_id_number", "id_number"}


def test_every_code_is_valid_but_those_with_a_wrong_check_digit(made):
    verdicts = Counter(check(row["uscc"], IdKind.USCC).verdict for row in made.organisations)

    listed_twice = made.manifest["counts"]["organisations_listed_twice"]
    assert verdicts[Verdict.INVALID] == 0
    assert made.manifest["counts"]["organisations_held"] <= verdicts[Verdict.HELD]
    assert verdicts[Verdict.HELD] <= made.manifest["counts"]["organisations_held"] + 2
    assert sum(verdicts.values()) == 600 + listed_twice


def test_no_two_organisations_share_a_code(made):
    codes = Counter(row["uscc"] for row in made.organisations)

    assert len(codes) == 600


def test_old_numbers_pass_their_own_checks(made):
    for row in made.organisations:
        if row["old_org_code"]:
            assert check(row["old_org_code"], IdKind.ORG_CODE).verdict is Verdict.VALID
        number = row["old_registration_number"]
        if len(number) == 15:
            assert check(number, IdKind.REGISTRATION).verdict is not Verdict.INVALID


def test_organisations_of_every_form_are_there(made):
    forms = {row["legal_form"] for row in made.organisations}

    assert {"company", "sole_trader", "branch", "cooperative", "institution"} <= forms
    assert {"social_group", "law_firm", "village_collective", "partnership"} <= forms


def test_no_well_known_name_comes_out(made):
    denied = words().deny
    names = [row["name"] for row in made.organisations]
    names += [name for row in made.organisations for name in row["former_names"].split("|")]

    assert [name for name in names if any(known in name for known in denied)] == []


def test_every_person_has_a_valid_number_of_a_region_that_was_never_assigned(made):
    for row in made.persons:
        assert row["id_number"].startswith(PERSON_REGION)
        assert check(row["id_number"], IdKind.ID_NUMBER).verdict is Verdict.VALID
    assert {row["minor"] for row in made.persons} == {"0", "1"}


def test_numbers_of_persons_stand_only_in_their_columns_or_where_a_leak_was_planted(made):
    columns = {}
    for column in made.table("truth/columns.csv"):
        columns[column["file"], int(column["column"]) - 1] = column["field"]
    truth = {(row["file"], int(row["row"])): row for row in made.rows}
    leaks = 0
    for file in made.files:
        if file["item"] == "":
            continue
        for line, cells in enumerate(made.cells(file), 1):
            for at, cell in enumerate(cells):
                if PERSON_REGION not in str(cell) or columns[file["file"], at] in PERSONAL:
                    continue
                if ID_NUMBER.search(str(cell)):
                    assert "leaked_id" in truth[file["file"], line]["planted"]
                    leaks += 1
    assert leaks > 0
    assert PERSON_REGION not in (made.folder / "organisations.csv").read_text("utf-8")
