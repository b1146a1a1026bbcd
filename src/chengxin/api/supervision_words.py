"""Lists, measures, evaluations, draws and plans as plain JSON values."""

from datetime import date
from typing import Any

from chengxin.evaluation.queries import Standing
from chengxin.measures.queries import MeasureView, StandingEntry
from chengxin.policy.values import CreditList, Rulebook
from chengxin.supervision import queries as supervision


def list_json(listed: CreditList, book: Rulebook) -> dict[str, Any]:
    """A list as its law creates it."""
    return {
        "code": listed.code,
        "label": listed.label,
        "label_en": listed.label_en,
        "nature": listed.nature.value,
        "made_by": listed.made_by.value,
        "basis": [str(one) for one in listed.basis],
        "since": listed.since.isoformat(),
        "until": _day(listed.until),
        "removal_terms": listed.removal_terms,
        "removal_terms_en": listed.removal_terms_en,
        "measures": [one.code for one in book.consequences.triggered_by(listed.code)],
        "status": listed.status,
    }


def entry_json(one: StandingEntry, book: Rulebook) -> dict[str, Any]:
    """A list entry in force, with its passport and the measures that bind."""
    return {
        "record": str(one.fact.record),
        "list": list_json(one.listed, book),
        "since": one.fact.passport.decided_on.isoformat(),
        "until": _day(one.fact.showing.until),
        "removable_from": _day(one.removable_from),
        "measures": [measure_json(view) for view in one.measures],
        "passport": one.fact.passport.as_json(),
    }


def measure_json(view: MeasureView) -> dict[str, Any]:
    """A measure as it stands; `binds` says whether it has any effect today."""
    imposed = view.imposed
    return {
        "id": str(view.case.id),
        "measure": view.case.measure,
        "label": view.rule.label,
        "label_en": view.rule.label_en,
        "content": view.rule.content,
        "content_en": view.rule.content_en,
        "effect": view.case.effect,
        "subject": view.case.subject.public_id,
        "list": view.case.list_code,
        "record": str(view.case.record_id),
        "executing_unit": view.case.executor,
        "basis": view.case.basis,
        "state": view.state.value,
        "binds": view.binds,
        "since": _day(imposed.effective_on if imposed else None),
        "until": _day(view.until),
        "status": view.rule.status,
    }


def standing_json(one: Standing, book: Rulebook) -> dict[str, Any]:
    """An evaluation with its factor tree and how it stands."""
    row, model = one.evaluation, book.model(one.evaluation.model)
    return {
        "id": str(row.id),
        "subject": row.subject.public_id,
        "model": row.model,
        "model_label": model.label,
        "model_label_en": model.label_en,
        "edition": row.edition,
        "on": row.on.isoformat(),
        "known": row.known_at.isoformat(),
        "grade": row.grade,
        "grade_label": next((g.label for g in model.grades if g.code == row.grade), row.grade),
        "adverse": row.adverse,
        "points": row.points,
        "factors": row.factors["factors"],
        "state": one.state.value,
        "told_on": _day(one.told_on),
        "objection_until": _day(one.objection_until),
        "effective_on": _day(one.effective_on),
        "ends_on": _day(row.ends_on),
        "basis": [str(basis) for basis in model.basis],
        "confirmed": model.confirmed,
        "digest": row.digest,
    }


def draw_json(found: Any, *, on: date, whole: bool = False) -> dict[str, Any]:
    """A draw as the public sees it on a day."""
    open_ = supervision.is_open(found, on)
    state = supervision.outcome(found)
    told = {
        "number": found.number,
        "unit": found.unit,
        "matter": found.matter,
        "state": "public" if open_ else state,
        "candidates": found.candidates,
        "commitment": found.commitment,
        "committed_on": found.committed_on.isoformat(),
        "source": found.source,
        "source_on": found.source_on.isoformat(),
        "public_from": found.public_from.isoformat(),
        "chance": found.end.chance if state == "drawn" else "",
        "reason": found.end.reason if state == "abandoned" else "",
    }
    if not whole:
        return told
    plan = supervision.plan_of(found)
    return told | {
        "population": plan.population,
        "rates": dict(plan.rates),
        "basis": list(plan.basis),
        "visits": [
            {"order": one["order"], "organisation": one["public_id"], "tier": one["tier"]}
            for one in (found.end.visits if open_ else ())
        ],
    }


def plan_json(found: Any, *, on: date) -> dict[str, Any]:
    """An approved plan with how far the draws that are open have come."""
    made = supervision.progress(found, on=on, only_open=True)
    return {
        "number": found.number,
        "unit": found.unit,
        "year": found.year,
        "title": found.title,
        "item": found.item,
        "division": found.division,
        "matters": list(found.matters),
        "rates": dict(found.rates),
        "basis": list(found.basis),
        "approved_on": found.decision.on.isoformat(),
        "drawn": made.drawn,
        "done": made.done,
        "tiers": [
            {"tier": tier, "rate": found.rates[tier], "drawn": drawn, "done": done}
            for tier, _, drawn, done in made.tiers
        ],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
