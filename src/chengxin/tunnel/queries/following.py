"""Lists and measures under both editions: entries that begin or end, measures newly proposed."""

from typing import Any

from chengxin.policy.values import BusinessKind, Rulebook
from chengxin.tunnel.queries.planning import LIST_CODE, Plan

BUSINESS = "CASE kind WHEN 'sole_trader' THEN 'sole_trader' ELSE 'organisation' END"


def consequences(base: Any, asked: Plan) -> dict[str, Any]:
    """What follows from records of lists; empty where no list is touched."""
    if not asked.lists:
        return {"lists": [], "measures": []}
    for when, book in (("before", asked.before), ("after", asked.after)):
        _lists(base, when, book, asked)
        _proposals(base, when, asked)
    return {"lists": _entries(base), "measures": _measures(base)}


def _lists(base: Any, when: str, book: Rulebook, asked: Plan) -> None:
    base.execute(
        f"CREATE TABLE lists_{when} (list VARCHAR, item VARCHAR, item_code VARCHAR,"
        " business VARCHAR, measure VARCHAR, effect VARCHAR)"
    )
    for code in asked.lists:
        one = book.consequences.lists.get(code)
        if one is None or not one.in_force(asked.on):
            continue
        for kind in BusinessKind:
            rules = [
                rule
                for rule in book.consequences.triggered_by(code)
                if rule.in_force(asked.on)
                and kind in rule.subject_kinds
                and kind in one.subject_kinds
            ]
            names: list[tuple[str | None, str | None]] = [
                (rule.code, rule.effect.value) for rule in rules
            ]
            names = names or [(None, None)]
            base.executemany(
                f"INSERT INTO lists_{when} VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608
                [[code, one.item, one.item_code, kind.value, *pair] for pair in names],
            )


def _proposals(base: Any, when: str, asked: Plan) -> None:
    on = f"DATE '{asked.on.isoformat()}'"
    base.execute(
        f"CREATE TABLE entries_{when} AS SELECT d.record, d.subject, l.list, l.measure, l.effect"  # noqa: S608
        f" FROM dated d JOIN lists_{when} l ON l.item = d.item AND l.business = {BUSINESS}"
        f" AND (l.item_code = '' OR l.item_code = coalesce(d.f_{LIST_CODE}, ''))"
        f" WHERE d.open AND d.since_{when} IS NOT NULL"
        f" AND (d.until_{when} IS NULL OR d.until_{when} > {on})"
    )


def _entries(base: Any) -> list[dict[str, Any]]:
    own = "(SELECT DISTINCT list, record FROM entries_{0})"
    rows = base.execute(
        "SELECT coalesce(a.list, b.list) AS list, count(b.record), count(a.record),"  # noqa: S608
        " count_if(b.record IS NULL), count_if(a.record IS NULL)"
        f" FROM {own.format('before')} b FULL JOIN {own.format('after')} a"
        " ON a.list = b.list AND a.record = b.record GROUP BY 1 ORDER BY 1"
    ).fetchall()
    names = ("code", "before", "after", "begins", "ends")
    return [dict(zip(names, row, strict=True)) for row in rows]


def _measures(base: Any) -> list[dict[str, Any]]:
    own = "(SELECT DISTINCT measure, effect, record FROM entries_{0} WHERE measure IS NOT NULL)"
    rows = base.execute(
        "SELECT coalesce(a.measure, b.measure), coalesce(a.effect, b.effect), count(b.record),"  # noqa: S608
        " count(a.record), count_if(b.record IS NULL), count_if(a.record IS NULL)"
        f" FROM {own.format('before')} b FULL JOIN {own.format('after')} a"
        " ON a.measure = b.measure AND a.record = b.record GROUP BY 1, 2 ORDER BY 1, 2"
    ).fetchall()
    names = ("code", "effect", "before", "after", "anew", "no_longer")
    return [dict(zip(names, row, strict=True)) for row in rows]


def proposed_anew(measures: list[dict[str, Any]], effect: str) -> int:
    """How many measures of a kind would be proposed that are not now."""
    return sum(one["anew"] for one in measures if one["effect"] == effect)


def named_in(base: Any, cap: int) -> list[tuple[str, str, str, str]]:
    """Model, organisation, grade before and after of those who move, the worse first; capped."""
    rows: list[tuple[str, str, str, str]] = base.execute(
        "SELECT model, subject::VARCHAR, coalesce(before, ''), coalesce(after, '') FROM moves"
        " WHERE direction IN ('worse', 'better') QUALIFY row_number() OVER (PARTITION BY model"
        " ORDER BY direction DESC, subject) <= ? ORDER BY model, direction DESC, subject",
        [cap],
    ).fetchall()
    return rows
