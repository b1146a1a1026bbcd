from collections import Counter

from chengxin.city.plants import KINDS
from chengxin.kernel.canonical import canonical_json, sha256_hex


def test_every_kind_of_error_is_planted(made):
    planted = Counter(kind for row in made.rows for kind in row["planted"].split("|") if kind)

    assert set(planted) == {*KINDS, "swapped_columns", "sent_again"}


def test_rows_of_the_truth_are_the_rows_of_the_files(made):
    told = Counter(row["file"] for row in made.rows)
    for file in made.files:
        if file["expected"] == "unreadable":
            continue
        below = len(made.cells(file)) - int(file["header_row"])
        assert below == int(file["rows"])
        assert told[file["file"]] == (below if file["item"] else 0)


def test_headers_stand_where_the_truth_says(made):
    headers = {}
    for column in made.table("truth/columns.csv"):
        headers.setdefault(column["file"], []).append(column["header"])
    for file in made.files:
        if file["item"]:
            assert made.cells(file)[int(file["header_row"]) - 1] == headers[file["file"]]


def test_about_seven_rows_in_a_hundred_carry_an_error(made):
    planted = sum(bool(row["planted"]) for row in made.rows)

    assert 0.06 < planted / len(made.rows) < 0.10


def test_three_rows_in_ten_are_penalties(made):
    items = Counter(row["item"] for row in made.rows)

    assert 0.28 < items["penalty"] / len(made.rows) < 0.33


def test_about_a_third_of_the_decisions_fall_into_the_last_year(made):
    recent = sum(row["decided_on"] >= "2025-11-20" for row in made.rows)

    assert 0.28 < recent / len(made.rows) < 0.40


def test_each_decision_is_told_once_and_fits_its_digest(made):
    decisions = {line["decision"]: line for line in made.decisions()}
    first = {}
    for row in made.rows:
        if row["planted"] not in {"duplicate_row", "duplicate_across"}:
            first.setdefault(row["decision"], row)

    assert set(decisions) == set(first)
    for name, row in first.items():
        values = decisions[name]["values"]
        assert sha256_hex(canonical_json(values)) == row["digest"]


def test_all_units_of_the_double_publicity_send_files(made):
    units = {file["unit"] for file in made.files}

    assert len(units) == 53


def test_files_come_in_every_format_layout_and_with_titles(made):
    formats = {(file["format"], file["encoding"]) for file in made.files}
    endings = {(file["format"], file["file"].rpartition(".")[2]) for file in made.files}

    assert formats >= {("xlsx", ""), ("csv", "utf-8"), ("csv", "utf-8-sig"), ("csv", "gb18030")}
    assert ("xlsx", "xls") in endings
    assert {file["layout"] for file in made.files} >= {"standard", "loose", "codes", "layout_2015"}
    assert {file["header_row"] for file in made.files} >= {"1", "2", "3", "4"}


def test_odd_files_are_there_with_what_a_reader_must_say(made):
    expected = Counter(file["expected"] for file in made.files)

    assert expected["refused"] == 2
    assert expected["unreadable"] == 2
    assert expected["empty"] == 1
    assert expected["swapped_columns"] >= 1
    assert expected["sent_again"] >= 1


def test_a_file_sent_again_has_the_same_bytes(made):
    again = [file for file in made.files if file["again"]]

    for file in again:
        first = (made.folder / file["again"]).read_bytes()
        assert (made.folder / file["file"]).read_bytes() == first


def test_workbooks_open_in_another_library_too(made):
    from openpyxl import load_workbook

    file = next(
        one for one in made.files if one["file"].endswith(".xlsx") and one["header_row"] == "2"
    )
    sheet = load_workbook(made.folder / file["file"]).active

    assert sheet.max_row == int(file["rows"]) + 2
    assert next(str(merged) for merged in sheet.merged_cells.ranges).startswith("A1:")
