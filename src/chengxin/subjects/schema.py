"""Triggers that note whose names, numbers or merges have changed, and keep names in step."""

from typing import Final

import pgtrigger

TRAITS_FOLLOW: Final = """
UPDATE subjects_subjectname SET traits = concat_ws(' ', 'k:' || NEW.kind,
  'd:' || nullif(NEW.division, ''), 's:' || nullif(left(NEW.industry, 1), ''))
WHERE subject_id = NEW.id;
RETURN NULL;
"""
"""What `rules.indexing.traits` says of a subject whose kind, division or industry changes."""

_NOTED = """
INSERT INTO subjects_change (token, subjects)
SELECT gen_random_uuid(), array_agg(DISTINCT one) FROM ({changed}) AS these HAVING count(*) > 0;
RETURN NULL;
"""
_ALL = "INSERT INTO subjects_change (token) VALUES (gen_random_uuid()); RETURN NULL;"


def changes_noted(*columns: str) -> list[pgtrigger.Trigger]:
    """Note in `Change` every statement on a table whose `columns` name subjects."""
    added, gone = (
        " UNION ALL ".join(f"SELECT {column} AS one FROM {rows}" for column in columns)  # noqa: S608
        for rows in ("added", "gone")
    )
    return [
        _after("insert", pgtrigger.Insert, _rows(new="added"), added),
        _after(
            "update",
            pgtrigger.Update,
            _rows(old="gone", new="added"),
            f"{added} UNION ALL {gone}",
        ),
        _after("delete", pgtrigger.Delete, _rows(old="gone"), gone),
        pgtrigger.Trigger(
            name="note_truncate",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Truncate,
            func=_ALL,
        ),
    ]


def _after(
    name: str,
    operation: pgtrigger.Operation,
    referencing: pgtrigger.Referencing,
    changed: str,
) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=f"note_{name}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=referencing,
        func=_NOTED.format(changed=changed),
    )


def _rows(**called: str) -> pgtrigger.Referencing:
    return pgtrigger.Referencing(**called)  # type: ignore[no-untyped-call]
