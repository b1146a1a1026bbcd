"""When two descriptions name the same subject 同一主体认定. Pure; evidence in, judgement out."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from chengxin.kernel.text import normalise_name
from chengxin.subjects.values import Decision, Evidence, Judgement, Known, Party

SHOWN = 6  # candidates put before a person


def judge(
    party: Party,
    by_code: Mapping[str, Known],
    by_name: Sequence[Known] = (),
) -> Judgement:
    """Decide whether a party is a known subject, a new one, or a question for a person.

    `by_code` maps each of the party's identifier kinds that is known to its subject; `by_name`
    are organisations that bear or bore the same normalised name. Linking is automatic only on
    an identifier whose subject bears the name; a name alone never links (for a person it is not
    even looked at).
    """
    evidence = [_same_code(kind, party) for kind in by_code]
    found = {known.id: known for known in by_code.values()}
    if len(found) > 1:
        return _ask("codes-disagree", evidence, found)
    if found:
        if "uscc" in party.codes and "uscc" not in by_code:
            # An old number fits, but the code beside it belongs to nobody known: a slip, or
            # another body. Offered, never applied.
            return _ask("codes-disagree", evidence, found)
        known = next(iter(found.values()))
        return _with_name(party, known, evidence)
    return _unknown_code(party, by_name)


def _with_name(party: Party, known: Known, evidence: list[Evidence]) -> Judgement:
    if normalise_name(party.name) in known.names:
        fits = Evidence(
            "name", 1.0, ("姓名一致" if party.personal else "名称一致", "the name fits")
        )
        return Judgement(Decision.LINKED, "code-and-name", (*evidence, fits), known.id)
    differs = Evidence(
        "name",
        -1.0,
        ("名称与该代码已知的名称不一致", "the name differs from those known for this code"),
    )
    return _ask("name-differs", [*evidence, differs], {known.id: known})


def _unknown_code(party: Party, by_name: Sequence[Known]) -> Judgement:
    sure = "id_number" if party.personal else "uscc"
    certain = sure in party.codes and sure not in party.held
    if certain and party.sole_trader:
        # Sole traders share names freely (many are just 个体工商户); their code alone tells.
        return _new(sure)
    if by_name and not party.personal:
        same = Evidence(
            "name",
            0.5,
            ("名称相同，但代码不同或缺失", "the same name, but another code or none"),
        )
        return _ask("name-only", [same], {known.id: known for known in by_name})
    if certain:
        return _new(sure)
    silent = Evidence("codes", 0.0, ("没有可据以认定的有效代码", "no valid code to go by"))
    return _ask("no-identifier", [silent], {})


def _new(kind: str) -> Judgement:
    fresh = Evidence(kind, 1.0, ("代码有效且尚未登记", "a valid code, not seen before"))
    return Judgement(Decision.NEW, "new-code", (fresh,))


def _same_code(kind: str, party: Party) -> Evidence:
    if party.personal:
        return Evidence(kind, 1.0, ("证件号码相同", "the same ID number"))
    code = party.codes[kind]
    return Evidence(kind, 1.0, (f"代码相同：{code}", f"the same code: {code}"))


def _ask(rule: str, evidence: Sequence[Evidence], found: Mapping[UUID, Known]) -> Judgement:
    return Judgement(Decision.ASK, rule, tuple(evidence), None, tuple(found)[:SHOWN])
