"""Damaged files: each is read or refused with a reason; none is a crash, none loses rows."""

import random
from datetime import date

from chengxin.intake.rules.headers import find_table, known_headers
from chengxin.intake.rules.readers import pick_sheet, read_file
from chengxin.intake.services import preview
from chengxin.intake.tests.sheets import HEADERS, as_csv, as_xls, as_xlsx, rows
from chengxin.kernel.errors import CreditError
from chengxin.policy.queries import current_rulebook

LINES = [list(HEADERS), *rows(5)]
TEXTS = [
    as_csv(LINES),
    as_csv(LINES, "gb18030"),
    as_csv(LINES, "utf-16"),
    as_csv(LINES, "utf-8", "\t"),
]
BOOK = as_xlsx(LINES)
OLD_BOOK = as_xls(LINES)


def damaged(rng: random.Random, data: bytes) -> bytes:
    """Up to a hundred bytes changed, cut out, put in or doubled."""
    made = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 20, 100))):
        at = rng.randrange(len(made))
        match rng.randrange(5):
            case 0:
                made[at] = rng.randrange(256)
            case 1:
                made[at] ^= 1 << rng.randrange(8)
            case 2 if len(made) > 200:
                del made[at : at + rng.randrange(1, 40)]
            case 3:
                made[at:at] = rng.randbytes(rng.randrange(1, 20))
            case 4:
                made[at:at] = made[at : at + rng.randrange(1, 400)]
    return bytes(made)


def read_or_refuse(data: bytes) -> bool:
    """True when read; a refusal must be a whole sentence in both languages."""
    try:
        sheet = pick_sheet(read_file(data, "表.xlsx"), "表.xlsx", None)
        table = find_table(sheet, known_headers([]), "表.xlsx")
    except CreditError as error:
        refusal = error
    else:
        assert len(table.rows) + table.header_row <= sheet.rows[-1].line + 1
        return True
    sentences = [refusal.text("zh"), refusal.text("en")]
    assert all(sentences)
    assert "{" not in "".join(sentences)
    return False


def test_two_thousand_damaged_files_are_read_or_refused():
    rng = random.Random(20260401)

    texts = [read_or_refuse(damaged(rng, rng.choice(TEXTS))) for _ in range(1400)]
    books = [read_or_refuse(damaged(rng, BOOK)) for _ in range(600)]

    assert any(texts)
    assert not all(texts + books)


def test_damaged_old_workbooks_do_not_hang():
    rng = random.Random(7)

    for _ in range(4):
        read_or_refuse(damaged(rng, OLD_BOOK))


def test_every_row_of_a_damaged_file_is_in_the_preview():
    rng = random.Random(11)
    for _ in range(25):
        data = damaged(rng, TEXTS[0])
        try:
            seen = preview(data, "a.csv", book=current_rulebook(), on=date(2026, 4, 1))
        except CreditError:
            continue
        (sheet,) = read_file(data, "a.csv").sheets
        after = [found.line for found in sheet.rows if found.line > seen.header_row]
        # A second line of column names is the only one that may be no row.
        assert 0 <= len(after) - seen.rows <= 1
        assert set(seen.lines) <= set(after)
        assert len(seen.lines) + seen.quarantined == seen.rows
        assert all(fault.row in {*after, seen.header_row} for fault in seen.faults)
