"""The books of truth: what every row of every file truly is, written beside the files."""

from pathlib import Path

from chengxin.city.days import OfficeDays
from chengxin.city.deliveries import Delivery, deliveries
from chengxin.city.departments import departments
from chengxin.city.habits import Habit
from chengxin.city.oddities import Oddity, oddities
from chengxin.city.people import first_day
from chengxin.city.tally import City, Progress
from chengxin.city.truth import (
    COLUMN_COLUMNS,
    FILE_COLUMNS,
    LINK_COLUMNS,
    ROW_COLUMNS,
    Canon,
    Sink,
    Table,
)
from chengxin.city.values import Decision, Department, Row, Size
from chengxin.kernel.canonical import canonical_json, sha256_hex
from chengxin.policy.values import Rulebook


class Books:
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
                self._write_odd(sender, odd)
        for name in ("rows", "links", "files", "columns", "decisions"):
            ending = "jsonl" if name == "decisions" else "csv"
            book: Sink = getattr(self, f"_{name}")
            self._city.digests[f"truth/{name}.{ending}"] = book.digest

    def _write_odd(self, sender: Department, odd: Oddity) -> None:
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
        line = habit.header_row + 1
        for row in delivery.rows:
            self._tell(delivery, line, row)
            line += 1 + _breaks_within(row, habit)

    def _tell(self, delivery: Delivery, line: int, row: Row) -> None:
        true, found = row.decision, row.decision.organisation
        values = canonical_json(self._canon.values(true.values))
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
            digest=sha256_hex(values),
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
            self._decisions.write(_decision_line(true, values))
            self._city.count("decisions")

    def _put(self, name: str, data: bytes) -> None:
        with Sink(self._out / name) as sink:
            sink.write(data)
        self._city.digests[name] = sink.digest
        self._city.count("files")


def _breaks_within(row: Row, habit: Habit) -> int:
    """Line breaks inside the cells of a row of text: its next row begins that much lower."""
    if habit.format != "csv":
        return 0
    return sum(row.written.get(column.field, "").count("\n") for column in habit.columns)


def _decision_line(true: Decision, values: bytes) -> bytes:
    """Canonical JSON of a decision; `values`, its last key, is spelled already."""
    found = true.organisation
    head = {
        "decision": true.id,
        "item": true.item,
        "unit": true.unit,
        "organisation": None if found is None else found.index,
        "uscc": None if found is None else found.uscc,
        "person": None if true.person is None else true.person.index,
    }
    return canonical_json(head)[:-1] + b',"values":' + values + b"}\n"
