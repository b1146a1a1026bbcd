"""The charter's limit of age: nothing about a minor 未成年人 is taken in."""

from collections.abc import Iterator
from dataclasses import replace

from chengxin.catalogue.services import persons
from chengxin.catalogue.services.checks import Compiling
from chengxin.catalogue.services.texts import column
from chengxin.catalogue.values import FieldType
from chengxin.engine.values import DAY, FINDING, Rule

ACT_FIELD = "decided_on"
PERSON_FIELD = "id_number"
PROHIBITION = "minors"
CAPACITY_YEARS = 18
"""Age of full civil capacity 完全民事行为能力: the charter's, so that no parameter can lower it."""


def minor_rules(known: Compiling) -> Iterator[Rule]:
    """Refuse a person under 18 on the day of the decision, which is never before the act."""
    names = {field.name: field for field in known.item.fields}
    if ACT_FIELD not in names or PERSON_FIELD not in names:
        return
    field = names[PERSON_FIELD]
    if field.type is not FieldType.ID_NUMBER:
        return
    number = column(PERSON_FIELD)
    proven = f"{column(PERSON_FIELD + FINDING)} = 'valid|' AND {persons.is_person(number)}"
    of_age = f"{column(f'{PERSON_FIELD}__born')} + INTERVAL {CAPACITY_YEARS} YEAR"
    sql = f"{proven} AND {of_age} > {column(ACT_FIELD + DAY)}"
    rule = known.rule("INTAKE-MINOR", field, sql, age=str(CAPACITY_YEARS))
    for prohibition in known.book.prohibitions:
        if prohibition.code == PROHIBITION:
            rule = replace(rule, basis=str(prohibition.basis))
    yield rule
