"""What a clerk sees of her file before anything is written."""

from datetime import date

import pytest

from chengxin.intake import errors
from chengxin.intake.services import preview
from chengxin.intake.tests.sheets import HEADERS, as_csv, as_xlsx, row, rows
from chengxin.policy.queries import current_rulebook

DAY = date(2026, 4, 1)
KEYS = {
    "format", "encoding", "sheet", "header_row", "item", "columns", "rows", "faults", "questions",
    "sheets", "groups", "quarantined", "remembered",
}  # fmt: skip


def look(data: bytes, name: str = "报表.xlsx", **how):
    return preview(data, name, book=current_rulebook(), on=DAY, **how)


def kinds(seen) -> list[str]:
    return [question.kind for question in seen.questions]


def test_a_clean_file_has_every_column_mapped_and_nothing_to_say():
    seen = look(as_xlsx([list(HEADERS), *rows(3)]))

    assert seen.item == "penalty"
    assert all(column.field and column.confidence >= 0.9 for column in seen.columns)
    assert (seen.rows, seen.header_row, seen.faults, seen.questions) == (3, 1, (), ())
    assert not seen.has_findings
    assert set(seen.as_json()) == KEYS
    assert [c.field for c in seen.columns if c.personal] == ["representative"]


@pytest.mark.parametrize("titles", [0, 1, 4])
def test_the_header_is_found_below_titles(titles):
    lines = [[f"连云港市示例局行政处罚信息表（{n}）"] for n in range(titles)]

    seen = look(as_xlsx([*lines, list(HEADERS), *rows(2)]))

    assert (seen.header_row, seen.rows, seen.item) == (titles + 1, 2, "penalty")


def test_a_row_of_national_codes_under_the_names_is_no_record():
    codes = ["CF_WSH", "CF_XDR_MC", "CF_XDR_LB", "CF_XDR_SHXYM", "CF_FRDB", "CF_WFXW"]

    seen = look(as_xlsx([list(HEADERS), codes, *rows(2)]))

    assert (seen.rows, seen.lines) == (2, (3, 4))


def test_national_codes_alone_are_headers_too():
    codes = [
        "CF_WSH", "CF_XDR_MC", "CF_XDR_LB", "CF_XDR_SHXYM", "CF_FRDB", "CF_WFXW", "CF_SY", "CF_YJ",
        "CF_CFLB", "CF_NR", "CF_NR_FK", "CF_JDRQ", "CF_YXQ", "CF_CFJG", "CF_CFJGDM", "CF_SJLY",
        "CF_SJLYDM",
    ]  # fmt: skip

    seen = look(as_csv([codes, *rows(2)], "gb18030"), "a.csv")

    assert (seen.item, seen.encoding) == ("penalty", "GB18030")
    assert {column.confidence for column in seen.columns} == {1.0}


def test_names_with_stars_brackets_and_remarks_are_known():
    headers = [f"*{HEADERS[0]}（必填）", *HEADERS[1:10], "罚款金额（万元）", *HEADERS[11:]]

    seen = look(as_xlsx([headers, *rows(1)]))

    assert [column.field for column in seen.columns][:1] == ["document_number"]
    assert seen.columns[10].field == "fine_yuan"
    assert not seen.has_findings


def test_swapped_columns_are_put_to_the_clerk_and_not_checked_as_they_stand():
    swapped = {"处罚类别": "连云港市示例局", "处罚机关": "罚款"}

    seen = look(as_xlsx([list(HEADERS), row(1, **swapped), row(2, **swapped)]))

    (question,) = seen.questions
    assert (question.kind, question.columns) == ("swapped", ("处罚类别", "处罚机关"))
    assert question.proposal == {"处罚类别": "authority", "处罚机关": "penalty_kind"}
    assert seen.faults == ()
    assert all(c.confidence <= 0.3 for c in seen.columns if c.header in question.columns)


def test_a_mapping_a_person_gave_settles_the_question():
    swapped = {"处罚类别": "连云港市示例局", "处罚机关": "罚款"}
    data = as_xlsx([list(HEADERS), row(1, **swapped)])
    first = look(data)
    mapping = {column.header: column.field for column in first.columns}

    seen = look(data, item_code="penalty", mapping=mapping | first.questions[0].proposal)

    assert (kinds(seen), seen.faults) == ([], ())


def test_values_one_column_beside_their_headers_are_noticed():
    shifted = [[line[0], "", *line[1:-1]] for line in rows(4)]

    seen = look(as_xlsx([list(HEADERS), *shifted]))

    assert set(kinds(seen)) & {"shifted", "contradiction"}
    assert seen.blocking_questions


def test_two_sheets_are_a_question():
    seen = look(as_xlsx([list(HEADERS), *rows(1)], 说明=[["一", "二"], ["三", "四"]]))

    assert (kinds(seen), seen.sheet, seen.item) == (["sheets"], "数据", "penalty")
    assert kinds(look(as_xlsx([list(HEADERS), *rows(1)], 说明=[["a"]]), sheet="数据")) == []
    with pytest.raises(errors.NoSuchSheet):
        look(as_xlsx([list(HEADERS)]), sheet="没有")


def test_a_missing_column_is_said_once_and_not_on_every_row():
    lines = [list(HEADERS[:-1]), *(line[:-1] for line in rows(3))]

    seen = look(as_xlsx(lines))

    assert [(f.row, f.fault.code) for f in seen.faults] == [(1, "INTAKE-MISSING-COLUMN")]
    assert kinds(seen) == ["missing_columns"]


def test_a_letter_is_no_table():
    with pytest.raises(errors.NoHeader):
        look(as_xlsx([["关于报送信用信息的函"], ["各有关单位："], ["现将有关事项通知如下。"]]))


def test_a_table_of_no_item_is_told_so_in_plain_words():
    seen = look(as_csv([["姓名", "步数", "排名"], ["甲", "100", "1"], ["乙", "90", "2"]]), "a.csv")

    assert (seen.item, kinds(seen), seen.rows) == (None, ["no_item"], 2)


def test_day_numbers_of_a_spreadsheet_are_read_as_dates():
    seen = look(as_xlsx([list(HEADERS), row(1, 处罚决定日期=46086)]))

    assert [(f.fault.code, f.proposal_shown) for f in seen.faults] == [
        ("INTAKE-REWRITTEN", "2026-03-05")
    ]
    assert not seen.has_findings


def test_a_number_of_a_person_is_never_in_what_is_printed():
    number = "110105194912310021"[:17] + "X"
    person = row(
        1,
        行政相对人名称="示例人",
        行政相对人类别="自然人",
        统一社会信用代码=number,
        法定代表人="示例人",
    )

    printed = str(look(as_xlsx([[*HEADERS, "证件号码"], [*person, number]])).as_json())

    assert number not in printed
    assert "示例人" not in printed


def test_a_row_damaged_at_its_source_is_set_aside_with_its_line_and_reason():
    data = as_csv([list(HEADERS), *rows(30)], "gb18030")
    at = data.index("无证".encode("gb18030"))

    seen = look(data[:at] + b"\xff" + data[at + 1 :], "a.csv")

    assert (seen.encoding, seen.rows, seen.quarantined) == ("GB18030", 30, 1)
    assert kinds(seen) == ["damaged_text"]
    assert [(f.row, f.column, f.fault.code) for f in seen.faults] == [
        (2, "违法行为类型", "INTAKE-DAMAGED-TEXT")
    ]


def test_rounded_numbers_are_told():
    seen = look(as_xlsx([list(HEADERS), row(1, 统一社会信用代码=123207064660000100)]))

    assert "rounded_numbers" in kinds(seen)


@pytest.mark.parametrize(
    "mapping",
    [{"没有的列": "uscc"}, {HEADERS[0]: "nothing"}, {HEADERS[0]: "uscc", HEADERS[1]: "uscc"}],
)
def test_a_mapping_that_cannot_be_is_refused(mapping):
    with pytest.raises(errors.BadMapping):
        look(as_xlsx([list(HEADERS), *rows(1)]), item_code="penalty", mapping=mapping)


def test_a_file_with_a_header_and_no_rows_is_read():
    seen = look(as_xlsx([list(HEADERS)]))

    assert (seen.rows, seen.faults, seen.item) == (0, (), "penalty")
