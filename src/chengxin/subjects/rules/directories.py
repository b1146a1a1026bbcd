"""The files of a directory, as DuckDB SQL over what is known of subjects.

Tables: `known` (id, kind, sealed), `called` (id, name, current), `coded` (id, kind, code), names
normalised. See `values.Directory` for what comes out.
"""

from collections.abc import Mapping

from chengxin.subjects.rules.inner import org_code_holds_sql
from chengxin.subjects.rules.names import name_key_sql


def numbered() -> str:
    """Subjects counted in the order of their ids."""
    return "SELECT CAST(row_number() OVER (ORDER BY id) AS INTEGER) AS n, * FROM known"


def tables() -> Mapping[str, str]:
    """Tables on the way: names and codes of the numbered subjects."""
    return {
        "named": f"""
            SELECT n, name, {name_key_sql("name")} AS key, bool_or(current) AS current
            FROM called JOIN numbered USING (id) GROUP BY ALL
        """,  # noqa: S608
        "owned": "SELECT coded.kind, code, n FROM coded JOIN numbered USING (id)",
    }


def files() -> Mapping[str, str]:
    """File of a `Directory` → its content."""
    inside = "CASE kind WHEN 'uscc' THEN substr(code, 9, 9) WHEN 'org_code' THEN code END"
    return {
        "subjects": """
            SELECT n, numbered.id AS subject, kind, name, sealed
            FROM numbered LEFT JOIN (FROM named WHERE current) USING (n) ORDER BY n
        """,
        "names": "SELECT n, name, key FROM named",
        "codes": "FROM owned",
        "inner": f"""
            SELECT inside AS code, min(n) AS low, max(n) AS high, list(DISTINCT n) AS ns
            FROM (SELECT {inside} AS inside, n FROM owned)
            WHERE {org_code_holds_sql("inside")} GROUP BY inside
        """,  # noqa: S608
    }
