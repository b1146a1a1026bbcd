"""The judgement about a whole batch, as DuckDB SQL: what `judging` says of one party, in sets.

Tables: `parties` as handed in, `party` (its names normalised), then `met` (the subjects its codes
lead to), `named` (whether the name fits), `left_over` (no code leads anywhere), `judged`.
Statements are texts made from the same tables of values as the Python rule.
"""

from collections.abc import Collection
from typing import Final

from chengxin.subjects.rules.inner import inner_sql
from chengxin.subjects.rules.names import is_plain_sql, name_key_sql, plain_name_sql
from chengxin.subjects.values import KINDS, PERSON_KIND, RULE_VERSION, SHOWN, WEIGHTS, Directory

# An organisation code stands inside these; nothing stands inside a registration number.
_INNER: Final = ("uscc", "org_code", "tax")
CERTAIN: Final = "CASE WHEN personal THEN id_lookup WHEN NOT uscc_held THEN uscc END"


def odd_names(parties: str) -> str:
    """The distinct names that only Python can normalise."""
    return f"SELECT DISTINCT name FROM {parties} WHERE NOT {is_plain_sql('name')}"  # noqa: S608


def party(parties: str, columns: Collection[str]) -> str:
    """Parties with every column there may be, codes where they count, names normalised.

    `oddly` holds the names that are not plain: name, normalised.
    """
    texts = [
        f"CASE WHEN NOT personal THEN {kind} END AS {kind}"
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
        SELECT line, personal, {trader} AS sole_trader, {", ".join((*texts, *held))},
            CAST({person} AS VARCHAR) AS id_lookup,
            coalesce(oddly.normalised, {plain_name_sql("name")}, '') AS name
        FROM (SELECT * REPLACE (coalesce(personal, false) AS personal) FROM {parties})
        LEFT JOIN oddly USING (name)
    """  # noqa: S608  every name is ours


def met(present: Collection[str], directory: Directory) -> str:
    """What each party's codes lead to: `n_<kind>` the owner, `i_<kind>` by the code inside.

    `present` names the kinds that any party has: a join less for each that is missing.
    """
    kinds = (*KINDS, PERSON_KIND)
    source = "party"
    last = [f"CAST(NULL AS INTEGER) AS n_{kind}" for kind in kinds if kind not in present]
    for kind in (kind for kind in kinds if kind in present):
        column = "id_lookup" if kind == PERSON_KIND else kind
        source = _owner(source, kind, column, directory)
    for kind in _INNER:
        if kind in present:
            source = _inside(source, kind, directory)
        else:
            last.append(
                f"CAST(NULL AS INTEGER) AS low_{kind}, CAST(NULL AS INTEGER) AS high_{kind}, "
                f"CAST(NULL AS INTEGER[]) AS i_{kind}"
            )
    owners = ", ".join(f"n_{kind}" for kind in (*KINDS, PERSON_KIND))
    lows, highs = (", ".join(f"{end}_{kind}" for kind in _INNER) for end in ("low", "high"))
    missing = "".join(f", {text}" for text in last)
    return f"""
        SELECT *, least({owners}, {lows}) AS low, greatest({owners}, {highs}) AS high
        FROM (SELECT *{missing} FROM {source})
    """  # noqa: S608


def _owner(source: str, kind: str, column: str, directory: Directory) -> str:
    owned = f"(SELECT code, n FROM '{directory.codes}' WHERE kind = '{kind}')"  # noqa: S608
    if kind != "tax":
        return f"""(SELECT p.*, o.n AS n_{kind} FROM {source} AS p
            LEFT JOIN {owned} AS o ON o.code = p.{column})"""  # noqa: S608
    # Since 2015 the tax number is the credit code.
    usccs = f"(SELECT code, n FROM '{directory.codes}' WHERE kind = 'uscc')"  # noqa: S608
    return f"""(SELECT p.*, coalesce(o.n, u.n) AS n_{kind} FROM {source} AS p
        LEFT JOIN {owned} AS o ON o.code = p.tax
        LEFT JOIN {usccs} AS u ON u.code = p.tax)"""  # noqa: S608


def _inside(source: str, kind: str, directory: Directory) -> str:
    found = f"i.low AS low_{kind}, i.high AS high_{kind}, i.ns AS i_{kind}"
    return f"""(SELECT p.* EXCLUDE (sought), {found}
        FROM (SELECT *, CASE WHEN n_{kind} IS NULL THEN {inner_sql(kind)} END AS sought
            FROM {source}) AS p
        LEFT JOIN '{directory.inner}' AS i ON i.code = p.sought)"""  # noqa: S608


def persons_met(directory: Directory) -> str:
    """Names of persons as written, beside the sealed ones their numbers lead to."""
    return f"""
        SELECT DISTINCT met.name, met.low AS n, subject.sealed
        FROM met JOIN '{directory.subjects}' AS subject ON subject.n = met.low
        WHERE met.personal AND met.low IS NOT NULL
    """  # noqa: S608


def named(directory: Directory) -> str:
    """Where codes lead to somebody: whether the name fits (`said`) and the rule that holds.

    `person_fits` holds the pairs (name, n) of persons whose sealed name is the same.
    """
    key = name_key_sql("m.name")
    direct = ", ".join(f"n_{kind}" for kind in (*KINDS, PERSON_KIND))
    stranger = "uscc IS NOT NULL AND n_uscc IS NULL"
    return f"""
        SELECT *, CASE
            WHEN low <> high OR ({stranger} AND low_uscc IS NULL) THEN 'codes-disagree'
            WHEN {stranger} AND uscc_held THEN 'near-code'
            WHEN said = 'name_differs' THEN 'name-differs'
            WHEN coalesce({direct}) IS NOT NULL THEN 'code-and-name'
            ELSE 'org-code-and-name' END AS rule
        FROM (SELECT m.*, s.subject, CASE
                WHEN m.personal THEN CASE WHEN f.n IS NULL THEN 'name_differs' ELSE 'name' END
                WHEN s.name = m.name THEN 'name'
                WHEN list_contains(s.others, m.name) THEN 'former_name'
                WHEN {key} <> '' AND list_contains(s.keys, {key}) THEN 'name_form'
                ELSE 'name_differs' END AS said
            FROM (SELECT * FROM met WHERE low IS NOT NULL) AS m
            JOIN '{directory.subjects}' AS s ON s.n = m.low
            LEFT JOIN person_fits AS f ON f.n = m.low AND f.name = m.name)
    """  # noqa: S608


def left_over() -> str:
    """Parties whose codes lead nowhere, with their comparable name."""
    return f"""
        SELECT line, personal, sole_trader, uscc, uscc_held, misread, id_lookup, name,
            {CERTAIN} AS certain,
            CASE WHEN NOT personal AND NOT (sole_trader AND uscc IS NOT NULL AND NOT uscc_held)
                THEN nullif({name_key_sql("name")}, '') END AS key,
            CASE WHEN personal THEN NULL WHEN uscc IS NULL THEN misread
                WHEN uscc_held THEN uscc END AS wrong
        FROM met WHERE low IS NULL
    """  # noqa: S608


def homonyms(directory: Directory) -> str:
    """Key → the first few subjects that bear such a name."""
    return f"""
        SELECT key, min(n, {SHOWN}) AS ns FROM '{directory.names}'
        WHERE key IN (SELECT DISTINCT key FROM left_over WHERE key IS NOT NULL) GROUP BY key
    """  # noqa: S608


def neighbours(directory: Directory) -> str:
    """Note in `neighbours` wrong codes and subjects one slip away; `slips` holds (wrong, code)."""
    return f"""
        INSERT INTO neighbours SELECT DISTINCT slips.wrong, owned.n FROM slips
        JOIN '{directory.codes}' AS owned ON owned.code = slips.code AND owned.kind = 'uscc'
    """  # noqa: S608


def doubtful(directory: Directory) -> str:
    """Parties whose codes lead nowhere, judged: `ns` in the order they are offered."""
    return f"""
        WITH near AS (
            SELECT l.line, min(x.n, {SHOWN}) FILTER (list_contains(s.keys, l.key)) AS bearing,
                min(x.n, {SHOWN}) FILTER (list_contains(s.keys, l.key) IS NOT TRUE) AS others
            FROM left_over AS l JOIN neighbours AS x ON x.wrong = l.wrong
            JOIN '{directory.subjects}' AS s ON s.n = x.n
            GROUP BY l.line
        )
        SELECT l.line, l.certain, l.name,
            CASE WHEN near.line IS NOT NULL THEN 'near-code' WHEN h.ns IS NOT NULL THEN 'name-only'
                WHEN l.certain IS NOT NULL THEN 'new-code' ELSE 'no-identifier' END AS rule,
            near.bearing IS NOT NULL AS borne,
            CASE WHEN near.line IS NULL THEN coalesce(h.ns, []) ELSE list_concat(
                coalesce(near.bearing, []), coalesce(near.others, []), list_filter(
                    coalesce(h.ns, []),
                    lambda n: NOT list_contains(coalesce(near.bearing, []), n)
                        AND NOT list_contains(coalesce(near.others, []), n)
            )) END[1:{SHOWN}] AS ns
        FROM left_over AS l LEFT JOIN near USING (line) LEFT JOIN homonyms AS h USING (key)
    """  # noqa: S608


def second_names() -> str:
    """Lines whose new code bears another name on an earlier line of the batch."""
    key = name_key_sql("name")
    return f"""
        SELECT line FROM (
            SELECT line, {key} AS key, personal, name,
                first_value({key}) OVER batch AS first_key,
                first_value(name) OVER batch AS first_name
            FROM (SELECT d.line, d.name, l.personal, d.certain
                FROM doubtful AS d JOIN left_over AS l USING (line) WHERE d.rule = 'new-code')
            WINDOW batch AS (PARTITION BY personal, certain ORDER BY line)
        ) WHERE name <> first_name AND (personal OR key <> first_key)
    """  # noqa: S608


def piece(field: str) -> str:
    """A piece of evidence as compact JSON."""
    return f'{{"field":"{field}","weight":{WEIGHTS[field]}}}'


def answer(directory: Directory) -> str:
    """The answer in the order of the lines: what `Judgement.as_json` says, and whom it means."""
    version = f'","version":"{RULE_VERSION}","decision":"'
    return f"""
        WITH judged AS (
            SELECT line, CASE WHEN rule IN ('code-and-name', 'org-code-and-name') THEN 'linked'
                    ELSE 'ask' END AS decision, rule,
                {_code_pieces()} AS pieces,
                CASE WHEN rule IN ('code-and-name', 'org-code-and-name') THEN subject END
                    AS subject,
                CASE WHEN rule = 'codes-disagree' THEN {_all_met()}
                    WHEN rule IN ('near-code', 'name-differs') THEN [low] ELSE [] END AS ns
            FROM named
            UNION ALL BY NAME
            SELECT line, CASE WHEN rule = 'new-code' AND second.line IS NULL THEN 'new'
                    ELSE 'ask' END AS decision,
                CASE WHEN second.line IS NULL THEN rule ELSE 'name-differs' END AS rule,
                CASE WHEN second.line IS NOT NULL THEN '{piece("name_in_batch")}'
                    WHEN rule = 'near-code' AND borne
                        THEN '{piece("near_code")},{piece("same_name")}'
                    WHEN rule = 'near-code' THEN '{piece("near_code")}'
                    WHEN rule = 'name-only' THEN '{piece("same_name")}'
                    WHEN rule = 'new-code' THEN '{piece("new_code")}'
                    ELSE '{piece("no_code")}' END AS pieces,
                CAST(NULL AS UUID) AS subject, ns
            FROM doubtful LEFT JOIN second USING (line)
        ), offered AS (
            SELECT line, list(s.subject ORDER BY place) AS candidates
            FROM (SELECT line, unnest(ns) AS n, generate_subscripts(ns, 1) AS place
                FROM judged WHERE len(ns) > 0)
            JOIN '{directory.subjects}' AS s USING (n) GROUP BY line
        )
        SELECT line, decision, rule, subject,
            coalesce(candidates, CAST([] AS UUID[])) AS candidates,
            '{{"rule":"' || rule || '{version}' || decision || '","evidence":[' || pieces
                || '],"candidates":['
                || CASE WHEN candidates IS NULL THEN '' ELSE
                    '"' || array_to_string(CAST(candidates AS VARCHAR[]), '","') || '"' END
                || ']}}' AS evidence
        FROM judged LEFT JOIN offered USING (line) ORDER BY line
    """  # noqa: S608


def _code_pieces() -> str:
    pieces = [
        f"CASE WHEN n_{kind} IS NOT NULL THEN '{piece(kind)},'"
        + (
            f" WHEN low_{kind} IS NOT NULL THEN '{piece(f'inner_{kind}')},'"
            if kind in _INNER
            else ""
        )
        + " ELSE '' END"
        for kind in (*KINDS, PERSON_KIND)
    ]
    said = " ".join(
        f"WHEN '{field}' THEN '{piece(field)}'"
        for field in ("name", "former_name", "name_form", "name_differs")
    )
    whole = " || ".join(pieces)
    return (
        f"CASE WHEN rule = 'codes-disagree' THEN rtrim({whole}, ',') "
        f"ELSE {whole} || CASE said {said} END END"
    )


def _all_met() -> str:
    owners = ", ".join(f"n_{kind}" for kind in (*KINDS, PERSON_KIND))
    inside = ", ".join(f"coalesce(i_{kind}, [])" for kind in _INNER)
    return (
        f"list_sort(list_distinct(list_filter(list_concat([{owners}], {inside}), "
        f"lambda n: n IS NOT NULL)))[1:{SHOWN}]"
    )
