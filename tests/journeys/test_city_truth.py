"""A synthetic city through intake: what becomes of each row is what its truth says."""

import csv
from collections import Counter
from datetime import date

import pytest

from chengxin.audit import queries as audit
from chengxin.city.services import make_city
from chengxin.intake.models import Batch
from chengxin.intake.queries import counts, rows
from chengxin.intake.services import release, submit
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.errors import CreditError
from chengxin.register.models import Record
from chengxin.site.commands.subjects import read_list
from chengxin.subjects.models import Identifier
from chengxin.subjects.services import import_organisations

pytestmark = pytest.mark.django_db
SUBMITTER = Actor("city-submits", "", "", {"intake.submit": Scope.ALL})
RELEASER = Actor("city-releases", "", "", {"intake.release": Scope.ALL})
# Outcome in the truth → the states a row may end in.
STATES = {
    "accepted": {"recorded"},
    "awaiting_match": {"awaiting_match"},
    "refused": {"faulty"},
    # A repeated decision is known; if its first report was faulty or doubtful, it is the first.
    "duplicate": {"known", "recorded", "awaiting_match", "differs"},
}


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    folder = tmp_path_factory.mktemp("city")
    # Of the small cities this one has the most kinds of faults, and every other outcome too.
    make_city(seed=7, organisations=60, records=100, out=folder)
    return folder


def table(file):
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_row_of_a_city_ends_as_its_truth_says(city, book):
    import_organisations(
        rows=read_list(city / "organisations.csv"),
        by=Actor.system("subjects.import"),
        on=date(2026, 11, 20),
    )
    refused = Counter()
    for line in sorted(table(city / "truth" / "files.csv"), key=lambda one: one["received_on"]):
        refused[line["expected"], take_in(city, line, book)] += 1

    kinds_refused = {
        expected for expected, code in refused if code not in {"", "INTAKE-NOTHING-TO-RELEASE"}
    }
    assert kinds_refused <= {"swapped_columns", "sent_again", "refused", "empty", "unreadable"}
    assert wrong_rows(city) == []
    assert wrong_links(city) == []
    assert audit.verify().ok
    assert Record.objects.filter(subject_kind="natural_person", disclosure="public").count() == 0


def take_in(city, line, book):
    on = date.fromisoformat(line["received_on"])
    path = city / line["file"]
    try:
        batch = submit(
            data=path.read_bytes(),
            filename=line["file"],
            item=line["item"],
            unit=line["unit"],
            by=SUBMITTER,
            on=on,
            book=book,
        )
        release(number=batch.number, by=RELEASER, on=on, book=book)
    except CreditError as refusal:
        return refusal.code
    return ""


def wrong_rows(city):
    truth = {(one["file"], int(one["row"])): one for one in table(city / "truth" / "rows.csv")}
    wrong = []
    for batch in Batch.objects.filter(state="released"):
        states = states_of(batch)
        assert len(states) == batch.rows_read
        assert Counter(states.values()) == counts(batch)
        for line, state in states.items():
            told = truth[batch.filename, line]
            allowed = STATES.get(told["outcome"], {"faulty"})
            if state not in allowed:
                wrong.append((batch.filename, line, told["outcome"], state))
    return wrong


def states_of(batch):
    found, after = {}, 0
    while page := rows(batch, after=after):
        found |= {one["row"]: one["state"] for one in page}
        after = page[-1]["row"]
    return found


def wrong_links(city):
    """Records linked to a subject that does not bear the true code."""
    truth = {(one["file"], int(one["row"])): one for one in table(city / "truth" / "rows.csv")}
    names = dict(Batch.objects.values_list("id", "filename"))
    codes = dict(Identifier.objects.filter(kind="uscc").values_list("subject_id", "lookup"))
    return [
        (names[record.batch], record.row)
        for record in Record.objects.all()
        if (code := truth[names[record.batch], record.row]["uscc"])
        and codes.get(record.subject_id) != code
    ]
