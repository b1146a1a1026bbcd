"""Items nobody has 拟设目录事项: proposed, to see whether the gate refuses them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chengxin.law.values import Law
from chengxin.policy.values.rulebook import Article


@dataclass(frozen=True)
class Proposal:
    """One proposed item, as a city might write it.

    `data` is what the file says; `laws` are the laws it cites that the rulebook does not hold.
    `held_out`: written after the gate was finished, to see what it catches unseen.
    """

    code: str
    data: Mapping[str, Any]
    laws: Mapping[str, Law]
    articles: Mapping[str, Mapping[str, Article]]
    file: str
    line: int
    title: str
    held_out: bool = False
