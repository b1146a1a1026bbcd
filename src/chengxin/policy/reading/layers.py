"""The layers laid upon each other: what is defined once, what is narrowed above."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chengxin.policy.errors import RulebookFault
from chengxin.policy.reading import narrowing
from chengxin.policy.reading.document import Document, LinePath
from chengxin.policy.reading.faults import fault
from chengxin.policy.reading.items import ItemLayers
from chengxin.policy.reading.layout import LawFile
from chengxin.policy.reading.timeline import narrow_values

KIND_NAMES: Mapping[str, tuple[str, str]] = {
    "law": ("依据文件", "law"),
    "parameter": ("政策参数", "parameter"),
    "codelist": ("代码集", "code list"),
    "item": ("目录事项", "catalogue item"),
    "block": ("数据项组", "block"),
    "calendar": ("工作日历", "calendar year"),
    "unit": ("单位", "unit"),
    "role": ("角色", "role"),
    "site": ("网站标识", "site"),
    "prohibition": ("禁止内容", "prohibition"),
    "gate": ("准入规则", "gate"),
    "model": ("评价模型", "model of evaluation"),
    "list": ("名单", "list"),
    "measure": ("措施", "measure"),
    "function": ("职能", "function"),
    "limits": ("名单和措施的界限", "limits"),
}


@dataclass
class Entry:
    """One named thing of the rulebook, and where it was written."""

    data: dict[str, Any]
    document: Document
    path: LinePath = ()

    @property
    def file(self) -> str:
        """Name of the file."""
        return self.document.file

    def line(self, *path: str | int) -> int:
        """Line of a value inside the entry."""
        return self.document.line(*self.path, *path)


@dataclass
class Merged:
    """All entries by kind and name, after the layers; and every fault on the way."""

    faults: list[RulebookFault] = field(default_factory=list)
    entries: dict[str, dict[str, Entry]] = field(default_factory=dict)
    items: ItemLayers = field(default_factory=ItemLayers)
    scenarios: list[Document] = field(default_factory=list)
    notices: list[RulebookFault] = field(default_factory=list)

    def of(self, kind: str) -> dict[str, Entry]:
        """The entries of a kind, by name."""
        return self.entries.setdefault(kind, {})

    def fault(self, cause: str, entry: Entry, *path: str | int, **facts: Any) -> None:
        """Note a fault at a value of an entry."""
        self.faults.append(fault(cause, entry.file, entry.line(*path), **facts))

    def notice(self, cause: str, entry: Entry, *path: str | int, **facts: Any) -> None:
        """Note what ends by itself, at a value of an entry."""
        self.notices.append(fault(cause, entry.file, entry.line(*path), **facts))

    def define(self, kind: str, name: str, entry: Entry) -> None:
        """Add a thing no layer below has."""
        zh, en = KIND_NAMES[kind]
        table = self.of(kind)
        if name in table:
            other = table[name].file
            self.fault("DUPLICATE", entry, kind=zh, kind_en=en, name=name, other=other)
        else:
            table[name] = entry

    def below(self, kind: str, name: str, entry: Entry) -> Entry | None:
        """What an entry narrows, or None with a fault."""
        found = self.of(kind).get(name)
        if found is None:
            zh, en = KIND_NAMES[kind]
            self.fault("NOTHING-TO-NARROW", entry, "narrows", kind=zh, kind_en=en, name=name)
        return found

    def reporter(self, entry: Entry) -> narrowing.Report:
        """A `report` for `narrowing` that notes loosenings at their line."""

        def report(path: tuple[str | int, ...], what: str, below: Any, above: Any) -> None:
            self.fault("LOOSENS", entry, *path, what=what, below=below, above=above)

        return report


def merge(files: list[LawFile]) -> Merged:
    """Lay the files, lowest layer first, upon each other."""
    merged = Merged()
    for file in files:
        _PLACE[file.kind](merged, Entry(file.document.data, file.document))
    return merged


def _law(merged: Merged, entry: Entry) -> None:
    merged.define("law", entry.data["id"], entry)


def _parameter(merged: Merged, entry: Entry) -> None:
    name = entry.data.get("narrows")
    if name is None:
        merged.define("parameter", entry.data["name"], entry)
        return
    below = merged.below("parameter", name, entry)
    if below is not None:
        values = narrow_values(below.data, entry.data["values"], merged.reporter(entry))
        below.data = {**below.data, "values": values}


def _codelist(merged: Merged, entry: Entry) -> None:
    name = entry.data.get("narrows")
    if name is None:
        merged.define("codelist", entry.data["codelist"], entry)
        return
    below = merged.below("codelist", name, entry)
    if below is None:
        return
    aliases: Mapping[str, list[str]] = entry.data.get("add_aliases", {})
    added: list[dict[str, Any]] = entry.data.get("add", [])
    if added and not below.data.get("extensible"):
        merged.reporter(entry)(("add",), name, "—", [one["code"] for one in added])
    known = {one["code"] for one in below.data["entries"]}
    for code in (*aliases, *entry.data.get("remove", ())):
        if code not in known:
            merged.fault("UNKNOWN-CODE", entry, code=code, name=name)
    below.data = {
        **below.data,
        "entries": [
            {**one, "aliases": [*one.get("aliases", ()), *aliases.get(one["code"], ())]}
            for one in below.data["entries"]
            if one["code"] not in entry.data.get("remove", ())
        ]
        + added,
    }


def _item(merged: Merged, entry: Entry) -> None:
    name = entry.data.get("narrows")
    if name is not None:
        if merged.below("item", name, entry) is not None:
            merged.items.narrow(name, entry.data, entry.document, merged.reporter(entry))
        return
    merged.define("item", entry.data["code"], entry)
    before, after = (_blocks(merged, entry, key) for key in ("blocks", "closing"))
    merged.items.define(entry.data, entry.document, before, after)


def _blocks(merged: Merged, entry: Entry, key: str) -> list[Document]:
    """The blocks an item names before or after its own fields."""
    blocks = merged.of("block")
    zh, en = KIND_NAMES["block"]
    for index, name in enumerate(entry.data.get(key, ())):
        if name not in blocks:
            merged.fault("NOTHING-TO-NARROW", entry, key, index, kind=zh, kind_en=en, name=name)
    return [blocks[name].document for name in entry.data.get(key, ()) if name in blocks]


def _block(merged: Merged, entry: Entry) -> None:
    merged.define("block", entry.data["block"], entry)


def _calendar(merged: Merged, entry: Entry) -> None:
    merged.define("calendar", str(entry.data["year"]), entry)


def _units(merged: Merged, entry: Entry) -> None:
    shared: dict[str, Any] = {
        key: entry.data[key] for key in ("kind", "status") if key in entry.data
    }
    for index, unit in enumerate(entry.data["units"]):
        merged.define(
            "unit", unit["code"], Entry({**shared, **unit}, entry.document, ("units", index))
        )


def _roles(merged: Merged, entry: Entry) -> None:
    for index, role in enumerate(entry.data["roles"]):
        one = Entry(role, entry.document, ("roles", index))
        if "narrows" not in role:
            merged.define("role", role["code"], one)
            continue
        below = merged.below("role", role["narrows"], one)
        if below is not None:
            left = narrowing.narrow_powers(
                below.data["powers"], role["powers"], merged.reporter(one)
            )
            below.data = {**below.data, "powers": left}


def _site(merged: Merged, entry: Entry) -> None:
    merged.define("site", "site", entry)


def _prohibited(merged: Merged, entry: Entry) -> None:
    for index, one in enumerate(entry.data["prohibitions"]):
        merged.define(
            "prohibition", one["code"], Entry(one, entry.document, ("prohibitions", index))
        )


def _gate(merged: Merged, entry: Entry) -> None:
    merged.define("gate", "gate", entry)


def _list(merged: Merged, entry: Entry) -> None:
    merged.define("list", entry.data["code"], entry)


def _measure(merged: Merged, entry: Entry) -> None:
    merged.define("measure", entry.data["code"], entry)


def _functions(merged: Merged, entry: Entry) -> None:
    for index, one in enumerate(entry.data["functions"]):
        merged.define("function", one["code"], Entry(one, entry.document, ("functions", index)))


def _limits(merged: Merged, entry: Entry) -> None:
    merged.define("limits", "limits", entry)


def _model(merged: Merged, entry: Entry) -> None:
    merged.define("model", entry.data["code"], entry)


def _scenario(merged: Merged, entry: Entry) -> None:
    merged.scenarios.append(entry.document)


_PLACE = {
    "law": _law,
    "parameter": _parameter,
    "codelist": _codelist,
    "item": _item,
    "block": _block,
    "calendar": _calendar,
    "units": _units,
    "roles": _roles,
    "site": _site,
    "prohibited": _prohibited,
    "gate": _gate,
    "list": _list,
    "measure": _measure,
    "functions": _functions,
    "limits": _limits,
    "model": _model,
    "scenario": _scenario,
}
