"""A cell of a form is found to have exactly what a check of its whole row finds there."""

import pytest

from chengxin.engine.services import check, check_field
from chengxin.engine.tests.test_check import DAY
from chengxin.engine.tests.test_examine_file import batch, penalty  # noqa: F401


def test_a_cell_alone_and_in_its_row_have_the_same_faults(penalty):  # noqa: F811
    columns = batch(25, 3, tuple(penalty.fields))
    faults = [fault for fault in check(penalty, columns, on=DAY) if "DUPLICATE" not in fault.code]

    for name in penalty.fields:
        for at in range(25):
            row = {field: texts[at] for field, texts in columns.items()}
            alone = [
                (f.code, f.message_zh, f.proposal) for f in check_field(penalty, name, row, on=DAY)
            ]
            within = [f for f in faults if (f.row, f.field) == (at, name)]
            assert alone == [(f.code, f.message_zh, f.proposal) for f in within]


def test_an_unknown_field_is_a_mistake_of_the_caller(penalty):  # noqa: F811
    with pytest.raises(KeyError):
        check_field(penalty, "nonsense", {}, on=DAY)
