"""How each type of field is read, step by step; a step sees the columns of the steps before.

Steps keep expressions short: what is needed twice becomes a column, so the planner never sees
the same text twice.
"""

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from chengxin.catalogue.services import amounts, codes, dates, identifiers, minors, persons
from chengxin.catalogue.services.conditions import condition_columns
from chengxin.catalogue.services.texts import (
    as_written,
    column,
    folded,
    folded_alphanumeric,
    key,
    raw,
    trimmed,
    unless_none,
    unwrapped,
    without_marks,
)
from chengxin.catalogue.services.wordings import in_words, value_of_words, without_entities
from chengxin.catalogue.values import Field, FieldType
from chengxin.engine.values import DAY, FINDING
from chengxin.policy.values.rulebook import Rulebook

Step = Mapping[str, str]
"""Column → expression."""


def stages_of(fields: Sequence[Field], book: Rulebook) -> tuple[Step, ...]:
    """The steps of all fields side by side, then the findings, which may look across fields."""
    each = [_steps(field, book) for field in fields]
    together: list[Step] = [_merged(steps) for steps in zip_longest(*each, fillvalue={})]
    used = [field for field in fields if not field.ignored]
    together += [_merged(steps) for steps in zip_longest(*map(_finding, used), fillvalue={})]
    together += [dict(condition_columns(fields)), minors.adult_columns(fields)]
    return tuple(step for step in together if step)


def _merged(steps: Sequence[Step]) -> Step:
    return {name: sql for step in steps for name, sql in step.items()}


def _steps(field: Field, book: Rulebook) -> list[Step]:
    return [{f"{field.name}__0": without_entities(raw(field.name))}, *_typed(field, book)]


def _typed(field: Field, book: Rulebook) -> list[Step]:  # noqa: PLR0911  one way per type
    name = field.name
    text, tidy, plain = (column(f"{name}__{step}") for step in range(3))
    first = {f"{name}__1": trimmed(text)}
    match field.type:
        case FieldType.LONG_TEXT:
            return [{name: trimmed(text)}]
        case FieldType.TEXT:
            return [first, {name: as_written(folded_alphanumeric(tidy))}]
        case FieldType.INTEGER:
            return [first, {name: amounts.integer(tidy)}]
        case FieldType.DATE:
            return [
                first,
                {f"{name}__2": folded(tidy)},
                {f"{name}__3": dates.spelled(plain)},
                {name: dates.iso_date(column(f"{name}__3"), plain)},
            ]
        case FieldType.AMOUNT:
            number, unit, value = (column(f"{name}__{part}") for part in ("3", "4", "5"))
            words, unit_of = column(f"{name}__words"), amounts.unit_in(plain)
            return [
                first,
                {f"{name}__2": amounts.closed_up(tidy)},
                {f"{name}__words": in_words(plain)},
                {
                    f"{name}__3": f"coalesce({amounts.number_in(plain)}, {value_of_words(words)})",
                    f"{name}__4": f"CASE WHEN {words} IS NULL THEN {unit_of} ELSE '元' END",
                },
                {f"{name}__5": amounts.value_of(number, unit, field.source_unit)},
                {name: amounts.yuan(value, tidy)},
            ]
        case FieldType.CODE:
            codelist = book.codelist(field.codelist or "")
            looked = {f"{name}__2": key(tidy)}
            return [first, looked, {name: codes.to_code(plain, tidy, codelist)}]
        case FieldType.CODES:
            codelist = book.codelist(field.codelist or "")
            return [
                first,
                {f"{name}__2": key(tidy)},
                {f"{name}__3": codes.parts_of(plain, codelist)},
                {f"{name}__4": codes.to_codes(column(f"{name}__3"), codelist)},
                {name: codes.joined(column(f"{name}__4"))},
            ]
        case _:
            return _identifier(field)


def _identifier(field: Field) -> list[Step]:
    name = field.name
    steps: list[Step] = [
        {f"{name}__1": without_marks(column(f"{name}__0"))},
        {f"{name}__2": unwrapped(column(f"{name}__1"))},
        {f"{name}__3" if field.type is FieldType.ID_NUMBER else name: unless_none(
            column(f"{name}__2")
        )},
    ]  # fmt: skip
    if field.type is FieldType.ID_NUMBER:
        steps.append({name: persons.lengthened(column(f"{name}__3"))})
    return steps


def _finding(field: Field) -> list[Step]:  # noqa: PLR0911  one way per type
    """What rules share: the day a date means, the finding on an identifier."""
    here, name = column(field.name), field.name
    match field.type:
        case FieldType.DATE:
            return [{name + DAY: dates.day_of(here)}]
        case FieldType.USCC:
            parts = identifiers.uscc_parts(here, name)
            return [parts, {name + FINDING: identifiers.uscc_finding(here, name)}]
        case FieldType.ORG_CODE:
            return [{}, {name + FINDING: identifiers.org_finding(here)}]
        case FieldType.REGISTRATION:
            parts = identifiers.registration_parts(here, name)
            return [parts, {name + FINDING: identifiers.registration_finding(here, name)}]
        case FieldType.TAX:
            head = column(f"{name}__18")
            parts = identifiers.uscc_parts(head, name) | identifiers.tax_parts(here, name)
            uscc = {f"{name}__uscc": identifiers.uscc_finding(head, name)}
            finding = {name + FINDING: identifiers.tax_finding(here, name)}
            return [{f"{name}__18": f"{here}[1:18]"}, parts, uscc, finding]
        case FieldType.ID_NUMBER:
            parts = persons.parts(here, name)
            kind = column(field.kind_from) if field.kind_from else None
            return [parts, {name + FINDING: persons.document_finding(here, name, kind)}]
        case FieldType.TEXT | FieldType.LONG_TEXT if field.public and not field.personal:
            return [{f"{name}__digits": persons.squeezed(here)}]
        case _:
            return []
