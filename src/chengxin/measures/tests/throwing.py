"""Random verbs and raw inserts thrown at the database, and SQL that looks for what is unlawful."""

import uuid
from datetime import timedelta
from random import Random

from django.db import DatabaseError, connection, transaction

from chengxin.kernel.errors import CreditError
from chengxin.measures import services
from chengxin.measures.models import MeasureCase, MeasureEvent
from chengxin.measures.values import Service

STEPS = (
    *["give_notice"] * 3, *["decide_entry"] * 5, *["serve_decision"] * 4, *["impose"] * 4,
    *["raw"] * 4, "record_statement", "record_hearing", "drop_entry", "remove_entry",
    "revoke_entry", "decline",
)  # fmt: skip
TEXTS = ("", "理由", "理由", "理由", "理由")
RAW = """
INSERT INTO measures_entryevent (entry_id, kind, effective_on, known_at, login, unit, reason,
  remedy, document_number, approval, told_on, waits_until, hearing, basis, edition)
VALUES (%s, %s, %s, now(), %s, 'lyg-scjg', %s, %s, %s, '', %s, %s, false, 'b', 'e')
"""
RAW_MEASURE = """
INSERT INTO measures_measureevent (measure_id, kind, effective_on, known_at, login, unit, reason,
  remedy, waits_until, basis, edition)
VALUES (%s, 'imposed', %s, now(), %s, 'lyg-scjg', %s, %s, %s, 'b', 'e')
"""
UNLAWFUL = """
SELECT (
  SELECT count(*) FROM measures_entryevent e JOIN measures_listentry h ON h.id = e.entry_id
  WHERE e.kind = 'decided' AND (
    btrim(e.reason) = '' OR btrim(e.remedy) = '' OR btrim(e.document_number) = ''
    OR e.login IN ('', 'system', h.proposed_by) OR e.waits_until IS NULL
    OR e.effective_on < e.waits_until OR NOT EXISTS (
      SELECT 1 FROM notices_notice n WHERE n.about = h.id AND n.to_subject = h.subject_id
      AND LEAST(n.deemed_delivered_on, n.acknowledged_on) + h.waiting_days <= e.effective_on))
) + (
  SELECT count(*) FROM measures_entryevent e JOIN measures_listentry h ON h.id = e.entry_id
  WHERE e.kind = 'served' AND (NOT EXISTS (
      SELECT 1 FROM measures_entryevent d WHERE d.entry_id = h.id AND d.kind = 'decided'
      AND d.effective_on <= e.effective_on)
    OR NOT EXISTS (
      SELECT 1 FROM notices_notice n WHERE n.about = h.record AND n.to_subject = h.subject_id
      AND LEAST(n.deemed_delivered_on, n.acknowledged_on) <= e.effective_on))
) + (
  SELECT count(*) FROM measures_measureevent e JOIN measures_measurecase h ON h.id = e.measure_id
  WHERE e.kind = 'imposed' AND h.effect = 'constraint' AND (
    btrim(e.reason) = '' OR btrim(e.remedy) = '' OR e.login IN ('', 'system', h.proposed_by)
    OR NOT EXISTS (
      SELECT 1 FROM notices_notice n WHERE n.about = h.record_id AND n.to_subject = h.subject_id
      AND LEAST(n.deemed_delivered_on, n.acknowledged_on) + h.waiting_days <= e.effective_on))
)
"""


class _Undone(Exception):
    """Ends a procedure and takes its rows back, so that the next begins anew."""


def unlawful_rows() -> int:
    """How many stored effects lack one of their guarantees, asked in SQL of its own."""
    with connection.cursor() as cursor:
        cursor.execute(UNLAWFUL)
        return cursor.fetchone()[0]


def throw(case, dice: Random, *, steps: int) -> set[str]:
    """One draft and `steps` random verbs or raw inserts; the kinds of events that were let in."""
    kinds: set[str] = set()
    try:
        with transaction.atomic():
            case.entry = None
            case.entry = case.propose()
            for step in range(steps):
                on = case.day + timedelta(days=2 * step + dice.randrange(-1, 5))
                _once(case, dice, dice.choice(STEPS), on)
            kinds = _stored(case)
            _take_back()
    except _Undone:
        case.entry = None
    return kinds


def _stored(case) -> set[str]:
    assert unlawful_rows() == 0
    imposed = MeasureEvent.objects.filter(measure__record_id=case.entry.record)
    kinds = set(imposed.values_list("kind", flat=True))
    return kinds | set(case.entry.events.values_list("kind", flat=True))


def _take_back() -> None:
    raise _Undone


def _once(case, dice: Random, verb: str, on) -> None:
    clerks = {"give_notice", "serve_decision", "record_statement", "record_hearing"}
    by = case.clerk if (verb in clerks) != (dice.random() < 0.1) else case.head
    try:
        with transaction.atomic():
            if verb == "raw":
                _raw(case, dice, on)
            elif verb in {"impose", "decline"}:
                measure = MeasureCase.objects.filter(record_id=case.entry.record).first()
                asked = measure.id if measure else uuid.uuid4()
                facts = {"measure_id": asked, "reason": dice.choice(TEXTS)}
                getattr(services, verb)(by=by, on=on, book=case.book, **facts)
            else:
                case.verb(verb, by, on, **_facts(verb, dice, on))
    except (CreditError, DatabaseError):
        return


def _facts(verb: str, dice: Random, on):
    reason = dice.choice(TEXTS)
    if verb in {"give_notice", "serve_decision"}:
        return {"how": dice.choice((*Service, Service.HANDED)), "given_on": on}
    if verb == "record_statement":
        return {"statement": reason, "asks_hearing": dice.random() < 0.2}
    if verb == "record_hearing":
        return {"record": reason}
    if verb == "decide_entry":
        number, agreed = dice.choice(TEXTS), dice.choice(TEXTS)
        return {"reason": reason, "document_number": number, "approval": agreed}
    return {"reason": reason}


def _raw(case, dice: Random, on) -> None:
    pick, login = dice.choice, dice.choice(("clerk", "head", "system", ""))
    waits = pick((None, on, on - timedelta(days=3)))
    with connection.cursor() as cursor:
        measure = MeasureCase.objects.filter(record_id=case.entry.record).first()
        if measure is not None and dice.random() < 0.5:
            values = [measure.id, on, login, pick(TEXTS), pick(TEXTS), waits]
            cursor.execute(RAW_MEASURE, values)
            return
        kind = pick(("decided", "served", "removed", "stated"))
        texts = [pick(TEXTS), pick(TEXTS), pick(TEXTS)]
        cursor.execute(RAW, [case.entry.id, kind, on, login, *texts, pick((None, on)), waits])
