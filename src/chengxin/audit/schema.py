"""Triggers that make a table append-only, for every room that keeps such a table."""

import pgtrigger

_NO_TRUNCATE = (
    "RAISE EXCEPTION 'append-only table %: TRUNCATE is refused', TG_TABLE_NAME; RETURN NULL;"
)


def append_only() -> list[pgtrigger.Trigger]:
    """Refuse UPDATE, DELETE and TRUNCATE, for the table's owner too."""
    return [
        pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        no_truncate(),
    ]


def no_truncate() -> pgtrigger.Trigger:
    """Refuse TRUNCATE, for the table's owner too."""
    return pgtrigger.Trigger(
        name="no_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func=_NO_TRUNCATE,
    )
