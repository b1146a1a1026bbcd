"""The register laid out by sets says what gathering it one by one says."""

from datetime import date, timedelta

import duckdb
import pytest

from chengxin.evaluation.queries.gathering import gather
from chengxin.evaluation.queries.laying import facts_view, lay_out, windows
from chengxin.evaluation.rules.statements import fields_read
from chengxin.evaluation.tests.conftest import FACTORY, STALL, moment
from chengxin.kernel.clock import now
from chengxin.kernel.uuids import time_ordered
from chengxin.publication.rules.statements import dated_sql
from chengxin.register.models import RecordEvent, RecordLink

ON = date(2026, 11, 20)


@pytest.fixture
def register(city, add, book):
    """Records in every state: corrected, revoked, ended, checked, never told, loose, a stall's."""
    add(severity="serious")
    add("commitment", code=STALL, commitment_status="kept", valid_until="2099-12-31")
    add(severity="ordinary", told=False)
    add(severity="ordinary", told=False, served_on="2026-11-01")
    add("serious_breach_list", list_code="samr", unit="lyg-scjg")
    happened(add(severity="ordinary"), "corrected", facts={"severity": "minor"})
    happened(add(severity="serious"), "revoked")
    happened(add(severity="serious"), "publication_ended")
    checked = add(severity="ordinary")
    happened(checked, "check_opened")
    happened(checked, "check_closed")
    happened(add(severity="ordinary"), "check_opened")
    for kinds in (("sealed",), ("shielded",), ("shielded", "shield_ended"),
                  ("publication_ended", "resumed")):  # fmt: skip
        record = add(severity="serious")
        for kind in kinds:
            happened(record, kind)
    at = moment(date(2026, 11, 2))
    RecordLink.objects.create(
        id=time_ordered(at),
        record_id=add(severity="serious"),
        known_at=at,
        reason="无关",
        basis="测",
    )


def happened(record, kind, **more):
    day = date(2026, 11, 2)
    RecordEvent.objects.create(
        record_id=record, kind=kind, effective_on=day, known_at=moment(day), basis="测试", **more
    )


def laid(model, on, known, book):
    fields = fields_read({model.code: model})
    made = windows(model.items, book)
    asked = frozenset(fields).union(*(one.fields for one in made.values()))
    with duckdb.connect(config={"threads": 1}) as base:
        lay_out(base, on=on, known=known, items=model.items, fields=asked)
        facts_view(base, "facts", kept=fields, source=f"({dated_sql(made, 'records')})")
        names = ("item", "unit", "decided_on", "since", "until", *fields)
        columns = "subject::VARCHAR, record, " + ", ".join(f'"{one}"' for one in names)
        facts = base.execute(f"SELECT {columns} FROM facts").fetchall()
        own = "subject::VARCHAR, kind, division, sector, registered_on"
        businesses = base.execute(f"SELECT {own} FROM businesses").fetchall()
    return sorted(map(repr, facts)), sorted(map(repr, businesses))


def gathered(model, on, known, book):
    fields = fields_read({model.code: model})
    found = gather(model, on=on, known=known, book=book, fields=fields)
    facts = [
        (
            subject, one.record, one.item, one.unit, one.decided_on, one.since, one.until,
            *(one.fields.get(name) for name in fields),
        )
        for subject, own in found.facts.items()
        for one in own
    ]  # fmt: skip
    businesses = [
        (one.subject, one.kind, one.division, one.sector, one.registered_on)
        for one in found.businesses.values()
    ]
    return sorted(map(repr, facts)), sorted(map(repr, businesses))


@pytest.mark.parametrize("back", [0, 21])
def test_both_ways_find_the_same(register, book, back):
    on = ON - timedelta(days=back)
    known = now() if not back else moment(on)
    for code in ("environment", "comprehensive", "crystal_merchant"):
        model = book.model(code)
        facts, businesses = laid(model, on, known, book)
        assert (facts, businesses) == gathered(model, on, known, book), code
        assert facts or code != "environment"
        assert back or len(businesses) == len((FACTORY, STALL))
