"""Bad rows are mended: what is proposed is accepted, or the rows come back in a file."""

import io
from datetime import date

import openpyxl
import pytest

from chengxin.audit.models import AuditEntry
from chengxin.intake.models import Row
from chengxin.intake.queries import counts, received_texts
from chengxin.intake.refusals import (
    BatchNotOpen,
    NothingToAccept,
    NothingToMend,
    NotItsRows,
    UnknownBatch,
)
from chengxin.intake.services import accept_proposals, export_faults, release, submit
from chengxin.kernel.errors import NotPermitted
from chengxin.register.models import RecordEvent

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


@pytest.fixture
def send(book, clerk):
    def run(data, **how):
        given = {"unit": "lyg-scjg", "by": clerk} | how
        return submit(data=data, filename="处罚.xlsx", item="penalty", on=ON, book=book, **given)

    return run


def numbered(*changes):
    return [{"document_number": f"连市监罚〔2026〕{n}号"} | c for n, c in enumerate(changes, 1)]


@pytest.fixture
def faulty(send, penalty_file):
    """A good row, one without an end of effect, one with a formula for a kind, one with both."""
    return send(
        penalty_file(
            *numbered(
                {},
                {"valid_until": ""},
                {"penalty_kind": "@SUM(1)"},
                {"valid_until": "", "breach_facts": ""},
            )
        )
    )


def test_all_proposals_of_a_kind_are_accepted_at_once(faulty, clerk, reviewer, book):
    assert counts(faulty) == {"clean": 1, "faulty": 3}
    done = accept_proposals(
        number=faulty.number,
        code="INTAKE-REQUIRED",
        field="valid_until",
        by=clerk,
        on=ON,
        book=book,
    )
    assert (done.cells, done.passed, done.still_faulty) == (2, 1, 1)
    mended = Row.objects.get(batch=faulty, state="clean")
    assert mended.values["valid_until"] == "2099-12-31"
    assert "valid_until" not in received_texts(mended)
    (accepted,) = mended.amended
    assert (accepted["to"], accepted["by"]) == ("2099-12-31", "clerk")
    release(number=faulty.number, by=reviewer, on=ON, book=book)
    assert counts(faulty) == {"recorded": 2, "faulty": 2}
    assert (
        RecordEvent.objects.get(record=Row.objects.get(id=mended.id).record).facts["valid_until"]
        == "2099-12-31"
    )


def test_one_cell_is_accepted_and_the_others_left(faulty, clerk, book):
    done = accept_proposals(number=faulty.number, lines=[6], by=clerk, on=ON, book=book)
    assert (done.cells, done.passed, done.still_faulty) == (1, 0, 1)
    row = Row.objects.get(batch=faulty, number=6)
    assert {fault["field"] for fault in row.faults if fault["severity"] == "error"} == {
        "breach_facts"
    }
    assert Row.objects.get(batch=faulty, number=4).amended == []
    with pytest.raises(NothingToAccept):
        accept_proposals(number=faulty.number, lines=[6], by=clerk, on=ON, book=book)


def test_who_may_not_submit_may_not_accept(faulty, stranger, reviewer, book):
    for nobody in (stranger, reviewer):
        with pytest.raises(NotPermitted):
            accept_proposals(number=faulty.number, by=nobody, on=ON, book=book)
        with pytest.raises(NotPermitted):
            export_faults(number=faulty.number, by=nobody)
    with pytest.raises(UnknownBatch):
        export_faults(number="20260101-00000000", by=stranger)


def test_nothing_is_accepted_in_a_batch_that_has_been_decided(faulty, clerk, reviewer, book):
    release(number=faulty.number, by=reviewer, on=ON, book=book)
    with pytest.raises(BatchNotOpen):
        accept_proposals(number=faulty.number, by=clerk, on=ON, book=book)


def test_a_persons_cell_accepted_is_sealed(send, penalty_file, clerk, book):
    number = "11010519491231002X"
    person = {
        "subject_name": "李小样", "subject_kind": "自然人", "uscc": "", "representative": "",
        "id_type": "身份证", "id_number": number, "valid_until": "",
    }  # fmt: skip
    batch = send(penalty_file(person))
    accept_proposals(number=batch.number, by=clerk, on=ON, book=book)
    stored = str(list(Row.objects.values("received", "values", "faults", "amended")))
    assert number not in stored
    assert "李小样" not in stored
    assert counts(batch) == {"clean": 1}


def workbook(data):
    return openpyxl.load_workbook(io.BytesIO(data)).active


def test_the_rows_to_mend_come_with_each_fault_on_its_cell(faulty, clerk):
    sheet = workbook(export_faults(number=faulty.number, by=clerk))
    headers = [cell.value for cell in sheet[1]]
    assert headers[0] == f"原批次 {faulty.number} 行号（请勿改动）"
    assert [sheet.cell(row, 1).value for row in (2, 3, 4)] == ["4", "5", "6"]
    until = headers.index("处罚有效期") + 1
    assert "2099-12-31" in sheet.cell(2, until).comment.text
    kind = sheet.cell(3, headers.index("处罚类别") + 1)
    assert (kind.value, kind.data_type) == ("@SUM(1)", "s")
    assert kind.comment is not None
    assert sheet.cell(2, headers.index("违法事实") + 1).comment is None
    assert sheet.cell(4, headers.index("违法事实") + 1).value is None
    assert AuditEntry.objects.filter(verb="intake.export_faults", facts__rows=3).count() == 1


def mended_file(data, **changes):
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.active
    headers = [cell.value for cell in sheet[1]]
    for row in range(2, sheet.max_row + 1):
        for header, text in changes.items():
            sheet.cell(row, headers.index(header) + 1).value = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_only_the_bad_rows_are_sent_again_and_the_old_ones_are_done_with(
    faulty, send, clerk, reviewer, book
):
    release(number=faulty.number, by=reviewer, on=ON, book=book)
    again = mended_file(
        export_faults(number=faulty.number, by=clerk),
        处罚有效期="2099-12-31",
        处罚类别="罚款",
        违法事实="当事人发布虚假宣传。",
    )
    batch = send(again)
    assert batch.corrects == faulty.number
    assert counts(batch) == {"clean": 3}
    assert counts(faulty) == {"recorded": 1, "faulty": 3}
    release(number=batch.number, by=reviewer, on=ON, book=book)
    assert counts(batch) == {"recorded": 3}
    assert counts(faulty) == {"recorded": 1, "superseded": 3}
    assert Row.objects.filter(batch=faulty).first().evidence == {"superseded_by": batch.number}
    with pytest.raises(NothingToMend):
        export_faults(number=faulty.number, by=clerk)


def test_a_unit_cannot_mend_the_rows_of_another(faulty, send, clerk, stranger):
    data = export_faults(number=faulty.number, by=clerk)
    with pytest.raises(NotItsRows):
        send(data, unit="lyg-tyj", by=stranger)
