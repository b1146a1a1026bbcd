"""Tiers of supervision 监管分级 from grades that count, and from nothing else."""

from collections.abc import Collection
from datetime import date
from typing import Final
from uuid import UUID

from chengxin.evaluation import queries as evaluation
from chengxin.evaluation.queries import Evaluation
from chengxin.policy.values import Rulebook
from chengxin.policy.values.models import Model

STANDARD: Final = "standard"
"""The tier of who was never evaluated: nobody is worse off for having no record."""
TIER: Final = "supervision_tier"
"""The effect of a grade that names a tier, and the code list of tiers, mildest first."""
COMPREHENSIVE: Final = frozenset({"comprehensive"})
"""The model for whom no model of the unit's own has a grade 公共信用综合评价."""


def tiers_of(
    subjects: Collection[UUID], *, unit: str, on: date, book: Rulebook
) -> dict[UUID, tuple[str, Evaluation]]:
    """The tier of each organisation for a unit on a day, and the grade it comes from.

    The unit's own models come before the comprehensive one; of several grades the gravest tier.
    A grade counts only in effect, not ended, and with every record behind it still in use. Who has
    none is absent and of the tier `STANDARD`. Law: the effects of the grades, 国办发〔2019〕35号.
    """
    codes = [entry.code for entry in book.codelist(TIER).entries]
    giving = {code: one for code, one in book.models.items() if one.public and _gives(one)}
    own = {code for code, one in giving.items() if one.decided_by == unit}
    whole = {code for code, one in giving.items() if code in COMPREHENSIVE}
    grades = evaluation.in_force(subjects, own | whole, on=on, book=book)
    found = {}
    for subject, rows in grades.items():
        for some in (own, whole - own):
            given = [
                (tier, rows[code])
                for code in sorted(some & rows.keys())
                if (tier := tier_of(giving[code], rows[code].grade)) in codes
            ]
            if given:
                found[subject] = max(given, key=lambda pair: codes.index(pair[0]))
                break
    return found


def tier_of(model: Model, grade: str) -> str:
    """The tier a grade of a model gives; `STANDARD` where its effects name none."""
    for one in model.grades:
        if one.code == grade:
            return next((effect.value for effect in one.effects if effect.code == TIER), STANDARD)
    return STANDARD


def _gives(model: Model) -> bool:
    return any(effect.code == TIER for grade in model.grades for effect in grade.effects)
