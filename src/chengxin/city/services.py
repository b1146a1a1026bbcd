"""The one verb of this room: make a city."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from chengxin.city.days import OfficeDays
from chengxin.city.deliveries import Delivery, deliveries
from chengxin.city.departments import departments
from chengxin.city.errors import CityFolderNotEmpty, CityTooSmall
from chengxin.city.oddities import oddities
from chengxin.city.organisations import organisations as all_organisations
from chengxin.city.people import first_day, person
from chengxin.city.truth import (
    COLUMN_COLUMNS,
    FILE_COLUMNS,
    LINK_COLUMNS,
    ROW_COLUMNS,
    Canon,
    Sink,
    Table,
)
from chengxin.city.values import Decision, Organisation, Row, Size
from chengxin.kernel.canonical import canonical_json, sha256_hex
from chengxin.policy.queries import current_rulebook
from chengxin.policy.values import Rulebook

Progress = Callable[[int], None]

AS_OF: Final = date(2026, 11, 20)
LEAST_ORGANISATIONS: Final = 10
LEAST_RECORDS: Final = 10
MANIFEST: Final = "manifest.json"
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


@dataclass
class City:
    """What was made: digest and size of every file, and the counts a test compares."""

    digests: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """One digest over all files."""
        return sha256_hex(canonical_json(self.digests))

    def count(self, name: str, by: int = 1) -> None:
        """Add to a count."""
        self.counts[name] = self.counts.get(name, 0) + by


def make_city(
    *,
    seed: int,
    organisations: int,
    records: int,
    out: Path,
    as_of: date = AS_OF,
    book: Rulebook | None = None,
    progress: Progress = lambda _: None,
) -> City:
    """Make the synthetic city in the empty folder `out`: lists, files and their truth.

    The same arguments and rulebook (the one in use by default) give the same bytes on every
    machine. `progress` is told how many organisations or rows were just written. Memory holds
    one file at a time. Raises: `CityTooSmall`, `CityFolderNotEmpty`.
    """
    if organisations < LEAST_ORGANISATIONS or records < LEAST_RECORDS:
        raise CityTooSmall(organisations=LEAST_ORGANISATIONS, records=LEAST_RECORDS)
    if out.exists() and any(out.iterdir()):
        raise CityFolderNotEmpty(folder=str(out))
    size = Size(seed, organisations, records, as_of)
    book = current_rulebook() if book is None else book
    city = City()
    _write_organisations(size, out, city, progress)
    _write_persons(size, out, city)
    _Books(size, out, book, city).write(progress)
    manifest = {
        "arguments": {
            "seed": size.seed,
            "organisations": size.organisations,
            "records": size.records,
            "as_of": size.as_of.isoformat(),
        },
        "rulebook": book.edition,
        "digest": city.digest,
        "counts": dict(sorted(city.counts.items())),
        "files": dict(sorted(city.digests.items())),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (out / MANIFEST).write_bytes(text.encode() + b"\n")
    return city


def _write_organisations(size: Size, out: Path, city: City, progress: Progress) -> None:
    """The list of organisations as the registrar would send it; one in 400 is in it twice."""
    with Table(out / "organisations.csv", ORGANISATION_COLUMNS) as table:
        for found in all_organisations(size):
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


def _write_persons(size: Size, out: Path, city: City) -> None:
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


class _Books:
    """The departments' files and the books of truth about them."""

    def __init__(self, size: Size, out: Path, book: Rulebook, city: City) -> None:
        self._size, self._out, self._book, self._city = size, out, book, city
        self._canon = Canon(book)
        self._days = OfficeDays(book.calendar, first_day(size), size.as_of)
        truth = out / "truth"
        self._rows = Table(truth / "rows.csv", ROW_COLUMNS)
        self._links = Table(truth / "links.csv", LINK_COLUMNS)
        self._files = Table(truth / "files.csv", FILE_COLUMNS)
        self._columns = Table(truth / "columns.csv", COLUMN_COLUMNS)
        self._decisions = Sink(truth / "decisions.jsonl")

    def write(self, progress: Progress) -> None:
        """Every file with its truth, then the odd ones, then close the books."""
        senders = departments(self._book)
        with self._rows, self._links, self._files, self._columns, self._decisions:
            for delivery in deliveries(self._size, senders, self._days):
                self._write(delivery)
                progress(len(delivery.rows))
            for sender, odd in oddities(self._size, senders):
                name = f"files/{sender.code}/{odd.name}"
                self._put(name, odd.data)
                self._files.add(
                    file=name,
                    unit=sender.code,
                    item="",
                    received_on=self._size.as_of.isoformat(),
                    expected=odd.expected,
                    format=odd.format,
                    encoding=odd.encoding,
                    layout="",
                    header_row=odd.header_row,
                    rows=odd.rows,
                    planted=0,
                    again="",
                )
        for name in ("rows", "links", "files", "columns", "decisions"):
            ending = "jsonl" if name == "decisions" else "csv"
            book: Sink = getattr(self, f"_{name}")
            self._city.digests[f"truth/{name}.{ending}"] = book.digest

    def _write(self, delivery: Delivery) -> None:
        self._put(delivery.name, delivery.data)
        planned, habit = delivery.planned, delivery.habit
        self._files.add(
            file=delivery.name,
            unit=planned.department.code,
            item=planned.item,
            received_on=delivery.received_on.isoformat(),
            expected=delivery.expected,
            format=habit.format,
            encoding=habit.encoding,
            layout=habit.layout,
            header_row=habit.header_row,
            rows=len(delivery.rows),
            planted=sum(bool(row.plants) for row in delivery.rows),
            again=delivery.again,
        )
        for number, column in enumerate(habit.columns, 1):
            self._columns.add(
                file=delivery.name, column=number, header=column.header, field=column.field
            )
        for line, row in enumerate(delivery.rows, habit.header_row + 1):
            self._tell(delivery, line, row)

    def _tell(self, delivery: Delivery, line: int, row: Row) -> None:
        true, found = row.decision, row.decision.organisation
        self._city.count("rows")
        self._city.count(f"outcome {row.outcome}")
        self._rows.add(
            file=delivery.name,
            row=line,
            item=true.item,
            outcome=row.outcome,
            planted="|".join(row.plants),
            decision=true.id,
            organisation="" if found is None else found.index,
            uscc="" if found is None else found.uscc,
            person="" if true.person is None else true.person.index,
            decided_on=true.decided_on.isoformat(),
            working_days=self._days.between(true.decided_on, delivery.received_on),
            digest=self._canon.digest(true),
        )
        if row.link != "person":
            self._links.add(
                file=delivery.name,
                row=line,
                link=row.link,
                written_name=row.written.get("subject_name", ""),
                written_uscc=row.written.get("uscc", ""),
                true_name="" if found is None else found.name,
                true_uscc="" if found is None else found.uscc,
                organisation="" if found is None else found.index,
            )
        if not row.is_repeat:
            self._decisions.write(self._decision_line(true))
            self._city.count("decisions")

    def _decision_line(self, true: Decision) -> bytes:
        found = true.organisation
        line = {
            "decision": true.id,
            "item": true.item,
            "unit": true.unit,
            "organisation": None if found is None else found.index,
            "uscc": None if found is None else found.uscc,
            "person": None if true.person is None else true.person.index,
            "values": self._canon.values(true.values),
        }
        return canonical_json(line) + b"\n"

    def _put(self, name: str, data: bytes) -> None:
        with Sink(self._out / name) as sink:
            sink.write(data)
        self._city.digests[name] = sink.digest
        self._city.count("files")
