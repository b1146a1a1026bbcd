"""The way out of a record as it stands now."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from chengxin.casework.rules import way_out
from chengxin.casework.values import Bound, WayOut
from chengxin.catalogue import queries as catalogue
from chengxin.measures.queries import measures_of
from chengxin.policy.values import Rulebook
from chengxin.publication.queries import case_of
from chengxin.publication.values import Case
from chengxin.register.values import RecordState


def situation(standing: RecordState) -> Case:
    """A record as publication sees it, whoever it is about and whatever case runs."""
    return case_of([standing])[standing.id]


def way_out_of(standing: RecordState, *, on: date, book: Rulebook) -> WayOut:
    """The way out of one record; see `rules.way_out`."""
    return ways_out([standing], on=on, book=book)[standing.id]


def ways_out(standing: Sequence[RecordState], *, on: date, book: Rulebook) -> dict[UUID, WayOut]:
    """The same for many records, in a few queries."""
    cases = case_of(standing)
    binding = measures_of([one.id for one in standing if _business(one)], on=on, book=book)
    return {
        one.id: way_out(
            replace(cases[one.id], under_check=False),
            catalogue.item(book, one.item),
            on,
            book,
            measures=[
                Bound(view.rule.code, view.rule.label, view.rule.label_en, view.rule.until)
                for view in binding.get(one.id, ())
            ],
        )
        for one in standing
    }


def _business(one: RecordState) -> bool:
    return one.subject_kind != "natural_person"
