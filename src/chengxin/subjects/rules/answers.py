"""The answer about a whole batch, as DuckDB SQL over the tables of `linking`."""

from collections.abc import Collection
from typing import Final

from chengxin.subjects.rules.files import quoted
from chengxin.subjects.rules.linking import INNER, insides
from chengxin.subjects.values import RULE_VERSION, SHOWN, WEIGHTS, Directory

_LINKED: Final = "rule IN ('code-and-name', 'org-code-and-name')"


def piece(field: str) -> str:
    """A piece of evidence as compact JSON."""
    return f'{{"field":"{field}","weight":{WEIGHTS[field]}}}'


def answer(present: Collection[str], directory: Directory) -> str:
    """The answer in the order of the lines: what `Judgement.as_json` says, and whom it means."""
    if present:
        linked = f"""
            SELECT line, 'linked' AS decision, rule,
                coalesce(entered.subject, named.subject) AS subject,
                coalesce(entered.subject_kind, kind) AS subject_kind,
                CAST([] AS UUID[]) AS candidates,
                {_json("'linked'", _met_pieces(present), "''")} AS evidence
            FROM named LEFT JOIN entered USING (line) WHERE {_LINKED} UNION ALL BY NAME
        """  # noqa: S608
        asked = f"""
            SELECT line, 'ask' AS decision, rule, {_met_pieces(present)} AS pieces,
                CASE WHEN rule = 'codes-disagree' THEN {_all_met(present)} ELSE [low] END AS ns
            FROM named WHERE NOT {_LINKED} UNION ALL BY NAME
        """  # noqa: S608
    else:
        linked = asked = ""
    listed = "'\"' || array_to_string(CAST(candidates AS VARCHAR[]), '\",\"') || '\"'"
    return f"""
        WITH asked AS ({asked}
            SELECT line, CASE WHEN rule = 'new-code' AND second.line IS NULL THEN 'new'
                    ELSE 'ask' END AS decision,
                CASE WHEN second.line IS NULL THEN rule ELSE 'name-differs' END AS rule,
                {_left_pieces()} AS pieces, ns
            FROM doubtful LEFT JOIN second USING (line)
        ), offered AS (
            SELECT line, list(s.subject ORDER BY place) AS candidates
            FROM (SELECT line, unnest(ns) AS n, generate_subscripts(ns, 1) AS place FROM asked)
            JOIN {quoted(directory.subjects)} AS s USING (n) GROUP BY line
        )
        SELECT line, decision, rule, subject, subject_kind, candidates, evidence FROM ({linked}
            SELECT line, decision, rule, CAST(NULL AS UUID) AS subject,
                CAST(NULL AS VARCHAR) AS subject_kind,
                coalesce(candidates, CAST([] AS UUID[])) AS candidates,
                {_json("decision", "pieces", f"coalesce({listed}, '')")} AS evidence
            FROM asked LEFT JOIN offered USING (line)
        ) ORDER BY line
    """  # noqa: S608


def _json(decision: str, pieces: str, candidates: str) -> str:
    version = f'","version":"{RULE_VERSION}","decision":"'
    return (
        f"""'{{"rule":"' || rule || '{version}' || {decision} || '","evidence":[' || {pieces} """
        f"""|| '],"candidates":[' || {candidates} || ']}}'"""
    )


def _met_pieces(present: Collection[str]) -> str:
    pieces = []
    for kind in present:
        owned = f"WHEN n_{kind} IS NOT NULL THEN '{piece(kind)},'"
        if kind in INNER:
            owned += f" WHEN low_{kind} IS NOT NULL THEN '{piece(f'inner_{kind}')},'"
        pieces.append(f"CASE {owned} ELSE '' END")
    names = ("name", "former_name", "name_form", "name_differs")
    said = " ".join(f"WHEN '{field}' THEN '{piece(field)}'" for field in names)
    whole = " || ".join(pieces)
    return (
        f"(CASE WHEN rule = 'codes-disagree' THEN rtrim({whole}, ',') "
        f"ELSE {whole} || CASE said {said} END END)"
    )


def _left_pieces() -> str:
    near = piece("near_code")
    return f"""CASE WHEN second.line IS NOT NULL THEN '{piece("name_in_batch")}'
        WHEN rule = 'near-code' AND borne THEN '{near},{piece("same_name")}'
        WHEN rule = 'near-code' THEN '{near}'
        WHEN rule = 'name-only' THEN '{piece("same_name")}'
        WHEN rule = 'new-code' THEN '{piece("new_code")}' ELSE '{piece("no_code")}' END"""


def _all_met(present: Collection[str]) -> str:
    owners = ", ".join(f"n_{kind}" for kind in present)
    inside = "".join(f", coalesce(i_{kind}, [])" for kind in insides(present))
    return (
        f"list_sort(list_distinct(list_filter(list_concat([{owners}]{inside}), "
        f"lambda n: n IS NOT NULL)))[1:{SHOWN}]"
    )
