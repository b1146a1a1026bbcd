"""Questions about subjects. None of them finds a natural person by name.

Each is loaded when it is first asked for: those about files need no Django.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chengxin.subjects.queries.families import (
        family,
        mains,
        members,
        merge,
        merges,
        merges_of,
    )
    from chengxin.subjects.queries.finding import (
        by_code,
        by_id,
        by_public_id,
        called,
        entries,
        full_codes,
        identified,
        in_business,
        kinds_of,
        known_since,
        names_of,
        organisations,
        public_codes,
    )
    from chengxin.subjects.queries.keeping import directory
    from chengxin.subjects.queries.persons import person_with, represented_by
    from chengxin.subjects.queries.recognising import PERSONAL_KINDS, lookup_key, recognise
    from chengxin.subjects.queries.searching import COUNT_CAP, Within, count, find, hits, search

_HOMES = {
    "directory": "keeping",
    "COUNT_CAP": "searching",
    "Within": "searching",
    "by_code": "finding",
    "by_id": "finding",
    "by_public_id": "finding",
    "called": "finding",
    "count": "searching",
    "find": "searching",
    "hits": "searching",
    "entries": "finding",
    "full_codes": "finding",
    "identified": "finding",
    "in_business": "finding",
    "kinds_of": "finding",
    "known_since": "finding",
    "names_of": "finding",
    "organisations": "finding",
    "public_codes": "finding",
    "search": "searching",
    "family": "families",
    "mains": "families",
    "members": "families",
    "merge": "families",
    "merges": "families",
    "merges_of": "families",
    "person_with": "persons",
    "represented_by": "persons",
    "PERSONAL_KINDS": "recognising",
    "lookup_key": "recognising",
    "recognise": "recognising",
}

__all__ = [
    "COUNT_CAP",
    "PERSONAL_KINDS",
    "Within",
    "by_code",
    "by_id",
    "by_public_id",
    "called",
    "count",
    "directory",
    "entries",
    "family",
    "find",
    "full_codes",
    "hits",
    "identified",
    "in_business",
    "kinds_of",
    "known_since",
    "lookup_key",
    "mains",
    "members",
    "merge",
    "merges",
    "merges_of",
    "names_of",
    "organisations",
    "person_with",
    "public_codes",
    "recognise",
    "represented_by",
    "search",
]


def __getattr__(name: str) -> Any:
    """Load the question asked for, once."""
    if name not in _HOMES:
        raise AttributeError(name)
    question = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = question
    return question
