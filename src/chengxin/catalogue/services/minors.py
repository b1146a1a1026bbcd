"""The charter's limit of age: nothing about a minor 未成年人 is taken in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from chengxin.catalogue.services import persons
from chengxin.catalogue.services.texts import column
from chengxin.catalogue.values import Field, FieldType
from chengxin.engine.values import DAY, FINDING, Rule

if TYPE_CHECKING:
    from chengxin.catalogue.services.checks import Compiling

ACT_FIELD = "decided_on"
PERSON_FIELD = "id_number"
PROHIBITION = "minors"
CAPACITY_YEARS = 18
"""Age of full civil capacity 完全民事行为能力: the charter's, so that no parameter can lower it."""


ADULT_ON: Final = f"{PERSON_FIELD}__adult_on"


def adult_columns(fields: Sequence[Field]) -> dict[str, str]:
    """The day a person whose number proves itself comes of age, as a column beside the number."""
    if not _asked({field.name: field for field in fields}):
        return {}
    number = column(PERSON_FIELD)
    proven = f"{column(PERSON_FIELD + FINDING)} = 'valid|' AND {persons.is_person(number)}"
    of_age = f"{column(f'{PERSON_FIELD}__born')} + INTERVAL {CAPACITY_YEARS} YEAR"
    return {ADULT_ON: f"CASE WHEN {proven} THEN CAST({of_age} AS DATE) END"}


def minor_rules(known: "Compiling") -> Iterator[Rule]:
    """Refuse a person under 18 on the day of the decision, which is never before the act."""
    names = {field.name: field for field in known.item.fields}
    if not _asked(names):
        return
    sql = f"{column(ADULT_ON)} > {column(ACT_FIELD + DAY)}"
    rule = known.rule("INTAKE-MINOR", names[PERSON_FIELD], sql, age=str(CAPACITY_YEARS))
    for prohibition in known.book.prohibitions:
        if prohibition.code == PROHIBITION:
            rule = replace(rule, basis=str(prohibition.basis))
    yield rule


def _asked(fields: Mapping[str, Field]) -> bool:
    return ACT_FIELD in fields and (
        PERSON_FIELD in fields and fields[PERSON_FIELD].type is FieldType.ID_NUMBER
    )
