"""What a change of the rulebook can touch at all, told from the statements it compiles to.

Two editions that compile to the same text answer the same, so only what differs is asked of the
register. A whole simulation reads the records of these items, and no others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from chengxin.catalogue.queries import items as catalogue_items
from chengxin.evaluation.queries.laying import windows
from chengxin.evaluation.rules import grades_sql
from chengxin.evaluation.rules.statements import fields_read
from chengxin.policy.values import CreditList, Rulebook
from chengxin.policy.values.models import Model
from chengxin.publication.rules.statements import Window

LIST_CODE: Final = "list_code"


@dataclass(frozen=True)
class Plan:
    """Two editions, a day, and what of the register has to be asked.

    `touched` are the items whose window differs, `models` and `lists` those whose answer may.
    `items` are all that must be read for it, `fields` the fields of theirs.
    """

    before: Rulebook
    after: Rulebook
    on: date
    windows_before: Mapping[str, Window]
    windows_after: Mapping[str, Window]
    touched: tuple[str, ...]
    models: tuple[str, ...]
    lists: tuple[str, ...]
    items: tuple[str, ...]
    fields: tuple[str, ...]

    @property
    def kept(self) -> tuple[str, ...]:
        """The fields the models read, as the tables of facts name them."""
        return fields_read({f"{n}": one for n, one in enumerate(self._models())})

    def _models(self) -> list[Model]:
        both = [self.before.models, self.after.models]
        return [book[code] for book in both for code in self.models if code in book]

    def statement(self, code: str, *, after: bool) -> str | None:
        """A model's statement under one of the editions; None where it is not in force."""
        book, facts = (self.after, "facts_after") if after else (self.before, "facts_before")
        return _statement(book, code, self.on, facts)


def plan(before: Rulebook, after: Rulebook, on: date) -> Plan:
    """What two editions may answer differently on day `on`."""
    codes = sorted(set(catalogue_items(before)) | set(catalogue_items(after)))
    early, late = windows(codes, before), windows(codes, after)
    touched = tuple(code for code in codes if early[code] != late[code])
    models = tuple(
        code
        for code in sorted(set(before.models) | set(after.models))
        if _statement(before, code, on, "facts") != _statement(after, code, on, "facts")
        or set(touched) & _items(before, after, code)
    )
    lists = tuple(
        code
        for code in sorted(set(before.consequences.lists) | set(after.consequences.lists))
        if _listed(before, code, on) != _listed(after, code, on)
        or set(touched) & {one.item for one in _both(before, after, code)}
    )
    needed = set(touched)
    for code in models:
        needed |= _items(before, after, code)
    for code in lists:
        needed |= {one.item for one in _both(before, after, code)}
    items = tuple(sorted(needed))
    made = Plan(before, after, on, _of(early, items), _of(late, items), touched, models, lists,
                items, ())  # fmt: skip
    fields = set(made.kept) | ({LIST_CODE} if lists else set())
    for one in (*made.windows_before.values(), *made.windows_after.values()):
        fields |= one.fields
    return Plan(**{**vars(made), "fields": tuple(sorted(fields))})


def _of(made: Mapping[str, Window], items: tuple[str, ...]) -> dict[str, Window]:
    return {code: made[code] for code in items}


def _statement(book: Rulebook, code: str, on: date, facts: str) -> str | None:
    model = book.models.get(code)
    if model is None or not model.in_force(on):
        return None
    return grades_sql(model, f"DATE '{on.isoformat()}'", facts=facts)


def _items(before: Rulebook, after: Rulebook, code: str) -> set[str]:
    found = (book.models[code].items for book in (before, after) if code in book.models)
    return {item for items in found for item in items}


def _both(before: Rulebook, after: Rulebook, code: str) -> list[CreditList]:
    books = (before.consequences.lists, after.consequences.lists)
    return [lists[code] for lists in books if code in lists]


def _listed(book: Rulebook, code: str, on: date) -> Any:
    """What a list means on a day: of whom, of which records, and which measures follow."""
    one = book.consequences.lists.get(code)
    if one is None:
        return None
    follows = [
        (rule.code, rule.effect, rule.subject_kinds, rule.executing_units)
        for rule in book.consequences.triggered_by(code)
        if rule.in_force(on)
    ]
    return (one.item, one.item_code, one.subject_kinds, one.in_force(on), follows)
