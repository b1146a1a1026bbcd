"""Officers, firms and rows for the journeys of a link."""

from datetime import date

import pytest

from chengxin.intake.models import Row
from chengxin.intake.services import decide_match, release, submit, undo_match
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.clock import today
from chengxin.publication.queries import public_facts
from chengxin.register.services import open_case
from chengxin.subjects import queries as subjects

ON = date(2026, 11, 20)
CODE, OTHER_CODE = "91320700MA1X0T0X8T", "93320722MA00TT119L"
NUMBER = "连市监罚〔2026〕104号"
WRONG_NAME = {"subject_name": "连云港新丝路水产有限公司", "document_number": NUMBER}
OTHER = {
    "subject_name": "东海县测试水晶专业合作社",
    "uscc": OTHER_CODE,
    "document_number": "连市监罚〔2026〕105号",
}
PERSON = {
    "subject_name": "李小样",
    "subject_kind": "自然人",
    "uscc": "",
    "representative": "",
    "id_type": "身份证",
    "id_number": "11010519491231002X",
    "document_number": "连市监罚〔2026〕106号",
}


def officer(login: str, *verbs: str, unit: str = "lyg-scjg", scope: Scope = Scope.OWN_UNIT):
    return Actor(login, login, unit, dict.fromkeys(verbs, scope))


@pytest.fixture
def auditor():
    verbs = ("register.unlink", "register.open_case", "register.decide_case")
    return officer("auditor", *verbs)


@pytest.fixture
def window():
    return officer("window", "register.open_case", unit="lyg-xyzx", scope=Scope.ALL)


@pytest.fixture
def linked(book, clerk, reviewer, penalty_file):
    def run(*changes):
        data = penalty_file(*changes)
        facts = {"item": "penalty", "unit": "lyg-scjg", "by": clerk, "on": ON, "book": book}
        batch = submit(data=data, filename="处罚.xlsx", **facts)
        return release(number=batch.number, by=reviewer, on=ON, book=book)

    return run


@pytest.fixture
def choose(book, reviewer):
    def run(row, code=CODE, by=reviewer):
        choice = subjects.by_code(code).public_id
        decide_match(row_id=row.id, choice=choice, reason="已核对执照", by=by, on=ON, book=book)
        row.refresh_from_db()

    return run


@pytest.fixture
def undo(book, auditor):
    def run(record, by=auditor, reason="执照核对有误"):
        return undo_match(record_id=record, reason=reason, by=by, on=ON, book=book)

    return run


@pytest.fixture
def doubtful(linked):
    """Two firms with a record each, and a row that waits for a person."""
    linked({})
    linked(OTHER)
    return Row.objects.get(batch=linked(WRONG_NAME))


@pytest.fixture
def not_me(book, window):
    def run(record, by=window, statement="我公司从未受此处罚，执照被冒用。"):
        return open_case(
            record_id=record,
            on_behalf_of="法定代表人 测试人",
            statement=statement,
            by=by,
            on=today(),
            book=book,
        )

    return run


def shown(code, book, **when):
    on = when.pop("on", today())
    return {one.record for one in public_facts(subjects.by_code(code).id, on=on, book=book, **when)}
