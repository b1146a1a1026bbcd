"""Changed files: each is read or refused with a reason; none is a crash, none loses rows."""

import random

from chengxin.intake.rules.headers import find_table, known_headers
from chengxin.intake.rules.readers import pick_sheet, read_file
from chengxin.intake.tests.mutations import APART, Ledger, damaged, files
from chengxin.intake.tests.sheets import HEADERS, rows
from chengxin.kernel.errors import CreditError


def test_eighty_changed_files_are_read_whole_or_refused():
    ledger = Ledger()

    for number, data in files(seed=20260401, count=80):
        if number % 20:  # those read in a child process have a test of their own
            ledger.put(number, data, fully=number % 10 == 1)

    assert ledger.wrong == []
    assert ledger.staged > 60
    assert any(outcome.startswith("read") for outcome in ledger.outcomes)
    assert any(outcome.startswith("refused") for outcome in ledger.outcomes)


def test_damaged_files_read_in_a_child_process_do_not_hang():
    rng = random.Random(7)

    for make in APART:
        data = make([list(HEADERS), *rows(5)])
        for _ in range(2):
            read_or_refuse(damaged(rng, data))


def read_or_refuse(data: bytes) -> None:
    """A refusal must be a whole sentence in both languages."""
    try:
        sheet = pick_sheet(read_file(data, "表.xlsx"), "表.xlsx", None)
        find_table(sheet, known_headers([]), "表.xlsx")
    except CreditError as error:
        refusal = error
    else:
        return
    assert "{" not in refusal.text("zh") + refusal.text("en")
