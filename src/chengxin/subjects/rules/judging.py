"""The judgement about one party. Pure; evidence in, judgement out."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from chengxin.kernel.text import normalise_name
from chengxin.subjects.rules.names import name_key
from chengxin.subjects.values import (
    KINDS,
    PERSON_KIND,
    SHOWN,
    Decision,
    Evidence,
    Judgement,
    Known,
    Party,
)


def judge(
    party: Party,
    by_code: Mapping[str, Known],
    by_name: Sequence[Known] = (),
    *,
    by_inner: Mapping[str, Sequence[Known]] | None = None,
    near: Sequence[Known] = (),
) -> Judgement:
    """Decide whether a party is a known subject, a new one, or a question for a person.

    `by_code` maps each of the party's identifier kinds that is known to its subject; `by_inner`
    maps the others to the subjects whose organisation code is the one inside (`inner_codes`);
    `near` are those whose credit code is one slip away from the party's wrong one (`near_codes`);
    `by_name` are organisations that bear or bore a name with the same `name_key`.

    Linking is automatic only on an identifier whose subject bears the name; a name alone never
    links (for a person it is not even looked at). `rules.linking` is the same in SQL, for whole
    batches; a property test holds the two together.
    """
    inner = {kind: known for kind, known in (by_inner or {}).items() if kind not in by_code}
    found = {known.id: known for known in by_code.values()}
    found |= {known.id: known for several in inner.values() for known in several}
    if not found:
        return _unknown_code(party, by_name, near)
    evidence = _of_codes(by_code, inner)
    known = next(iter(found.values()))
    stranger = "uscc" in party.codes and "uscc" not in by_code
    if len(found) > 1 or (stranger and not inner.get("uscc")):
        # Also where an old number fits, but the code beside it belongs to nobody known: a slip,
        # or another body. Offered, never applied.
        return _ask("codes-disagree", evidence, found.values())
    name = _name_evidence(party, known)
    evidence.append(name)
    if stranger and "uscc" in party.held:
        # The organisation code inside is right, the code around it is not.
        return _ask("near-code", evidence, [known])
    if name == "name_differs":
        return _ask("name-differs", evidence, [known])
    rule = "code-and-name" if by_code else "org-code-and-name"
    return Judgement(Decision.LINKED, rule, _pieces(evidence), known.id)


def _of_codes(by_code: Mapping[str, Known], inner: Mapping[str, Sequence[Known]]) -> list[str]:
    evidence = []
    for kind in (*KINDS, PERSON_KIND):
        if kind in by_code:
            evidence.append(kind)
        elif inner.get(kind):
            evidence.append(f"inner_{kind}")
    return evidence


def _name_evidence(party: Party, known: Known) -> str:
    name = normalise_name(party.name)
    if name in known.names:
        return "name" if name == known.names[0] else "former_name"
    return "name_form" if not party.personal and _bears(known, name_key(name)) else "name_differs"


def _bears(known: Known, key: str) -> bool:
    return bool(key) and any(name_key(name) == key for name in known.names)


def _unknown_code(party: Party, by_name: Sequence[Known], near: Sequence[Known]) -> Judgement:
    sure = PERSON_KIND if party.personal else "uscc"
    certain = sure in party.codes and sure not in party.held
    if party.personal or (certain and party.sole_trader):
        # Sole traders share names freely (many are just 个体工商户); their code alone tells.
        return _new() if certain else _ask("no-identifier", ["no_code"], [])
    if near:
        return _near(party, by_name, near)
    if by_name:
        return _ask("name-only", ["same_name"], by_name)
    return _new() if certain else _ask("no-identifier", ["no_code"], [])


def _near(party: Party, by_name: Sequence[Known], near: Sequence[Known]) -> Judgement:
    """Those one slip away, who bear the name first; then those who only bear the name."""
    key = name_key(normalise_name(party.name))
    bearing = _first(known for known in near if _bears(known, key))
    others = _first(known for known in near if not _bears(known, key))
    candidates = dict.fromkeys((*bearing, *others, *_first(by_name)))
    evidence = ["near_code", "same_name"] if bearing else ["near_code"]
    return Judgement(Decision.ASK, "near-code", _pieces(evidence), None, tuple(candidates)[:SHOWN])


def _first(several: Iterable[Known]) -> list[UUID]:
    return sorted({known.id for known in several})[:SHOWN]


def _new() -> Judgement:
    return Judgement(Decision.NEW, "new-code", _pieces(["new_code"]))


def _ask(rule: str, evidence: Sequence[str], found: Iterable[Known]) -> Judgement:
    return Judgement(Decision.ASK, rule, _pieces(evidence), None, tuple(_first(found)))


def _pieces(fields: Sequence[str]) -> tuple[Evidence, ...]:
    return tuple(Evidence(field) for field in fields)
