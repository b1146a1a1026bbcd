"""Two editions before the same register: what each says of it, and where they differ."""

from datetime import date, datetime
from typing import Any, Final

import duckdb

from chengxin.catalogue.queries import items as catalogue_items
from chengxin.evaluation.queries.laying import facts_view, lay_out
from chengxin.policy.rules.condition_sql import literal
from chengxin.policy.values import Effect
from chengxin.policy.values.models import Model
from chengxin.publication.rules.statements import dated_sql
from chengxin.tunnel.queries.following import consequences, named_in, proposed_anew
from chengxin.tunnel.queries.planning import Plan

THREADS: Final = 2
MEMORY: Final = "8GB"
NAMED: Final = 200
"""Organisations of a model that the officers' copy names at most."""
NOBODY: Final = (
    "SELECT NULL::UUID AS subject, NULL::VARCHAR AS grade, NULL::INTEGER AS points,"
    " NULL::BIGINT[] AS counts WHERE false"
)
DIMENSIONS: Final = ("kind", "division", "sector")
PARTS: Final = ("since", "until", "reason", "earliest_end", "confirmed")
EFFECTS: Final = ("stops", "starts", "shorter", "longer")


def compare(asked: Plan, *, known: datetime, base: Any = None) -> dict[str, Any]:
    """Ask the register under both editions; every number of a report comes from here.

    `base` is a DuckDB connection whose tables are laid out already: for measurements.
    """
    if base is not None:
        return _compared(base, asked)
    with duckdb.connect(config={"threads": THREADS, "memory_limit": MEMORY}) as own:
        lay_out(own, on=asked.on, known=known, items=asked.items, fields=asked.fields)
        return _compared(own, asked)


def _compared(base: Any, asked: Plan) -> dict[str, Any]:
    _date(base, asked)
    _move(base, asked)
    _effects(base, asked)
    follows = consequences(base, asked)
    anew = proposed_anew(follows["measures"], Effect.CONSTRAINT)
    return {
        "organisations": _one(base, "SELECT count(*) FROM businesses"),
        "records": _one(base, "SELECT count(*) FROM dated"),
        "groups": _groups(base),
        "models": [_model(base, asked, code) for code in asked.models],
        "items": _items(base),
        "places": _places(base),
        **follows,
        "harm": _harm(base, asked) | {"proposed_anew": anew},
        "named": named_in(base, NAMED),
    }


def _date(base: Any, asked: Plan) -> None:
    """Every record with its window under both editions; what is not touched is asked once."""
    early = dated_sql(asked.windows_before, "records", "_before")
    touched = ", ".join(map(literal, asked.touched)) or "''"
    base.execute(f"CREATE TABLE early AS {early}")
    base.execute("DROP TABLE records")
    changed = {code: asked.windows_after[code] for code in asked.touched}
    late = dated_sql(changed, f"(SELECT * FROM early WHERE item IN ({touched}))", "_after")  # noqa: S608
    same = ", ".join(f"{part}_before AS {part}_after" for part in PARTS)
    base.execute(
        f"CREATE TABLE dated AS {late} UNION ALL BY NAME"  # noqa: S608
        f" SELECT *, {same} FROM early WHERE item NOT IN ({touched})"
    )
    base.execute("DROP TABLE early")
    for suffix in ("_before", "_after"):
        facts_view(base, f"facts{suffix}", kept=asked.kept, source="dated", suffix=suffix)


def _move(base: Any, asked: Plan) -> None:
    """The grade of every organisation by every touched model, under both editions."""
    base.execute(
        "CREATE TABLE moves (model VARCHAR, subject UUID, before VARCHAR, after VARCHAR,"
        " points INTEGER, bare BOOLEAN, direction VARCHAR)"
    )
    for code in asked.models:
        early, late = (asked.statement(code, after=after) or NOBODY for after in (False, True))
        models = asked.before.models.get(code), asked.after.models.get(code)
        base.execute(
            f"INSERT INTO moves SELECT {literal(code)}, coalesce(a.subject, b.subject), b.grade,"  # noqa: S608
            " a.grade, a.points, coalesce(list_sum(a.counts), 0) + coalesce(list_sum(b.counts), 0)"
            f" = 0, {_direction(*models)} FROM ({early}) b FULL JOIN ({late}) a"
            " ON a.subject = b.subject"
        )


def _direction(before: Model | None, after: Model | None) -> str:
    """Better, worse or the same, by the later model's order of grades."""
    known = after or before
    ranks = {one.code: known.rank(one.code) for one in known.grades} if known else {}
    if before is not None:
        ranks = {one.code: before.rank(one.code) for one in before.grades} | ranks
    adverse = [one.code for one in (after.grades if after else ()) if one.adverse]
    bad = f"a.grade IN ({', '.join(map(literal, adverse))})" if adverse else "false"

    def rank(column: str) -> str:
        cases = " ".join(f"WHEN {literal(code)} THEN {place}" for code, place in ranks.items())
        return f"(CASE {column} {cases} END)" if cases else "0"

    return (
        "CASE WHEN a.grade IS NULL THEN 'ceased'"
        f" WHEN b.grade IS NULL THEN CASE WHEN {bad} THEN 'worse' ELSE 'began' END"
        f" WHEN {rank('a.grade')} > {rank('b.grade')} THEN 'worse'"
        f" WHEN {rank('a.grade')} < {rank('b.grade')} THEN 'better' ELSE 'same' END"
    )


def _effects(base: Any, asked: Plan) -> None:
    """What becomes of each record whose window differs, from the day asked about on."""
    touched = ", ".join(map(literal, asked.touched)) or "''"
    lives = {when: _lives(when, asked.on) for when in ("before", "after")}
    end = "coalesce(until_{0}, DATE '9999-12-31')"
    longer = f"{end.format('after')} > {end.format('before')} OR since_after < since_before"
    base.execute(
        "CREATE TABLE effects AS SELECT record, item, subject, kind, adverse, open,"  # noqa: S608
        f" confirmed_after AS confirmed, CASE WHEN {lives['before']} AND NOT {lives['after']} THEN"
        f" 'stops' WHEN {lives['after']} AND NOT {lives['before']} THEN 'starts' WHEN NOT"
        f" {lives['after']} THEN 'same' WHEN since_after = since_before AND until_after IS NOT"
        f" DISTINCT FROM until_before THEN 'same' WHEN {longer} THEN 'longer' ELSE 'shorter' END"
        " AS effect, until_after - until_before AS days,"
        f" {lives['after']} AND {lives['before']} AND earliest_end_after > earliest_end_before"
        f" AS exit_later FROM dated WHERE item IN ({touched})"
    )


def _lives(when: str, on: date) -> str:
    """Whether a record shows on the day or will: never NULL."""
    until = f"until_{when} IS NULL OR until_{when} > DATE '{on.isoformat()}'"
    return f"(since_{when} IS NOT NULL AND ({until}))"


def _groups(base: Any) -> dict[str, dict[str, int]]:
    """How many organisations there are of each kind, in each county and sector."""
    found: dict[str, dict[str, int]] = {}
    for name in DIMENSIONS:
        rows = base.execute(f"SELECT {name}, count(*) FROM businesses GROUP BY 1 ORDER BY 1")  # noqa: S608
        found[name] = {key or "": count for key, count in rows.fetchall()}
    return found


def _model(base: Any, asked: Plan, code: str) -> dict[str, Any]:
    rows = base.execute(
        "SELECT before, after, direction, count(*) FROM moves WHERE model = ?"
        " GROUP BY ALL ORDER BY ALL NULLS FIRST",
        [code],
    ).fetchall()
    moved = dict.fromkeys(("worse", "better", "began", "ceased", "same"), 0)
    for *_, direction, count in rows:
        moved[direction] += count
    points = "coalesce(points::VARCHAR, 'null')"
    line = f"'[\"' || subject::VARCHAR || '\",\"' || after || '\",' || {points}"
    digest = _one(
        base,
        f"SELECT sha256('[' || coalesce(string_agg({line} || ']', ','"  # noqa: S608
        f" ORDER BY subject::VARCHAR), '') || ']') FROM moves WHERE model = {literal(code)}"
        " AND after IS NOT NULL",
    )
    by = {
        name: [
            dict(zip(("key", "evaluated", "worse", "better"), row, strict=True))
            for row in base.execute(
                f"SELECT coalesce(b.{name}, ''), count(*), count_if(direction = 'worse'),"  # noqa: S608
                " count_if(direction = 'better') FROM moves JOIN businesses b USING (subject)"
                " WHERE model = ? GROUP BY 1 ORDER BY 1",
                [code],
            ).fetchall()
        ]
        for name in DIMENSIONS
    }
    return {
        "code": code,
        "in_force_before": asked.statement(code, after=False) is not None,
        "in_force_after": asked.statement(code, after=True) is not None,
        "moved": moved,
        "grades": [
            {"before": before, "after": after, "direction": direction, "count": count}
            for before, after, direction, count in rows
        ],
        "by": by,
        "digest": digest,
    }


def _items(base: Any) -> list[dict[str, Any]]:
    counts = ", ".join(f"count_if(effect = '{one}')" for one in EFFECTS)
    rows = base.execute(
        f"SELECT item, open, count(*), {counts}, count_if(exit_later),"  # noqa: S608
        " median(abs(days)) FILTER (WHERE effect IN ('shorter', 'longer'))"
        " FROM effects GROUP BY 1, 2 ORDER BY 1, 2 DESC"
    ).fetchall()
    names = ("item", "open", "held", *EFFECTS, "exit_later", "median_days")
    found = [dict(zip(names, row, strict=True)) for row in rows]
    for one in found:
        one["median_days"] = round(one["median_days"]) if one["median_days"] is not None else None
    return found


def _places(base: Any) -> list[dict[str, Any]]:
    counts = ", ".join(f"count_if(effect = '{one}')" for one in EFFECTS)
    rows = base.execute(
        f"SELECT coalesce(b.division, ''), {counts} FROM effects JOIN businesses b"  # noqa: S608
        " USING (subject) WHERE open AND effect <> 'same' GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return [dict(zip(("key", *EFFECTS), row, strict=True)) for row in rows]


def _harm(base: Any, asked: Plan) -> dict[str, Any]:
    """What the harm budget is weighed against: counts, and shares as two whole numbers."""
    worse = "(SELECT DISTINCT subject FROM moves WHERE direction = 'worse')"
    known = set(catalogue_items(asked.after))
    lost = [code for code in asked.touched if code not in known]
    anew = "open AND adverse AND effect = 'starts'"
    longer = (
        "open AND adverse AND effect IN ('starts', 'longer') AND NOT coalesce(confirmed, false)"
    )
    gone = f"open AND item IN ({', '.join(map(literal, lost)) or chr(39) * 2})"
    shares = {
        name: base.execute(
            f"SELECT coalesce(b.{name}, ''), count(w.subject), count(*) FROM businesses b"  # noqa: S608
            f" LEFT JOIN {worse} w USING (subject) GROUP BY 1 ORDER BY 1"
        ).fetchall()
        for name in ("division", "sector")
    }
    return {
        "worsened": _one(base, f"SELECT count(*) FROM {worse}"),  # noqa: S608
        "by_division": [list(row) for row in shares["division"]],
        "by_sector": [list(row) for row in shares["sector"]],
        "worsened_traders": _one(
            base,
            f"SELECT count(*) FROM {worse} JOIN businesses USING (subject)"  # noqa: S608
            " WHERE kind = 'sole_trader'",
        ),
        "worse_without_record": _one(
            base, "SELECT count(DISTINCT subject) FROM moves WHERE direction = 'worse' AND bare"
        ),
        "shown_anew": _one(base, f"SELECT count(*) FROM effects WHERE {anew}"),  # noqa: S608
        "longer_without_law": _one(base, f"SELECT count(*) FROM effects WHERE {longer}"),  # noqa: S608
        "items_lost": _one(base, f"SELECT count(*) FROM effects WHERE {gone}"),  # noqa: S608
    }


def _one(base: Any, query: str) -> Any:
    return base.execute(query).fetchone()[0]
