"""The register laid out as tables of DuckDB, by sets: what a model reads, under any edition.

The same organisations, records and days as `gathering` finds one by one; here the database folds
the records, and publication's question is a statement. For what goes over the whole register.
"""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from chengxin.catalogue.queries import items as catalogue_items
from chengxin.evaluation.rules.statements import COLUMNS
from chengxin.notices.queries import copy_delivered
from chengxin.policy.rules import quoted
from chengxin.policy.rules.condition_sql import literal
from chengxin.policy.values import Rulebook
from chengxin.publication.rules.statements import Window, window_of
from chengxin.register.queries.standings import COLUMNS as LINE
from chengxin.register.queries.standings import copy_standings
from chengxin.subjects.queries.families import standing_mains
from chengxin.subjects.queries.listing import copy_listed

SERVED_ON: Final = "served_on"
KINDS: Final[Mapping[str, str]] = {
    "record": "UUID", "subject": "UUID", "adverse": "BOOLEAN", "under_check": "BOOLEAN",
    "decided_on": "DATE", "recorded_on": "DATE", "revoked_on": "DATE", "ended_on": "DATE",
}  # fmt: skip


def windows(codes: Iterable[str], book: Rulebook) -> dict[str, Window]:
    """The expressions of publication's question for some items under an edition."""
    known = catalogue_items(book)
    return {code: window_of(code, known.get(code), book) for code in codes}


def lay_out(
    base: Any, *, on: date, known: datetime, items: Sequence[str], fields: Iterable[str]
) -> None:
    """Fill the tables `businesses` and `records` of a DuckDB connection from the register.

    `businesses` has `rules.SUBJECT_COLUMNS`, each body once, no natural person. `records` has what
    `publication.rules.statements` reads, with a text column `f_<name>` for each field, and the
    organisation under which each shows.
    """
    names = sorted({*fields, SERVED_ON})
    with tempfile.TemporaryDirectory(prefix="chengxin-laid-") as folder:
        lines, told, listed = (Path(folder) / name for name in ("records", "told", "listed"))
        copy_listed(listed, known=known)
        copy_delivered(told)
        copy_standings(lines, on=on, known=known, items=items, fields=names)
        base.execute("CREATE TABLE moved (subject UUID, main UUID)")
        merged = [[str(one), str(main)] for one, main in standing_mains(known).items()]
        if merged:
            base.executemany("INSERT INTO moved VALUES (?, ?)", merged)
        base.execute(_businesses(listed))
        base.execute(_records(lines, told, names))


def facts_view(base: Any, name: str, *, kept: Sequence[str], source: str, suffix: str = "") -> None:
    """Make the view of facts a model's statement reads, under the windows of an edition.

    `source` is what `publication.rules.statements.dated_sql` makes, with its `suffix`; `kept` are
    the fields as columns of their own, without the prefix.
    """
    since, until = f"since{suffix}", f"until{suffix}"
    columns = "".join(f", {quoted(f'f_{one}')} AS {quoted(one)}" for one in kept)
    own = ", ".join(f"{one}::VARCHAR AS {one}" if one == "record" else one for one in COLUMNS[:-2])
    base.execute(
        f"CREATE VIEW {quoted(name)} AS SELECT {own}, {since} AS since,"  # noqa: S608
        f" {until} AS until{columns} FROM {source} WHERE {since} IS NOT NULL"
    )


def _businesses(listed: Path) -> str:
    columns = "{'subject': 'UUID', 'kind': 'VARCHAR', 'division': 'VARCHAR',"
    columns += " 'industry': 'VARCHAR', 'registered_on': 'VARCHAR'}"
    return (
        "CREATE TABLE businesses AS SELECT subject, kind, division, substr(industry, 1, 1) AS"  # noqa: S608
        " sector, coalesce(registered_on, '') AS registered_on FROM"
        f" {_csv(listed, columns)} ANTI JOIN moved USING (subject)"
    )


def _records(lines: Path, told: Path, names: Sequence[str]) -> str:
    kinds = {name: KINDS.get(name, "VARCHAR") for name in LINE}
    kinds |= dict.fromkeys((f"f_{name}" for name in names), "VARCHAR")
    columns = "{" + ", ".join(f"{literal(name)}: '{kind}'" for name, kind in kinds.items()) + "}"
    served = f"try_cast(nullif({quoted(f'f_{SERVED_ON}')}, '') AS DATE)"
    days = "{'about': 'UUID', 'to_subject': 'UUID', 'told_on': 'DATE'}"
    return (
        "CREATE TABLE records AS SELECT l.* EXCLUDE (subject, disclosure),"  # noqa: S608
        " coalesce(m.main, l.subject) AS subject, l.subject IS NOT NULL AS linked,"
        " l.disclosure = 'public' AS open,"
        f" least(t.told_on, {served}) AS told_on FROM {_csv(lines, columns)} l"
        f" LEFT JOIN {_csv(told, days)} t ON t.about = l.record AND t.to_subject = l.subject"
        " AND l.adverse LEFT JOIN moved m ON m.subject = l.subject"
    )


def _csv(file: Path, columns: str) -> str:
    return (
        f"read_csv({literal(str(file))}, columns = {columns}, header = false, delim = ',',"
        " quote = '\"', escape = '\"', nullstr = '', allow_quoted_nulls = false,"
        " auto_detect = false, max_line_size = 16777216)"
    )
