"""Which columns of a list hold names and numbers of organisations: by header and content."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from chengxin.kernel.ids import IdKind, Verdict, check
from chengxin.kernel.text import normalise_name, normalise_text

HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": (
        "name",
        "企业名称",
        "名称",
        "主体名称",
        "单位名称",
        "机构名称",
        "法人名称",
        "纳税人名称",
        "行政相对人名称",
        "当事人名称",
    ),
    "uscc": (
        "uscc",
        "统一社会信用代码",
        "社会信用代码",
        "信用代码",
        "证照号码_原样",
        "证照号码",
        "代码",
        "纳税人识别号",
        "注册号",
    ),
    "registration": ("old_registration_number", "原注册号", "工商注册号"),
    "org_code": ("old_org_code", "组织机构代码"),
    "tax": ("old_tax_number", "税务登记号"),
    "former_names": ("former_names", "曾用名"),
}
"""Header → field, as lists of organisations name them; the first found of each field counts."""

NEEDED: Final = ("name", "uscc")
LIKELY: Final = 0.5
"""Share of the values that must look like what the header says."""

_GLUED: Final = re.compile(r"\s*[\t;|]\s*")
_PERSONS: Final = frozenset({IdKind.ID_NUMBER, IdKind.RESIDENCE_PERMIT, IdKind.FOREIGNER_ID})
_CHINESE: Final = re.compile(r"[一-鿿]")
_SHORTEST: Final = 4
# What names of bodies end in, brackets and their content aside.
_BODY: Final = re.compile(
    r"(公司|厂|店|社|中心|部|院|行|所|站|场|处|局|会|校|园|馆|队|户|铺|城|坊|吧|超市|矿|司|库|工作室)$"
)
_BRACKETS: Final = re.compile(r"\([^()]*\)")


@dataclass(frozen=True)
class Columns:
    """A proposal: field → number of the column; `doubts` say which headers the content denies."""

    places: Mapping[str, int]
    glued: bool
    doubts: tuple[str, ...]

    @property
    def certain(self) -> bool:
        """Whether header and content agree and nothing needed is missing."""
        return not self.glued and not self.doubts and all(field in self.places for field in NEEDED)


def propose_columns(headers: Sequence[str], samples: Sequence[Sequence[str]]) -> Columns:
    """The columns of the fields; `samples` are some values of each column.

    Where the values deny a header, or there is none, the column whose values suit best is
    proposed: never taken without asking.
    """
    glued = any(len([piece for piece in _GLUED.split(text) if piece]) > 1 for text in headers)
    named = {} if glued else _by_header(headers)
    likeness = {
        "name": [_share(column, looks_like_body) for column in samples],
        "uscc": [_share(column, looks_like_code) for column in samples],
    }
    places, doubts = dict(named), []
    for field, shares in likeness.items():
        place = named.get(field)
        if place is not None and (shares[place] >= LIKELY or not any(samples[place])):
            continue
        if place is not None:
            doubts.append(field)
            del places[field]
        best = max(range(len(headers)), key=lambda at: (shares[at], -at), default=None)
        if best is not None and shares[best] >= LIKELY:
            places[field] = best
            if place is None:
                doubts.append(field)
    # One column holds one thing: what content gave away is no longer the other's by its header.
    taken = {places[field] for field in NEEDED if field in places}
    others = {f: at for f, at in places.items() if f not in NEEDED and at not in taken}
    kept: dict[str, int] = {field: places[field] for field in NEEDED if field in places}
    return Columns(kept | others, glued, tuple(doubts))


def _by_header(headers: Sequence[str]) -> dict[str, int]:
    texts = [normalise_text(text) for text in headers]
    found = {}
    for field, known in HEADERS.items():
        place = next((texts.index(header) for header in known if header in texts), None)
        if place is not None:
            found[field] = place
    return found


def _share(values: Sequence[str], like: object) -> float:
    filled = [value for value in values if value]
    if not filled or not callable(like):
        return 0.0
    return sum(bool(like(value)) for value in filled) / len(filled)


def looks_like_code(text: str) -> bool:
    """Whether a text is a number of an organisation or of a person, right or nearly so."""
    found = check(text)
    return found.kind is not IdKind.PASSPORT and found.verdict is not Verdict.INVALID


def looks_like_body(text: str) -> bool:
    """Whether a text reads like the name of an organisation or a business."""
    name = _BRACKETS.sub("", normalise_name(text))
    return len(_CHINESE.findall(name)) >= _SHORTEST and _BODY.search(name) is not None


def is_personal(kind: IdKind) -> bool:
    """Whether a number of that kind is a person's."""
    return kind in _PERSONS
