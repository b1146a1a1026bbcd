"""One record or a whole table: the same window, for every item, whatever the facts are."""

import random
from dataclasses import replace
from datetime import date, timedelta

import duckdb
import pyarrow as pa

from chengxin.catalogue import queries as catalogue
from chengxin.policy.queries import current_rulebook
from chengxin.publication.rules import showing
from chengxin.publication.rules.statements import RECORD_COLUMNS, dated_sql, window_of
from chengxin.publication.values import Case

BOOK = current_rulebook()
DAYS = {"decided_on", "recorded_on", "told_on", "revoked_on", "ended_on"}
CHANCE = random.Random(41)
BASE = duckdb.connect(config={"threads": 1})


def some_day(first=date(1994, 1, 1)):
    return first + timedelta(days=CHANCE.randrange((date(2027, 1, 1) - first).days))


def maybe(day, often=0.2):
    return day if CHANCE.random() < often else None


def a_case(item):
    decided = some_day(CHANCE.choice([date(1994, 1, 1), date(2021, 1, 1)]))
    facts = {}
    for field in item.fields:
        if CHANCE.random() < 0.4:
            continue
        if field.type == "date":
            late = {"valid_until": ["2099-12-31", "2028-02-29"]}.get(field.name, [])
            facts[field.name] = CHANCE.choice([some_day(decided).isoformat(), *late])
        elif field.codelist:
            codes = [*BOOK.codelist(field.codelist).by_code, ""]
            found = CHANCE.choices(codes, k=2 if field.type == "codes" else 1)
            facts[field.name] = ";".join(found)
    return Case(
        subject_kind="legal_person",
        disclosure="public",
        adverse="maximum_term" in item.parameters and CHANCE.random() < 0.9,
        decided_on=decided,
        recorded_on=decided + timedelta(days=CHANCE.randrange(90)),
        facts=facts,
        delivered_on=maybe(decided + timedelta(days=CHANCE.randrange(90)), 0.8),
        revoked_on=maybe(some_day(decided)),
        ended_on=maybe(some_day(decided)),
        linked=CHANCE.random() > 0.05,
        under_check=CHANCE.random() < 0.05,
        hidden_by=CHANCE.choices(["", "shielded", "sealed"], [18, 1, 1])[0],
    )


def as_row(case, fields):
    row = {name: getattr(case, name, None) for name in RECORD_COLUMNS}
    row |= {"told_on": case.delivered_on}
    return row | {f"f_{name}": case.facts.get(name) for name in fields}


def by_statement(code, window, cases):
    fields = sorted(window.fields)
    rows = [as_row(case, fields) | {"item": code} for case in cases]
    kinds = {name: pa.date32() if name in DAYS else pa.bool_() for name in RECORD_COLUMNS}
    kinds |= {"item": pa.string(), "hidden_by": pa.string()} | {
        f"f_{name}": pa.string() for name in fields
    }
    BASE.register("records", pa.Table.from_pylist(rows, schema=pa.schema(kinds.items())))
    # Beside another item whose expressions all differ.
    both = {code: window, "other": window_of("other", None, BOOK)}
    asked = "since, until, reason, earliest_end, confirmed"
    return BASE.execute(f"SELECT {asked} FROM ({dated_sql(both, 'records')})").fetchall()


def as_answer(found):
    if found.since is None:
        return (None, None, found.reason, None)
    return (found.since, found.until, found.reason, found.earliest_end)


def repealed(book, code):
    """The book with a list of the item ended, and the item's law gone."""
    lists = book.consequences.lists
    ended = {
        name: replace(one, until=date(2026, 6, 1)) if one.item == code else one
        for name, one in lists.items()
    }
    return replace(book, consequences=replace(book.consequences, lists=ended))


def test_the_statement_says_of_every_item_what_the_function_says():
    for code, item in catalogue.items(BOOK).items():
        cases = [a_case(item) for _ in range(25)]
        for book, one in (
            (BOOK, item),
            (repealed(BOOK, code), replace(item, repealed_on=date(2027, 3, 1))),
        ):
            window = window_of(code, one, book)
            for case, row in zip(cases, by_statement(code, window, cases), strict=True):
                said = showing(case, one, book)
                assert row[:4] == as_answer(said), (code, case)
                if said.since is not None:
                    assert row[4] == said.confirmed, (code, case)


def test_an_item_an_edition_does_not_know_shows_nothing():
    window = window_of("nowhere", None, BOOK)
    ((since, until, reason, *_),) = by_statement(
        "nowhere", window, [a_case(catalogue.item(BOOK, "penalty"))]
    )

    assert (since, until, reason) == (None, None, "no_rule")


def test_a_changed_term_changes_the_text_and_nothing_else_does():
    item = catalogue.item(BOOK, "penalty")
    same = window_of("penalty", item, replace(BOOK, edition="another"))
    name = item.parameters["maximum_term"]
    first, *rest = BOOK.parameter(name).values
    shorter = replace(first, value={**first.value, "ordinary": 6})
    longest = replace(BOOK.parameter(name), values=(shorter, *rest))
    changed = replace(BOOK, parameters={**BOOK.parameters, name: longest})

    assert window_of("penalty", item, BOOK) == same
    assert window_of("penalty", item, changed) != same
