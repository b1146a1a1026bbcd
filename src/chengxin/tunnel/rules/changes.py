"""What differs between two editions, entry by entry, in the words of their files."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final

from chengxin.kernel.canonical import plain
from chengxin.law.values import Basis
from chengxin.policy.values import Rulebook

MOST: Final = 12
"""Differences of one entry that are spelled out; the rest is counted."""
KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "law": ("法规", "law"),
    "parameter": ("政策参数", "parameter"),
    "item": ("目录事项", "item"),
    "model": ("评价模型", "model"),
    "list": ("名单", "list"),
    "measure": ("措施", "measure"),
    "codelist": ("代码集", "code list"),
    "unit": ("单位", "unit"),
    "role": ("角色", "role"),
    "calendar": ("工作日历", "calendar"),
}
ASIDE: Final = frozenset({"lines", "file", "line", "data"})


def changes(before: Rulebook, after: Rulebook) -> list[dict[str, Any]]:
    """Every entry that was added, removed or changed, with the values that differ."""
    found = []
    for kind, (early, late) in _shelves(before, after).items():
        for code in sorted(set(early) | set(late)):
            one = _change(kind, code, early.get(code), late.get(code))
            if one is not None:
                found.append(one)
    return found


def _shelves(before: Rulebook, after: Rulebook) -> dict[str, tuple[Mapping[str, Any], ...]]:
    def of(book: Rulebook) -> dict[str, Mapping[str, Any]]:
        return {
            "law": book.laws,
            "parameter": book.parameters,
            "item": {code: {"code": code, **raw.data} for code, raw in book.raw_items.items()},
            "model": book.models,
            "list": book.consequences.lists,
            "measure": book.consequences.measures,
            "codelist": book.codelists,
            "unit": book.units,
            "role": book.roles,
            "calendar": {str(year): one for year, one in book.calendar.years.items()},
        }

    early, late = of(before), of(after)
    return {kind: (early[kind], late[kind]) for kind in KINDS}


def _change(kind: str, code: str, early: Any, late: Any) -> dict[str, Any] | None:
    old, new = dict(_leaves(_plain(early))), dict(_leaves(_plain(late)))
    differing = [path for path in {**old, **new} if old.get(path) != new.get(path)]
    if not differing:
        return None
    known = _plain(late if late is not None else early)
    word = "added" if early is None else "removed" if late is None else "changed"
    told = differing[:MOST] if word == "changed" else []
    return {
        "kind": kind,
        "kind_zh": KINDS[kind][0],
        "kind_en": KINDS[kind][1],
        "code": code,
        "label": str(known.get("label") or known.get("title") or known.get("name") or code),
        "label_en": str(known.get("label_en") or known.get("name_en") or code),
        "what": word,
        "differences": [
            {"path": path, "before": old.get(path, ""), "after": new.get(path, "")} for path in told
        ],
        "more": len(differing) - len(told) if word == "changed" else 0,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Basis):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((one.name, getattr(value, one.name)) for one in fields(value))
        return {name: _plain(one) for name, one in pairs if name not in ASIDE}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(_plain(one) for one in value)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return plain(value)


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Each value by its path; a member of a list by its own code, name or day, else by place."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _leaves(one, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for place, one in enumerate(value, 1):
            own = one if isinstance(one, dict) else {}
            name = own.get("code") or own.get("name") or own.get("since") or place
            yield from _leaves(one, f"{path}[{name}]")
    elif value not in (None, ""):
        yield path, str(value)
