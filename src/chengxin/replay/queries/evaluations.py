"""Grades as they stood, with their reasons."""

from collections.abc import Iterator, Sequence
from datetime import date

from chengxin.evaluation.queries import Stood
from chengxin.evaluation.values import STATE_WORDS
from chengxin.policy.values import Rulebook
from chengxin.replay.values import EvaluationStood, Happened, named


def evaluations(found: Sequence[Stood], book: Rulebook) -> tuple[EvaluationStood, ...]:
    """What was in effect of each model, and what waited; each by the edition it was made under."""
    return tuple(_stood(one, book) for one in found)


def _stood(one: Stood, book: Rulebook) -> EvaluationStood:
    row, model = one.evaluation, book.models.get(one.evaluation.model)
    grades = {grade.code: grade for grade in model.grades} if model else {}
    grade = grades.get(row.grade)
    zh, en = STATE_WORDS[one.state]
    return EvaluationStood(
        evaluation=str(row.id),
        model=row.model,
        label=model.label if model else row.model,
        label_en=model.label_en if model else row.model,
        grade=row.grade,
        grade_label=grade.label if grade else row.grade,
        grade_label_en=grade.label_en if grade else row.grade,
        points=row.points,
        state=one.state.value,
        state_label=zh,
        state_label_en=en,
        on=row.on,
        effective_on=one.effective_on,
        told_on=one.told_on,
        edition=row.edition,
        digest=row.digest,
        basis=tuple(str(basis) for basis in model.basis) if model else (),
        factors=tuple(row.factors["factors"]),
    )


def happened_to_evaluations(
    found: Sequence[Stood], *, on: date, book: Rulebook
) -> Iterator[Happened]:
    """The grades that stood and what had become of them, as acts."""
    for one in found:
        row, model = one.evaluation, book.models.get(one.evaluation.model)
        about = f"{model.label if model else row.model} {row.grade}"
        basis = "、".join(str(basis) for basis in model.basis) if model else ""
        yield Happened(
            row.made_at, row.on, "graded", *named("graded"), about, "", "", "", "", basis,
            row.edition, True,
        )  # fmt: skip
        for step in one.steps:
            yield Happened(
                step.at, step.on, step.kind, *named(step.kind), about, "", step.login, step.unit,
                step.reason, step.basis, row.edition, step.on <= on,
            )  # fmt: skip
