"""Sending by machine: once under a key, as rows, and in parts that survive what may happen."""

import hashlib
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chengxin.access.services import issue_token, register_officer
from chengxin.intake.channels.models import SentKey, Upload
from chengxin.intake.models import Batch
from chengxin.intake.services import uploading
from chengxin.intake.tests.channel_cases import BOOK, UNIT, penalties
from chengxin.intake.tests.sheets import HEADERS, row
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now, today

pytestmark = pytest.mark.django_db
CONTENT = penalties(count=4)
SIZE = len(CONTENT)
SHA256 = hashlib.sha256(CONTENT).hexdigest()
UPLOADS = "/api/v1/intake/uploads"


def token(login, role, unit=UNIT):
    by = Actor.system("access.manage")
    register_officer(
        login=login, name=login, unit=unit, roles=[role], password="x", by=by,
        known_roles=BOOK.roles, known_units=BOOK.units, is_demonstration=True,
    )  # fmt: skip
    secret = issue_token(login=login, label="t", expires_on=today() + timedelta(1), by=by)
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def clerk():
    return token("clerk", "data_officer")


@pytest.fixture
def send(client, clerk):
    def run(content=CONTENT, key="k1", headers=clerk, unit=UNIT):
        return client.post(
            "/api/v1/intake/batches",
            {"file": SimpleUploadedFile("x.csv", content), "item": "penalty", "unit": unit},
            headers=headers | ({"Idempotency-Key": key} if key else {}),
        )

    return run


def test_the_same_sending_under_a_key_is_answered_with_the_same_receipt(send):
    first, second, other = send(), send(), send(content=penalties(first=50))

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert first.json()["file_sha256"] == SHA256
    assert (other.status_code, other.json()["code"]) == (422, "INTAKE-KEY-USED")
    assert send(key="").json()["code"] == "INTAKE-ALREADY-SUBMITTED"
    assert Batch.objects.get().channel == "api"


def test_a_sending_cut_off_after_its_batch_was_stored_is_found_again(send):
    send()
    SentKey.objects.update(batch="")

    assert send().status_code == 200
    assert Batch.objects.count() == 1


def test_rows_may_be_sent_as_json(client, clerk):
    rows = [dict(zip(HEADERS, row(number), strict=True)) for number in (1, 2)]
    sent = {"item": "penalty", "unit": UNIT, "rows": rows}

    def post(body):
        address = "/api/v1/intake/batches/rows"
        return client.post(address, json.dumps(body), "application/json", headers=clerk)

    assert post(sent).json()["rows"] == 2
    assert post(sent).status_code == 409
    assert post(sent | {"rows": [{"a": {}}]}).json()["code"] == "INTAKE-ROWS-UNREADABLE"
    assert post(sent | {"rows": []}).json()["code"] == "INTAKE-NO-ROWS"
    assert post(sent | {"unit": "lyg-tyj"}).status_code == 403
    assert post(sent | {"rows": [{"a": "x" * 3_000_000}]}).status_code == 413


@pytest.fixture
def upload(client, clerk):
    class Sender:
        def begin(self, sha256=SHA256, headers=clerk, unit=UNIT, size=SIZE):
            body = {"filename": "大.csv", "item": "penalty", "unit": unit, "size_bytes": size}
            body["sha256"] = sha256
            return client.post(UPLOADS, json.dumps(body), "application/json", headers=headers)

        def put(self, number, offset, part, headers=clerk):
            kind = "application/octet-stream"
            address = f"{UPLOADS}/{number}?offset={offset}"
            return client.put(address, part, kind, headers=headers)

        def complete(self, number, headers=clerk):
            address = f"{UPLOADS}/{number}/complete"
            return client.post(address, "{}", "application/json", headers=headers)

    return Sender()


def test_a_file_sent_in_parts_becomes_one_batch_however_often_each_step_is_repeated(upload):
    number = upload.begin().json()["upload"]
    assert upload.put(number, 0, CONTENT[:500]).json()["offset"] == 500
    again = upload.put(number, 0, CONTENT[:500])
    ahead = upload.put(number, 900, CONTENT[900:])
    assert (again.status_code, again.json()["facts"]["expected"]) == (409, 500)
    assert ahead.json()["code"] == "INTAKE-WRONG-OFFSET"
    assert upload.complete(number).json()["code"] == "INTAKE-UPLOAD-INCOMPLETE"
    assert upload.begin().json()["offset"] == 500
    upload.put(number, 500, CONTENT[500:])

    first, second = upload.complete(number), upload.complete(number)
    assert (first.status_code, first.json()["file_sha256"]) == (201, SHA256)
    assert first.json() == second.json()
    assert Batch.objects.count() == 1


def test_bytes_written_by_a_server_that_died_before_counting_them_are_cut_off(upload, settings):
    number = upload.begin().json()["upload"]
    upload.put(number, 0, CONTENT[:300])
    (file,) = Path(settings.CHENGXIN_HOME, "uploads").glob(f"{number.replace('-', '')}.part")
    with file.open("ab") as died:
        died.write(b"half a part")

    upload.put(number, 300, CONTENT[300:])
    assert upload.complete(number).status_code == 201


def test_a_wrong_hash_is_told_and_the_file_can_be_sent_anew(upload):
    number = upload.begin(sha256="0" * 64).json()["upload"]
    upload.put(number, 0, CONTENT)

    assert upload.complete(number).json()["code"] == "INTAKE-UPLOAD-DIGEST"
    assert Upload.objects.get().received == 0
    assert not Batch.objects.exists()


def test_more_than_was_announced_is_not_kept(upload):
    number = upload.begin().json()["upload"]

    assert upload.put(number, 0, CONTENT + b"x").status_code == 413
    assert upload.begin(size=10**12).json()["code"] == "INTAKE-FILE-TOO-LARGE"


def test_an_upload_is_of_use_to_its_own_account_only(upload):
    number = upload.begin().json()["upload"]
    other, reviewer = token("other", "data_officer"), token("rev", "reviewer")

    assert upload.put(number, 0, CONTENT, headers=other).status_code == 404
    assert upload.complete(number, headers=other).status_code == 404
    assert upload.begin(headers=reviewer).status_code == 403
    assert upload.begin(unit="lyg-tyj").status_code == 403
    assert upload.put(number, 0, CONTENT, headers={}).status_code == 401


def test_an_abandoned_upload_expires_with_its_bytes(upload, settings):
    number = upload.begin().json()["upload"]
    upload.put(number, 0, CONTENT[:10])
    Upload.objects.update(expires_at=now() - timedelta(minutes=1))

    assert uploading.drop_expired() == 1
    file = Path(settings.CHENGXIN_HOME, "uploads", f"{number.replace('-', '')}.part")
    assert not file.exists()
    assert upload.put(number, 10, CONTENT[10:]).status_code == 404


def test_uploads_stand_in_the_contract(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {"put", "get", "delete"} <= set(paths[f"{UPLOADS}/{{number}}"])
