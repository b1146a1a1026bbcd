"""Writes the registrar's list of organisations and the list of persons."""

from pathlib import Path
from typing import Final

from chengxin.city.organisations import organisations
from chengxin.city.people import person
from chengxin.city.tally import City, Progress
from chengxin.city.truth import Table
from chengxin.city.values import Organisation, Size

DOUBLED_EVERY: Final = 400
ORGANISATION_COLUMNS: Final = (
    "name",
    "uscc",
    "kind",
    "status",
    "division",
    "industry",
    "address",
    "registered_on",
    "former_names",
    "old_registration_number",
    "old_org_code",
    "branch_of",
    "representative",
    "legal_form",
)
PERSON_COLUMNS: Final = ("person", "name", "id_type", "id_number", "born_on", "sex", "minor")


def write_organisations(size: Size, out: Path, city: City, progress: Progress) -> None:
    """The list of organisations as the registrar would send it; one in 400 is in it twice."""
    with Table(out / "organisations.csv", ORGANISATION_COLUMNS) as table:
        for found in organisations(size):
            table.add(**_organisation_cells(found))
            if found.index % DOUBLED_EVERY == DOUBLED_EVERY - 1:
                again = _organisation_cells(found)
                again["name"] = again["name"].replace("（", "(").replace("）", ")")
                table.add(**again)
                city.count("organisations_listed_twice")
            city.count("organisations")
            city.count("organisations_held", int(found.held))
            progress(1)
    city.digests["organisations.csv"] = table.digest


def _organisation_cells(found: Organisation) -> dict[str, str]:
    return {
        "name": found.name,
        "uscc": found.uscc,
        "kind": found.kind,
        "status": found.status,
        "division": found.division,
        "industry": found.industry,
        "address": found.address,
        "registered_on": found.registered_on.isoformat(),
        "former_names": "|".join(found.former_names),
        "old_registration_number": found.old_registration_number,
        "old_org_code": found.old_org_code,
        "branch_of": found.branch_of,
        "representative": found.representative.name,
        "legal_form": found.form,
    }


def write_persons(size: Size, out: Path, city: City) -> None:
    """Everyone who lives in the city; rows of truth name them by their number."""
    with Table(out / "persons.csv", PERSON_COLUMNS) as table:
        for index in range(size.persons):
            one = person(size, index)
            table.add(
                person=index,
                name=one.name,
                id_type="身份证",
                id_number=one.id_number,
                born_on=one.born_on.isoformat(),
                sex="男" if one.is_man else "女",
                minor=int(one.is_minor(size.as_of)),
            )
            city.count("persons")
    city.digests["persons.csv"] = table.digest
