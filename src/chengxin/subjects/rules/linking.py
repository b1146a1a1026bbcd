"""The judgement about a whole batch, as DuckDB SQL: what `judging` says of one party, in sets.

Tables: `given`, a view (parties as handed in, names normalised where plain), and `oddly` (the
other names), `met` (the subjects its codes lead to), `unlike` and `fitting` (names that are not
the current one), `named` (a rule where codes lead to somebody), `left_over` and `doubtful` (where
they lead nowhere), `second` (a second name in the batch). Statements are texts made from the same
tables of values as the Python rule; `present` names the kinds of number that any party has, and
whatever only the others would need is left out.
"""

from collections.abc import Collection
from typing import Final

from chengxin.subjects.rules.directories import INNER_KIND
from chengxin.subjects.rules.files import quoted
from chengxin.subjects.rules.inner import inner_sql
from chengxin.subjects.rules.names import name_key_sql, normalised_sql
from chengxin.subjects.values import KINDS, PERSON_KIND, SHOWN, Directory

INNER: Final = ("uscc", "org_code", "tax")
"""Numbers an organisation code can stand in."""


def column_of(kind: str) -> str:
    """Where a party's number of that kind stands."""
    return "id_lookup" if kind == PERSON_KIND else kind


def given(parties: str, columns: Collection[str]) -> str:
    """Parties with every column there may be, and codes where they count.

    `plain` is the normalised name, NULL where only Python can normalise it.
    """
    texts = [
        f"CASE WHEN NOT coalesce(personal, false) THEN {kind} END AS {kind}"
        if kind in columns
        else f"CAST(NULL AS VARCHAR) AS {kind}"
        for kind in (*KINDS, "misread")
    ]
    held = [
        f"coalesce({kind}_held, false) AS {kind}_held"
        if f"{kind}_held" in columns
        else f"false AS {kind}_held"
        for kind in KINDS
    ]
    person = "CASE WHEN personal THEN id_lookup END" if "id_lookup" in columns else "NULL"
    trader = "coalesce(sole_trader, false)" if "sole_trader" in columns else "false"
    return f"""
        SELECT line, coalesce(personal, false) AS personal, {trader} AS sole_trader,
            {", ".join((*texts, *held))}, CAST({person} AS VARCHAR) AS id_lookup, name,
            CASE WHEN name IS NULL THEN '' ELSE {normalised_sql("name")} END AS plain
        FROM {parties}
    """  # noqa: S608  every name is ours


def met(present: Collection[str], *, odd: bool, directory: Directory) -> str:
    """What each party's codes lead to: `n_<kind>` the owner, `i_<kind>` by the code inside.

    `low` and `high` are the same where they lead to one subject, NULL where they lead nowhere;
    `subject` is that one, `same` says that it is called so. Other texts are kept only for those
    who are looked at again.
    """
    source = "(SELECT * EXCLUDE (plain) REPLACE (plain AS name) FROM given)"
    if odd:
        source = """(SELECT given.* EXCLUDE (plain)
            REPLACE (coalesce(plain, oddly.normalised) AS name)
            FROM given LEFT JOIN oddly ON oddly.name = given.name AND given.plain IS NULL)"""
    for kind in present:
        source = _owner(source, kind, directory)
    for kind in insides(present):
        source = _inside(source, kind, directory)
    ends = [f"n_{kind}" for kind in present]
    inner = insides(present)
    low = ", ".join((*ends, *(f"low_{kind}" for kind in inner), "NULL::INTEGER"))
    high = ", ".join((*ends, *(f"high_{kind}" for kind in inner), "NULL::INTEGER"))
    kept = "".join(f", m.n_{kind}" for kind in present)
    kept += "".join(f", m.low_{kind}, m.i_{kind}" for kind in inner)
    unknown = "CASE WHEN m.n_uscc IS NULL THEN m.uscc END" if "uscc" in present else "m.uscc"
    return f"""
        SELECT m.line, m.personal, m.low, m.high, s.subject, s.kind, s.name = m.name AS same,
            CASE WHEN s.name = m.name THEN NULL ELSE m.name END AS name, m.uscc_held,
            {unknown} AS uscc, CASE WHEN m.low IS NULL THEN m.sole_trader END AS sole_trader,
            CASE WHEN m.low IS NULL THEN m.misread END AS misread,
            CASE WHEN m.low IS NULL THEN m.id_lookup END AS id_lookup{kept}
        FROM (SELECT *, least({low}) AS low, greatest({high}) AS high FROM {source}) AS m
        LEFT JOIN (SELECT n, subject, kind, name FROM {quoted(directory.subjects)}) AS s
            ON s.n = m.low
    """  # noqa: S608


def insides(present: Collection[str]) -> list[str]:
    """The kinds present that an organisation code can stand in."""
    return [kind for kind in INNER if kind in present]


def _owner(source: str, kind: str, directory: Directory) -> str:
    owned = f"(SELECT code, n FROM {quoted(directory.codes)} WHERE kind = '{kind}')"  # noqa: S608
    if kind != "tax":
        return f"""(SELECT p.*, o.n AS n_{kind} FROM {source} AS p
            LEFT JOIN {owned} AS o ON o.code = p.{column_of(kind)})"""  # noqa: S608
    # Since 2015 the tax number is the credit code.
    usccs = f"(SELECT code, n FROM {quoted(directory.codes)} WHERE kind = 'uscc')"  # noqa: S608
    return f"""(SELECT p.*, coalesce(o.n, u.n) AS n_{kind} FROM {source} AS p
        LEFT JOIN {owned} AS o ON o.code = p.tax
        LEFT JOIN {usccs} AS u ON u.code = p.tax)"""  # noqa: S608


def _inside(source: str, kind: str, directory: Directory) -> str:
    found = f"i.low AS low_{kind}, i.high AS high_{kind}, i.ns AS i_{kind}"
    return f"""(SELECT p.* EXCLUDE (sought), {found}
        FROM (SELECT *, CASE WHEN n_{kind} IS NULL THEN {inner_sql(kind)} END AS sought
            FROM {source}) AS p
        LEFT JOIN {quoted(directory.inner)} AS i ON i.code = p.sought)"""  # noqa: S608


def persons_met(directory: Directory) -> str:
    """Names of persons as written, beside the sealed ones their numbers lead to."""
    return f"""
        SELECT DISTINCT met.name, met.low AS n, subject.sealed
        FROM met JOIN {quoted(directory.subjects)} AS subject ON subject.n = met.low
        WHERE met.personal
    """  # noqa: S608


def unlike() -> str:
    """Parties whose codes lead to one organisation that is not called so now."""
    return f"""
        SELECT line, low AS n, name, {name_key_sql("name")} AS key
        FROM met WHERE low = high AND NOT personal AND same IS NOT TRUE
    """  # noqa: S608


def fitting(directory: Directory) -> str:
    """Which of the unlike bear a former name, or a name of another writing."""
    return f"""
        SELECT line, CASE WHEN bool_or(names.name = unlike.name) THEN 'former_name'
            WHEN any_value(unlike.key) <> '' THEN 'name_form' END AS fit
        FROM unlike JOIN {quoted(directory.names)} AS names USING (n, key) GROUP BY line
    """  # noqa: S608


def named(present: Collection[str]) -> str:
    """Where codes lead to somebody: whether the name fits (`said`) and the rule that holds.

    `person_fits` holds the pairs (name, n) of persons whose sealed name is the same.
    """
    kept = "".join(f", m.n_{kind}" for kind in present)
    kept += "".join(f", m.low_{kind}, m.i_{kind}" for kind in insides(present))
    direct = ", ".join(f"m.n_{kind}" for kind in present)
    lost = held = "false"
    if "uscc" in present:
        stranger = "m.uscc IS NOT NULL"
        lost, held = f"({stranger} AND m.low_uscc IS NULL)", f"({stranger} AND m.uscc_held)"
    return f"""
        SELECT m.line, m.low, m.subject, m.kind, CASE WHEN m.personal
                THEN CASE WHEN p.n IS NULL THEN 'name_differs' ELSE 'name' END
                WHEN m.same THEN 'name'
                ELSE coalesce(f.fit, 'name_differs') END AS said,
            CASE WHEN m.low <> m.high OR {lost} THEN 'codes-disagree'
                WHEN {held} THEN 'near-code'
                WHEN said = 'name_differs' THEN 'name-differs'
                WHEN coalesce({direct}) IS NOT NULL THEN 'code-and-name'
                ELSE 'org-code-and-name' END AS rule{kept}
        FROM met AS m LEFT JOIN fitting AS f ON f.line = m.line
        LEFT JOIN person_fits AS p ON p.n = m.low AND p.name = m.name AND m.personal
        WHERE m.low IS NOT NULL
    """  # noqa: S608


def entered(present: Collection[str], directory: Directory) -> str:
    """Of linked lines whose number is that of an entry merged into another: that entry.

    The first number counts, in the order evidence is told; then those inside others.
    """
    via = [
        f"WHEN n_{kind} IS NOT NULL THEN '{kind}:' || given.{kind}"
        for kind in present
        if kind != PERSON_KIND
    ]
    via += [
        f"WHEN low_{kind} IS NOT NULL THEN '{INNER_KIND}:' || {inner_sql(kind)}"
        for kind in insides(present)
    ]
    return f"""
        SELECT line, e.subject, e.subject_kind
        FROM (SELECT named.line, CASE {" ".join(via) or "WHEN false THEN ''"} END AS via
            FROM named JOIN given ON given.line = named.line) AS l
        JOIN {quoted(directory.entries)} AS e ON l.via = e.kind || ':' || e.code
    """  # noqa: S608


def left_over() -> str:
    """Parties whose codes lead nowhere, with their comparable name."""
    return f"""
        SELECT *, CASE WHEN NOT personal AND NOT (sole_trader AND certain IS NOT NULL)
                THEN nullif({name_key_sql("name")}, '') END AS key,
            CASE WHEN personal OR certain IS NOT NULL THEN NULL
                ELSE coalesce(uscc, misread) END AS wrong
        FROM (SELECT line, personal, sole_trader, uscc, misread, name,
                CASE WHEN personal THEN id_lookup WHEN NOT uscc_held THEN uscc END AS certain
            FROM met WHERE low IS NULL)
    """  # noqa: S608


def homonyms(directory: Directory) -> str:
    """Key → the first few subjects that bear such a name."""
    return f"""
        SELECT key, min(n, {SHOWN}) AS ns
        FROM (SELECT DISTINCT key, n FROM {quoted(directory.names)}
            WHERE key IN (SELECT key FROM left_over WHERE key IS NOT NULL))
        GROUP BY key
    """  # noqa: S608


def neighbours(directory: Directory) -> str:
    """Note in `neighbours` wrong codes and subjects one slip away; `slips` holds (wrong, code)."""
    return f"""
        INSERT INTO neighbours SELECT DISTINCT slips.wrong, owned.n FROM slips
        JOIN {quoted(directory.codes)} AS owned ON owned.code = slips.code AND owned.kind = 'uscc'
    """  # noqa: S608


def doubtful(directory: Directory) -> str:
    """Parties whose codes lead nowhere, judged: `ns` in the order they are offered."""
    return f"""
        WITH close AS (
            SELECT DISTINCT l.line, x.n, b.n IS NOT NULL AS bears
            FROM left_over AS l JOIN neighbours AS x ON x.wrong = l.wrong
            LEFT JOIN {quoted(directory.names)} AS b ON b.n = x.n AND b.key = l.key
        ), near AS (
            SELECT line, bool_or(bears) AS borne, list_concat(
                coalesce(min(n, {SHOWN}) FILTER (bears), []),
                coalesce(min(n, {SHOWN}) FILTER (NOT bears), [])) AS ns
            FROM close GROUP BY line
        )
        SELECT l.line, l.certain, l.personal, l.name,
            CASE WHEN near.ns IS NOT NULL THEN 'near-code' WHEN h.ns IS NOT NULL THEN 'name-only'
                WHEN l.certain IS NOT NULL THEN 'new-code' ELSE 'no-identifier' END AS rule,
            coalesce(near.borne, false) AS borne,
            CASE WHEN near.ns IS NULL THEN coalesce(h.ns, []) ELSE list_concat(near.ns, list_filter(
                coalesce(h.ns, []), lambda n: NOT list_contains(near.ns, n)
            )) END[1:{SHOWN}] AS ns
        FROM left_over AS l LEFT JOIN near USING (line) LEFT JOIN homonyms AS h USING (key)
    """  # noqa: S608


def second_names() -> str:
    """Lines whose new code bears another name on an earlier line of the batch."""
    return f"""
        SELECT line FROM (
            SELECT line, personal, name, key, first_value(key) OVER batch AS first_key,
                first_value(name) OVER batch AS first_name
            FROM (SELECT *, {name_key_sql("name")} AS key FROM doubtful WHERE rule = 'new-code')
            WINDOW batch AS (PARTITION BY personal, certain ORDER BY line)
        ) WHERE name <> first_name AND (personal OR key <> first_key)
    """  # noqa: S608
