"""The files of a directory, as DuckDB SQL over what is known of subjects.

Tables: `known` (id, kind, sealed), `called` (id, name, current), `coded` (id, kind, code), names
normalised; `merged` (id, main), who shows under whom: there names and numbers are the main one's.
See `values.Directory` for what comes out.
"""

from collections.abc import Mapping
from typing import Final

from chengxin.subjects.rules.inner import org_code_holds_sql
from chengxin.subjects.rules.names import name_key_sql

INNER_KIND: Final = "inner"
"""Under which kind the file `entries` has the organisation codes inside other numbers."""


def numbered(after: int = 0) -> str:
    """Subjects counted in the order of their ids, from the number behind `after` on."""
    return (
        f"SELECT CAST({after} + row_number() OVER (ORDER BY id) AS INTEGER) AS n, * "  # noqa: S608
        "FROM known WHERE id NOT IN (SELECT id FROM merged)"
    )


def tables() -> Mapping[str, str]:
    """Tables on the way: names and codes of the numbered subjects, and who had the codes."""
    main = "numbered.id = coalesce(merged.main, {0}.id)"
    return {
        "named": f"""
            SELECT n, name, {name_key_sql("name")} AS key,
                bool_or(current AND merged.id IS NULL) AS current
            FROM called LEFT JOIN merged ON merged.id = called.id
            JOIN numbered ON {main.format("called")} GROUP BY ALL
        """,  # noqa: S608
        "owned": f"""
            SELECT coded.kind, code, n, merged.id AS entry
            FROM coded LEFT JOIN merged ON merged.id = coded.id
            JOIN numbered ON {main.format("coded")}
        """,  # noqa: S608
        "inside": f"""
            SELECT inside AS code, n, entry FROM (SELECT {_INSIDE} AS inside, n, entry
                FROM owned)
            WHERE {org_code_holds_sql("inside")}
        """,  # noqa: S608
    }


def files() -> Mapping[str, str]:
    """File of a `Directory` → its content."""
    return {
        "subjects": """
            SELECT n, numbered.id AS subject, kind, name, sealed
            FROM numbered LEFT JOIN (FROM named WHERE current) USING (n) ORDER BY n
        """,
        "names": "SELECT n, name, key FROM named",
        "codes": "SELECT kind, code, n FROM owned",
        "inner": """
            SELECT code, min(n) AS low, max(n) AS high, list_sort(list(DISTINCT n)) AS ns
            FROM inside GROUP BY code
        """,
        "entries": f"""
            SELECT found.kind, code, found.entry AS subject, known.kind AS subject_kind FROM (
                SELECT kind, code, entry FROM owned WHERE entry IS NOT NULL UNION ALL
                SELECT 'tax', code, entry FROM owned WHERE entry IS NOT NULL AND kind = 'uscc'
                    AND code NOT IN (SELECT code FROM owned WHERE kind = 'tax') UNION ALL
                SELECT '{INNER_KIND}', code, min(entry) FROM inside
                GROUP BY code HAVING bool_and(entry IS NOT NULL)
            ) AS found JOIN known ON known.id = found.entry
        """,  # noqa: S608
    }


def joined(old: str, new: str) -> str:
    """Organisation codes of two files of them, as one."""
    return f"""
        SELECT code, min(low) AS low, max(high) AS high,
            list_sort(list_distinct(flatten(list(ns)))) AS ns
        FROM (SELECT code, low, high, ns FROM {old} UNION ALL BY NAME
            SELECT code, low, high, ns FROM {new}) GROUP BY code
    """  # noqa: S608


_INSIDE: Final = "CASE kind WHEN 'uscc' THEN substr(code, 9, 9) WHEN 'org_code' THEN code END"
