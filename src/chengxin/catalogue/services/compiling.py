"""From an item of the catalogue to a program of the engine."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Final

from chengxin.catalogue.services.checks import Compiling, rules_of
from chengxin.catalogue.services.minors import minor_rules
from chengxin.catalogue.services.plain import plains_of
from chengxin.catalogue.services.steps import stages_of
from chengxin.catalogue.services.texts import column
from chengxin.catalogue.values import Item, SubjectKind
from chengxin.engine.values import Program, Rule
from chengxin.kernel.canonical import canonical_json, sha256_hex
from chengxin.policy.values.rulebook import Rulebook

KEPT: Final = 64
_compiled: OrderedDict[tuple[str, str], Program] = OrderedDict()


def compile_item(item: Item, book: Rulebook) -> Program:
    """The program of `item`: how each field is normalised, and every rule its rows must pass.

    Compiled once per edition of the rulebook.
    """
    key = (book.edition, item.code)
    if key not in _compiled:
        _compiled[key] = _compile(item, book)
        while len(_compiled) > KEPT:
            _compiled.popitem(last=False)
    return _compiled[key]


def _compile(item: Item, book: Rulebook) -> Program:
    known = Compiling(item, book, basis=str(item.basis[0]) if item.basis else "")
    rules = tuple(rule for field in item.fields for rule in rules_of(field, known))
    rules += tuple(minor_rules(known))
    stages = stages_of(item.fields, book)
    return Program(
        item=item.code,
        fields=tuple(field.name for field in item.fields),
        stages=stages,
        rules=rules,
        labels={field.name: (field.label, field.label_en) for field in item.fields},
        personal=frozenset(field.name for field in item.fields if field.personal),
        personal_if=_personal_if(item),
        natural_key=item.natural_key,
        basis=known.basis,
        digest=_digest(item.natural_key, stages, rules),
        plain=plains_of(item.fields, book),
    )


def _personal_if(item: Item) -> Mapping[str, str]:
    """A party's name is a person's when the party is one 自然人."""
    if {"subject_name", "subject_kind"} <= {field.name for field in item.fields}:
        return {"subject_name": f"{column('subject_kind')} = '{SubjectKind.NATURAL_PERSON}'"}
    return {}


def _digest(
    natural_key: Sequence[str], stages: Sequence[Mapping[str, str]], rules: Sequence[Rule]
) -> str:
    """Name the exact text: whatever changes a verdict or a message changes the digest."""
    body = {
        "natural_key": list(natural_key),
        "stages": [dict(stage) for stage in stages],
        "rules": [
            [r.code, r.field, r.sql, r.proposal_sql or "", r.severity, r.message_zh, r.basis]
            for r in rules
        ],
    }
    return sha256_hex(canonical_json(body))
