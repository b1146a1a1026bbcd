"""The machine's door: what it answers, and to whom."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chengxin.access.services import issue_token, register_officer
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import today
from chengxin.policy.queries import current_rulebook
from chengxin.subjects.services import import_organisations

pytestmark = pytest.mark.django_db
BOOK = current_rulebook()
HARBOUR = {"name": "江苏海港水产有限公司", "uscc": "91320700MA1X0T0X8T"}


@pytest.fixture
def organisation(client):
    by = Actor.system("subjects.import")
    import_organisations(rows=[(2, HARBOUR)], by=by, on=date(2026, 11, 20))
    return client.get("/api/v1/organisations", {"q": "海港"}).json()["results"][0]


@pytest.fixture
def token():
    by = Actor.system("access.manage")

    def make(login, role, unit="lyg-scjg"):
        register_officer(
            login=login, name=login, unit=unit, roles=[role], password="x", by=by,
            known_roles=BOOK.roles, known_units=BOOK.units, is_demonstration=True,
        )  # fmt: skip
        secret = issue_token(login=login, label="t", expires_on=today() + timedelta(1), by=by)
        return {"Authorization": f"Bearer {secret}"}

    return make


def upload():
    return SimpleUploadedFile("处罚.csv", "名称,代码\n甲,乙\n".encode())


def test_an_organisation_is_found_and_its_file_names_the_rulebook(client, organisation):
    assert organisation["name"] == HARBOUR["name"]
    answer = client.get(f"/api/v1/organisations/{organisation['public_id']}").json()
    assert answer["rulebook_edition"] == BOOK.edition
    assert answer["facts"] == []
    assert "不代表任何评价" in answer["note_zh"]


def test_chinese_is_written_as_chinese(client, organisation):
    raw = client.get("/api/v1/organisations", {"q": "海港"}).content.decode()
    assert "江苏海港水产有限公司" in raw


@pytest.mark.parametrize("path", ["organisations/nobody", f"records/{UUID(int=0)}"])
def test_what_is_not_there_is_refused_in_two_languages(client, path):
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert answer.json()["message_zh"]
    assert answer.json()["message_en"]


def test_a_request_that_does_not_fit_has_the_same_shape(client):
    answer = client.get("/api/v1/organisations")
    assert (answer.status_code, answer.json()["code"]) == (422, "API-BAD-REQUEST")


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer cx_wrong"}])
@pytest.mark.parametrize("path", ["preview", "batches", "batches/x/release", "batches/x/return"])
def test_without_a_valid_token_nothing_is_taken_in(client, path, headers):
    answer = client.post(f"/api/v1/intake/{path}", {"file": upload()}, headers=headers)
    assert answer.status_code == 401


def test_a_reviewer_s_token_cannot_submit(client, token):
    answer = client.post(
        "/api/v1/intake/batches",
        {"file": upload(), "item": "penalty", "unit": "lyg-scjg"},
        headers=token("rev", "reviewer"),
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "KERNEL-NOT-PERMITTED")


def test_a_clerk_s_token_cannot_submit_for_another_unit(client, token):
    answer = client.post(
        "/api/v1/intake/batches",
        {"file": upload(), "item": "penalty", "unit": "lyg-tyj"},
        headers=token("cle", "data_officer"),
    )
    assert answer.status_code == 403


def test_a_bad_mapping_is_explained(client, token):
    answer = client.post(
        "/api/v1/intake/batches",
        {"file": upload(), "item": "penalty", "unit": "lyg-scjg", "mapping": "{broken"},
        headers=token("cle", "data_officer"),
    )
    assert answer.status_code == 400
    assert answer.json()["message_zh"]


def test_the_end_of_the_log_is_public(client, organisation):
    answer = client.get("/api/v1/log/head").json()
    assert answer["sequence"] >= 1
    assert len(answer["hash"]) == 64


def test_the_contract_is_openapi_3_1(client):
    contract = client.get("/api/v1/openapi.json").json()
    assert contract["openapi"].startswith("3.1")
    assert "/api/v1/organisations/{public_id}" in contract["paths"]
