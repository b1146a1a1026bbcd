"""Whatever a department sends is read by its content, or refused in plain words."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from chengxin.intake import errors
from chengxin.intake.rules.readers import read_file
from chengxin.intake.tests.sheets import HEADERS, as_csv, as_xls, as_xlsx, row, rows

LINES = [list(HEADERS), *rows(3)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_text_tables_are_read_in_every_encoding_with_every_delimiter(encoding, delimiter):
    lines = [[str(cell).replace(";", "、") for cell in line] for line in LINES]

    reading = read_file(as_csv(lines, encoding, delimiter), "随便.dat")

    assert reading.encoding.upper().startswith(encoding.upper()[:5].rstrip("-"))
    assert [list(found.cells) for found in reading.sheets[0].rows] == lines


@pytest.mark.parametrize("name", ["表.csv", "表.xlsx", "表.xls", "表"])
@pytest.mark.parametrize("made", [as_xlsx, as_xls])
def test_a_workbook_is_a_workbook_under_any_extension(made, name):
    reading = read_file(made(LINES), name)

    assert reading.format in {"xlsx", "xls"}
    assert reading.sheets[0].rows[1].cells == tuple(row(1))


def test_cells_become_text_and_keep_what_they_were():
    values = [201312142.0, 3.5, date(2016, 3, 5), True, "００１", 320700199001011234, "　", None]

    (found,) = read_file(as_xlsx([values]), "a.xlsx").sheets[0].rows

    assert found.cells[:5] == ("201312142", "3.5", "2016-03-05", "TRUE", "００１")
    assert found.kinds[:6] == "nndbtr"


def test_lines_are_those_of_the_sheet_with_blank_rows_between():
    reading = read_file(as_csv([["标题"], [], ["a", "b"], ["", ""], ["1", "2"]]), "a.csv")

    assert [found.line for found in reading.sheets[0].rows] == [1, 3, 5]


def test_a_quote_that_is_never_closed_swallows_no_rows():
    data = as_csv(LINES).decode().replace("无证经营", '"无证经营', 1).encode()

    reading = read_file(data, "a.csv")

    assert len(reading.sheets[0].rows) == len(LINES)
    assert [question.kind for question in reading.oddities] == ["broken_quotes"]


def zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(name, content)
    return out.getvalue()


def stray_cell() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "a", "b"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def lying_about_its_size() -> bytes:
    """The directory says 1,000 bytes where there are 80 million."""
    data = zipped("xl/worksheets/sheet1.xml", b" " * 80_000_000)
    size = (80_000_000).to_bytes(4, "little")
    return data.replace(size, (1000).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", errors.EmptyFile),
        (b"\xef\xbb\xbf\r\n \r\n", errors.EmptyFile),
        (as_xlsx([]), errors.EmptyFile),
        (b"%PDF-1.7 ...", errors.NotATable),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, errors.NotATable),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, errors.NotATable),
        (zipped("word/document.xml", b"<w/>"), errors.NotATable),
        (b"PK\x03\x04" + b"nothing", errors.Corrupt),
        (b"<html><table><tr><td>1</td></tr></table>", errors.DisguisedTable),
        ("\ufeff<!DOCTYPE html>".encode("utf-16"), errors.DisguisedTable),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart", errors.DisguisedTable),
        (as_xlsx(LINES)[:-900], errors.Corrupt),
        (as_xls(LINES)[:3000], errors.Corrupt),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, errors.Corrupt),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            errors.Encrypted,
        ),
        (bytes(range(256)) * 20, errors.UnknownContent),
        (zipped("xl/worksheets/sheet1.xml", b" " * 600_000_000), errors.ZipBomb),
        (lying_about_its_size(), (errors.ZipBomb, errors.Corrupt)),
        (stray_cell(), errors.TooWide),
        (b"a" + b"," * 20_000 + b"b", errors.TooWide),
    ],
)
def test_what_cannot_be_read_is_refused_in_both_languages(data, error):
    with pytest.raises(error) as refusal:
        read_then_pick(data)

    for language in ("zh", "en"):
        sentence = refusal.value.text(language)
        assert "上报表.xls" in sentence
        assert "{" not in sentence


def read_then_pick(data: bytes) -> None:
    from chengxin.intake.rules.readers import pick_sheet

    pick_sheet(read_file(data, "上报表.xls"), "上报表.xls", None)


def test_a_file_over_the_limit_is_not_even_opened():
    with pytest.raises(errors.FileTooLarge) as refusal:
        read_file(b"x" * 2_000_000, "大.csv", size_limit=1 << 20)

    assert refusal.value.facts["limit_mb"] == 1


def test_a_stray_cell_far_to_the_right_does_not_matter_in_a_short_sheet():
    book = openpyxl.Workbook()
    for line in LINES:
        book.active.append(line)
    book.active["XFD2"] = " "
    out = io.BytesIO()
    book.save(out)

    reading = read_file(out.getvalue(), "a.xlsx")

    assert len(reading.sheets[0].rows[1].cells) == len(HEADERS)
