"""Mending by machine: accepting proposals, taking the bad rows away, naming a table."""

import io
import json

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chengxin.api.tests.test_sending import clerk, token  # noqa: F401 – a fixture
from chengxin.desk.tests.samples import PENALTY, UNIT, workbook

pytestmark = pytest.mark.django_db
INTAKE = "/api/v1/intake"
NO_END = {"处罚有效期": "", "行政处罚决定书文号": "连市监罚〔2026〕171号"}
NO_FACTS = {"违法事实": "", "行政处罚决定书文号": "连市监罚〔2026〕172号"}


@pytest.fixture
def batch(client, clerk):  # noqa: F811
    sent = {"file": SimpleUploadedFile("x.xlsx", workbook({}, NO_END, NO_FACTS))}
    sent |= {"item": "penalty", "unit": UNIT}
    answer = client.post(f"{INTAKE}/batches", sent, headers=clerk)
    return answer.json()["batch"]


def accept(client, batch, wanted, headers):
    address = f"{INTAKE}/batches/{batch}/accept"
    return client.post(address, json.dumps(wanted), "application/json", headers=headers)


def test_proposals_are_accepted_and_the_receipt_counts_them(client, clerk, batch):  # noqa: F811
    wanted = {"code": "INTAKE-REQUIRED", "field": "valid_until"}
    done = accept(client, batch, wanted, clerk).json()
    assert done["accepted"] == {"cells": 1, "passed": 1, "still_faulty": 0}
    assert done["by_state"] == {"clean": 2, "faulty": 1}
    again = accept(client, batch, wanted, clerk)
    assert (again.status_code, again.json()["code"]) == (409, "INTAKE-NOTHING-TO-ACCEPT")


def test_the_rows_to_mend_are_taken_away_as_a_workbook(client, clerk, batch):  # noqa: F811
    answer = client.get(f"{INTAKE}/batches/{batch}/to-mend.xlsx", headers=clerk)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet["A"]][1:] == ["4", "5"]


@pytest.mark.parametrize(("role", "unit"), [("reviewer", UNIT), ("data_officer", "lyg-tyj")])
def test_who_may_not_submit_for_the_unit_may_not_mend(client, batch, role, unit):
    other = token("other", role, unit)
    assert accept(client, batch, {}, other).status_code == 403
    taken = client.get(f"{INTAKE}/batches/{batch}/to-mend.xlsx", headers=other)
    assert taken.status_code == 403


def test_a_preview_is_of_the_table_that_is_named(client, clerk):  # noqa: F811
    book = openpyxl.Workbook()
    for name in ("一", "二"):
        sheet = book.create_sheet(name)
        sheet.append(list(PENALTY))
        sheet.append(list(PENALTY.values()))
    stored = io.BytesIO()
    book.save(stored)

    def look(**more):
        file = SimpleUploadedFile("x.xlsx", stored.getvalue())
        return client.post(f"{INTAKE}/preview", {"file": file} | more, headers=clerk).json()

    assert look()["sheets"] == ["一", "二"]
    assert look(sheet="二")["sheet"] == "二"
