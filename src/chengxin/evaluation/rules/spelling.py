"""Models, organisations and facts as plain JSON values and back: what a kit holds.

A kit must speak for itself in ten years, so a model is spelled out whole, with the labels of its
codes, and needs no rulebook to be read.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chengxin.evaluation.values import Business, Fact
from chengxin.law.values import Basis
from chengxin.policy.values import conditions as tree
from chengxin.policy.values.conditions import FactKind, Op
from chengxin.policy.values.models import (
    Clause,
    Effect,
    Expiry,
    Factor,
    Grade,
    Model,
    ModelKind,
    ModelSubject,
)

Data = Mapping[str, Any]


def model_as_json(model: Model) -> dict[str, Any]:
    """A model spelled out."""
    return {
        "code": model.code,
        "label": model.label,
        "label_en": model.label_en,
        "kind": model.kind.value,
        "subject_kinds": [one.value for one in model.subject_kinds],
        "decided_by": model.decided_by,
        "public": model.public,
        "since": model.since.isoformat(),
        "until": model.until.isoformat() if model.until else None,
        "basis": [_basis(one) for one in model.basis],
        "grades": [_grade(one) for one in model.grades],
        "factors": [_factor(one) for one in model.factors],
        "covers": [_clause(one) for one in model.covers],
        "start": model.start,
        "floor": model.floor,
        "ceiling": model.ceiling,
        "otherwise": model.otherwise,
        "status": model.status,
        "note": model.note,
        "note_en": model.note_en,
    }


def model_from_json(data: Data) -> Model:
    """The model a kit spells out. Raises: `KeyError`, `ValueError`, `TypeError` if it is none."""
    return Model(
        **{
            **data,
            "kind": ModelKind(data["kind"]),
            "subject_kinds": tuple(map(ModelSubject, data["subject_kinds"])),
            "since": date.fromisoformat(data["since"]),
            "until": date.fromisoformat(data["until"]) if data["until"] else None,
            "basis": tuple(Basis(**one) for one in data["basis"]),
            "grades": tuple(_grade_from(one) for one in data["grades"]),
            "factors": tuple(_factor_from(one) for one in data["factors"]),
            "covers": tuple(_clause_from(one) for one in data["covers"]),
        }
    )


def _basis(basis: Basis) -> dict[str, str]:
    return {
        "law_id": basis.law_id,
        "law_title": basis.law_title,
        "article": basis.article,
        "status": basis.status,
    }


def _grade(grade: Grade) -> dict[str, Any]:
    effects = [{**vars(one), "basis": _basis(one.basis)} for one in grade.effects]
    return {**vars(grade), "effects": effects}


def _grade_from(data: Data) -> Grade:
    effects = (Effect(**{**one, "basis": Basis(**one["basis"])}) for one in data["effects"])
    return Grade(**{**data, "effects": tuple(effects)})


def _factor(factor: Factor) -> dict[str, Any]:
    return {
        **vars(factor),
        "clause": _clause(factor.clause),
        "basis": _basis(factor.basis),
        "expires": vars(factor.expires) if factor.expires else None,
    }


def _factor_from(data: Data) -> Factor:
    return Factor(
        **{
            **data,
            "clause": _clause_from(data["clause"]),
            "basis": Basis(**data["basis"]),
            "expires": Expiry(**data["expires"]) if data["expires"] else None,
        }
    )


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "item": clause.item,
        "when": condition_as_json(clause.when) if clause.when is not None else None,
    }


def _clause_from(data: Data) -> Clause:
    return Clause(data["item"], condition_from_json(data["when"]) if data["when"] else None)


def condition_as_json(condition: tree.Condition) -> dict[str, Any]:
    """A condition spelled out, with the labels of its facts and codes."""
    if isinstance(condition, tree.Test):
        return {**vars(condition), "value": list(condition.value)}
    word = "all" if isinstance(condition, tree.All) else "any"
    return {word: [condition_as_json(one) for one in condition.parts]}


def condition_from_json(data: Data) -> tree.Condition:
    """The condition a kit spells out."""
    for word, made in (("all", tree.All), ("any", tree.Any)):
        if word in data:
            return made(tuple(condition_from_json(one) for one in data[word]))
    kinds = {"op": Op(data["op"]), "kind": FactKind(data["kind"]), "value": tuple(data["value"])}
    return tree.Test(**{**data, **kinds})


def inputs_as_json(business: Business, facts: list[Fact]) -> dict[str, Any]:
    """What an evaluation read: the organisation and its records, in one order."""
    ordered = sorted(facts, key=lambda one: (one.item, one.decided_on, one.record))
    return {"business": vars(business), "facts": [_fact(one) for one in ordered]}


def inputs_from_json(data: Data) -> tuple[Business, list[Fact]]:
    """The organisation and the records a kit holds."""
    return Business(**data["business"]), [_fact_from(one) for one in data["facts"]]


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        **vars(fact),
        "decided_on": fact.decided_on.isoformat(),
        "since": fact.since.isoformat(),
        "until": fact.until.isoformat() if fact.until else None,
        "fields": dict(fact.fields),
    }


def _fact_from(data: Data) -> Fact:
    days = {name: date.fromisoformat(data[name]) for name in ("decided_on", "since")}
    until = date.fromisoformat(data["until"]) if data["until"] else None
    return Fact(**{**data, **days, "until": until})
