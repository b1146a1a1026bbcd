"""The gate 准入规则 of the catalogue: what is enough, and the law behind each refusal."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chengxin.law.values import Basis


@dataclass(frozen=True)
class Gate:
    """What an item needs before anything may be collected under it.

    `levels`: for a national item, a local one and a list, the ranks of law 效力级别 one of which
    its basis must have. `person_items`: the only items about natural persons 自然人.
    `personal_fields`: the only fields that may hold a person's data. `person_words` in
    another field of an organisation's item tell of persons all the same. `grounds`: refusal → the
    law that orders it.
    """

    levels: Mapping[str, frozenset[str]] = field(default_factory=dict)
    person_items: frozenset[str] = frozenset()
    personal_fields: frozenset[str] = frozenset()
    person_words: tuple[str, ...] = ()
    grounds: Mapping[str, Basis] = field(default_factory=dict)
