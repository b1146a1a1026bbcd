"""An organisation with a permit, and keys of the run's own."""

from datetime import date, datetime
from uuid import uuid4

import pytest

from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import SHANGHAI
from chengxin.policy.queries import current_rulebook
from chengxin.register.services import append, appending
from chengxin.register.values import NewRecord
from chengxin.subjects import queries as subjects
from chengxin.subjects.services import import_organisations

USCC = "91320700MA1X0T0X8T"
ON = date(2026, 11, 20)
AT = datetime(2026, 10, 10, 9, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def keys(tmp_path_factory, settings):
    settings.CHENGXIN_KEYS = tmp_path_factory.getbasetemp() / "supervision-keys"


@pytest.fixture
def permit_holder(monkeypatch):
    monkeypatch.setattr(appending, "now", lambda: AT)  # in before the days of the tests
    row = {
        "name": "连云港示例物流有限公司",
        "uscc": USCC,
        "kind": "legal_person",
        "status": "active",
        "division": "320706",
        "registered_on": "2015-03-02",
    }
    import_organisations(rows=[(2, row)], by=Actor.system("subjects.import"), on=ON)
    holder = subjects.by_code(USCC)
    new = NewRecord(
        item="permit",
        subject=holder.id,
        subject_kind="legal_person",
        unit="lyg-scjg",
        natural_key="0" * 64,
        adverse=False,
        disclosure="public",
        decided_on=date(2026, 4, 13),
        document_number="连行审许〔2026〕7号",
        facts={"document_number": "连行审许〔2026〕7号"},
        personal={},
        basis="",
        batch=uuid4(),
        row=3,
        file_sha256="ab" * 32,
    )
    edition = current_rulebook().edition
    append(new=[new], by=Actor.system("intake.release"), edition=edition)
    return holder.public_id
