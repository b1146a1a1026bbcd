"""Units that send, decide and state: made as they stand in the tables, without reading a file."""

import json
import uuid
from datetime import date, datetime, time

import pytest

from chengxin.intake.models import Batch, Row
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.clock import SHANGHAI
from chengxin.policy.queries import current_rulebook
from chengxin.register.models import EventKind, Record, RecordEvent
from chengxin.subjects.models import Subject

BOOK = current_rulebook()
UNIT, OTHER, CENTRE = "lyg-scjg", "lyg-tyj", "lyg-xyzx"
CLERK = Actor("clerk", "经办人", UNIT, {
    "intake.count": Scope.OWN_UNIT, "oversight.read": Scope.OWN_UNIT, "intake.read": Scope.OWN_UNIT,
})  # fmt: skip
REVIEWER = Actor("reviewer", "审核人", UNIT, {
    "intake.confirm_count": Scope.OWN_UNIT, "oversight.read": Scope.OWN_UNIT,
})  # fmt: skip
STRANGER = Actor("stranger", "外单位", OTHER, {
    "intake.count": Scope.OWN_UNIT, "intake.confirm_count": Scope.OWN_UNIT,
    "oversight.read": Scope.OWN_UNIT,
})  # fmt: skip
AUDITOR = Actor("auditor", "中心", CENTRE, {
    "oversight.read": Scope.ALL, "intake.sample": Scope.ALL, "intake.note_found": Scope.ALL,
})  # fmt: skip
WINDOW = Actor("window", "窗口", CENTRE, {"register.read": Scope.ALL})


@pytest.fixture
def book():
    return BOOK


@pytest.fixture
def someone(db):
    return Subject.objects.create(
        public_id=uuid.uuid4().hex[:10],
        kind="organisation",
        name="连云港虚构贸易有限公司",
        created_at=_noon(date(2026, 1, 5)),
    )


@pytest.fixture
def send(someone):
    """`send(on=…, decided={day: n}, faulty=2)`: a released batch with its records and open rows."""

    def run(
        *, unit=UNIT, item="penalty", on=date(2026, 10, 20), decided=None, faulty=0, known=0,
        clean=0, awaiting=0, state="released", filled=None, found=(), faulty_day="2026-10-12",
        person=False,
    ):  # fmt: skip
        decided = decided or {}
        recorded = sum(decided.values())
        states = {"recorded": recorded, "known": known, "clean": clean}
        batch = Batch(
            item=item, unit=unit, state=state, filename="x.csv", file_sha256=uuid.uuid4().hex * 2,
            size_bytes=1, rows_read=recorded + known + clean + faulty + awaiting, edition="e",
            submitted_by="clerk", submitted_at=_noon(on), layout={"columns": []},
            tally={
                "unlisted": {name: n for name, n in states.items() if n},
                "states": {"clean": recorded + known + clean + awaiting, "faulty": faulty},
                "found": [list(one) for one in found],
                "filled": filled if filled is not None else {},
            },
        )  # fmt: skip
        batch.number = f"{on:%Y%m%d}-{batch.id.hex[:8]}"
        batch.save(force_insert=True)
        numbers = iter(range(2, 100_000))
        for state_, count in (("faulty", faulty), ("awaiting_match", awaiting)):
            Row.objects.bulk_create(
                Row(batch=batch, number=next(numbers), state=state_,
                    values={"decided_on": faulty_day})
                for _ in range(count)
            )  # fmt: skip
        records = [
            _record(batch, someone, next(numbers), day, person=person)
            for day, count in decided.items()
            for _ in range(count)
        ]
        Record.objects.bulk_create(records)
        RecordEvent.objects.bulk_create(
            RecordEvent(
                record=one, kind=EventKind.RECORDED, effective_on=one.decided_on,
                known_at=one.recorded_at, facts={"document_number": one.document_number},
                basis="b", login="clerk", unit=unit, edition="e",
            )
            for one in records
        )  # fmt: skip
        return batch

    return run


def _record(batch, subject, line, day, *, person):
    return Record(
        item=batch.item, subject=subject, unit=batch.unit, decided_on=day, adverse=False,
        subject_kind="natural_person" if person else "organisation",
        disclosure="by_consent" if person else "public", natural_key=uuid.uuid4().hex,
        document_number=f"示例〔2026〕{line}号", batch=batch.id, row=line,
        file_sha256=batch.file_sha256, link_evidence=json.loads("{}"), edition="e",
        recorded_at=batch.submitted_at,
    )  # fmt: skip


def _noon(on):
    return datetime.combine(on, time(12), SHANGHAI)
