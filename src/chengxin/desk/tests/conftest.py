"""Officers at their desks."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chengxin.desk.tests.samples import FILENAME, OTHER_UNIT, officer, workbook
from chengxin.intake.models import Batch

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(*roles, login=None, **where):
    client = Client()
    client.force_login(officer(login or roles[0], *roles, **where), backend=MODEL_BACKEND)
    return client


@pytest.fixture
def desk(db):
    """`desk("reviewer")`: a browser in which an officer with that role is signed in."""
    return signed_in


@pytest.fixture
def clerk(desk):
    return desk("data_officer", login="clerk")


@pytest.fixture
def reviewer(desk):
    return desk("reviewer", login="reviewer")


@pytest.fixture
def stranger(desk):
    """A reviewer of another unit."""
    return desk("reviewer", login="stranger", unit=OTHER_UNIT)


@pytest.fixture
def show(clerk):
    """Upload a file as the clerk; gives the address of its preview."""

    def run(data, item="", by=clerk, name=FILENAME):
        upload = SimpleUploadedFile(name, data)
        answer = by.post("/desk/upload/", {"file": upload, "item": item})
        assert answer.status_code == 302, answer.content.decode()
        return answer["Location"]

    return run


@pytest.fixture
def press(clerk):
    """Press a button of a preview page with its controls as they stand, or as changed."""

    def run(address, action, by=clerk, **changed):
        view = by.get(address).context["view"]
        form = {
            "action": action,
            "item": view.seen.item or "",
            "shown_item": view.seen.item or "",
            "header": [column.header for column in view.columns],
            "shown_field": [column.field for column in view.columns],
            "field": [column.field for column in view.columns],
            "questions": len(view.answerable),
        }
        return by.post(address, form | changed, follow=True)

    return run


@pytest.fixture
def send(show, press):
    """Submit rows as the clerk; gives the batch."""

    def run(*changes):
        press(show(workbook(*changes)), "submit")
        return Batch.objects.latest("submitted_at")

    return run


@pytest.fixture
def take_in(send, reviewer):
    """Submit rows and have them released; gives the batch."""

    def run(*changes):
        batch = send(*changes)
        reviewer.post(f"/desk/batches/{batch.number}/release/")
        batch.refresh_from_db()
        return batch

    return run
