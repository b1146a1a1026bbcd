"""What a name is found by besides its characters: how it is said, and what its subject is."""

from typing import NamedTuple

from chengxin.subjects.rules.pinyin import initials, spoken


class Found(NamedTuple):
    """The derived columns of a name, in the order of `models.SubjectName`."""

    pinyin: str
    initials: str
    traits: str


def found_by(normalised: str, *, kind: str, division: str, industry: str) -> Found:
    """The derived columns of a normalised name whose subject is of that kind, place and trade."""
    return Found(
        spoken(normalised),
        initials(normalised),
        traits(kind=kind, division=division, section=industry[:1]),
    )


def traits(*, kind: str = "", division: str = "", section: str = "") -> str:
    """Kind, division 行政区划 and section of industry 行业门类 as lexemes; what is empty is not."""
    given = (("k", kind), ("d", division), ("s", section))
    return " ".join(f"{letter}:{value}" for letter, value in given if value)
