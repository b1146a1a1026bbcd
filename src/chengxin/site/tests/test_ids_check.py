import json
import zipfile

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from chengxin.site.commands.ids import ids
from chengxin.site.commands.ids_table import ColumnMissing, FileUnreadable, read_column

CODE = "9132070070404786XB"
PERSON = "11010519491231002X"  # the example printed in the standard


def _check(path, *options):
    result = CliRunner().invoke(ids, ["check", str(path), "--json", *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, [json.loads(line) for line in result.output.splitlines()]


def test_each_row_gets_one_line_of_json_with_its_line_in_the_file(tmp_path):
    path = tmp_path / "codes.csv"
    path.write_text(f'名称,代码\n"甲\n乙",{CODE}\n,\n丙,9132070070404786XC\n', encoding="utf-8")

    status, lines = _check(path, "--column", "代码", "--kind", "uscc")

    assert status == 1
    assert lines == [
        {"row": 2, "value": CODE, "kind": "uscc", "verdict": "valid", "normalised": CODE,
         "code": "", "publishable": True},
        {"row": 5, "value": "9132070070404786XC", "kind": "uscc", "verdict": "held",
         "normalised": "9132070070404786XC", "code": "IDS-CHECK-DIGIT", "publishable": True},
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_encoding_and_delimiter_are_recognised(tmp_path, encoding, delimiter):
    path = tmp_path / "codes.txt"
    path.write_bytes(f"名称{delimiter}代码\r\n甲{delimiter}{CODE}\r\n".encode(encoding))
    assert list(read_column(path, "代码")) == [(2, CODE)]


def test_a_persons_number_is_masked_wherever_it_stands(tmp_path):
    path = tmp_path / "people.csv"
    mistyped = PERSON[:10] + "13" + PERSON[12:]
    rows = [PERSON, f"张三 {PERSON}", f"{PERSON[:6]} {PERSON[6:]}", "110105491231002", mistyped]
    path.write_text("\n".join(["代码", *rows]), encoding="utf-8")

    result = CliRunner().invoke(ids, ["check", str(path), "--column", "代码", "--json"])
    table = CliRunner().invoke(ids, ["check", str(path), "--column", "代码"])

    lines = [json.loads(line) for line in result.output.splitlines()]
    assert [line["value"][-18:] for line in lines][:2] == ["1101************2X"] * 2
    assert not any(line["publishable"] for line in lines)
    for output in (result.output, table.output):
        assert "1949" not in output
        assert "491231" not in output


def test_a_spreadsheet_is_read_below_its_titles_and_by_its_content(tmp_path):
    book = Workbook()
    for row in (["行政处罚信息表"], [], ["名称", " 代 码 "], ["甲", CODE], ["乙", 201312142],
                ["丙", 913207006083959289]):  # fmt: skip
        book.active.append(row)
    path = tmp_path / "wrong_name.csv"
    book.save(path)

    status, lines = _check(path, "--column", "代码")

    assert status == 1
    assert [(line["row"], line["code"]) for line in lines] == [
        (4, ""),
        (5, "IDS-CHECK-DIGIT"),
        (6, "IDS-SPREADSHEET-NUMBER"),
    ]


def test_a_missing_column_is_named_with_those_there_are(tmp_path):
    path = tmp_path / "codes.csv"
    path.write_text("名称,代码\n甲,1\n", encoding="utf-8")

    with pytest.raises(ColumnMissing) as refusal:
        read_column(path, "信用代码")

    assert "现有的列：名称、代码" in refusal.value.text("zh")
    assert "Its columns: 名称, 代码" in refusal.value.text("en")


def test_what_is_no_table_is_refused_with_a_sentence(tmp_path):
    with zipfile.ZipFile(tmp_path / "letter.zip", "w") as archive:
        archive.writestr("letter.txt", "no table")
    (tmp_path / "bytes").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "broken.xls").write_bytes(b"\xd0\xcf\x11\xe0 and nothing else")

    for name in ("letter.zip", "bytes", "broken.xls", "absent"):
        with pytest.raises(FileUnreadable):
            list(read_column(tmp_path / name, "代码"))


def test_a_header_glued_by_a_tab_still_names_its_columns(tmp_path):
    path = tmp_path / "codes.csv"
    path.write_text(f"编号\t代码,名称\n1,{CODE},甲\n", encoding="gb18030")
    assert list(read_column(path, "代码")) == [(2, CODE)]


def test_an_empty_file_has_no_columns(tmp_path):
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(ColumnMissing):
        read_column(tmp_path / "empty.csv", "代码")


def test_the_table_names_the_reason_and_counts(tmp_path):
    path = tmp_path / "codes.csv"
    path.write_text(f"代码\n{CODE}\n9132O70070404786XB\n", encoding="utf-8")

    result = CliRunner().invoke(ids, ["check", str(path), "--column", "代码"])

    assert result.exit_code == 1
    assert "可能应为“0”" in result.output
    assert "共 2 行，有效 1，需处理 1" in result.output


def test_all_valid_exits_with_zero_and_a_missing_option_with_two(tmp_path):
    path = tmp_path / "codes.csv"
    path.write_text(f"代码\n{CODE}\n", encoding="utf-8")
    assert _check(path, "--column", "代码")[0] == 0
    assert CliRunner().invoke(ids, ["check", str(path)]).exit_code == 2
