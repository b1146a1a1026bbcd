"""Catalogue items put together: their blocks, their own fields, and narrowings above.

The catalogue compiles them; here they are only assembled, each value with its line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chengxin.policy.reading.document import Document, LinePath
from chengxin.policy.reading.narrowing import Report, narrow_field, narrow_item
from chengxin.policy.values import RawItem

Lines = dict[tuple[str, ...], tuple[str, int]]


@dataclass
class ItemLayers:
    """Items as they stand so far, while the layers are laid upon each other."""

    items: dict[str, RawItem] = field(default_factory=dict)

    def define(
        self,
        data: Mapping[str, Any],
        document: Document,
        blocks: Sequence[Document],
        closing: Sequence[Document] = (),
    ) -> None:
        """Add an item: the fields of its blocks, its own, and those of its closing blocks."""
        lines: Lines = {(): (document.file, 1)}
        for key in data:
            lines[key,] = (document.file, document.line(key))
        prefix: str = data.get("prefix", "")
        fields: list[dict[str, Any]] = []
        for source in (*blocks, document, *closing):
            for index, one in enumerate(source.data["fields"]):
                fields.append(_with_prefix(one, prefix))
                _note_lines(lines, source, index, one["name"])
        merged = {
            key: value for key, value in data.items() if key not in {"prefix", "blocks", "closing"}
        }
        code: str = data["code"]
        self.items[code] = RawItem(code, {**merged, "fields": fields}, document.file, 1, lines)

    def narrow(
        self, code: str, above: Mapping[str, Any], document: Document, report: Report
    ) -> None:
        """Apply an upper layer's narrowing; fields it names that are new are added."""
        item = self.items[code]
        lines: Lines = dict(item.lines)
        merged = narrow_item(item.data, above, report)
        fields = {one["name"]: one for one in item.data["fields"]}
        for index, one in enumerate(above.get("fields", ())):
            name: str = one["name"]

            def at_field(
                path: LinePath,
                what: str,
                below: Any,
                value: Any,
                index: int = index,
                name: str = name,
            ) -> None:
                report(("fields", index, *path), f"{name} {what}", below, value)

            known = name in fields
            fields[name] = narrow_field(fields[name], one, at_field) if known else dict(one)
            _note_lines(lines, document, index, name)
        merged["fields"] = list(fields.values())
        self.items[code] = RawItem(code, merged, item.file, item.line, lines)


def _note_lines(lines: Lines, document: Document, index: int, name: str) -> None:
    here = ("fields", index)
    lines["fields", name] = (document.file, document.line(*here))
    for key in document.data["fields"][index]:
        lines["fields", name, key] = (document.file, document.line(*here, key))


def _with_prefix(one: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    field_data = dict(one)
    if "code" in one:
        field_data["code"] = one["code"].replace("{prefix}", prefix)
    if "synonyms" in one:
        field_data["synonyms"] = [text.replace("{prefix}", prefix) for text in one["synonyms"]]
    return field_data
