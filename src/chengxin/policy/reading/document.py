"""Strict YAML: one file to plain values, with the line of every one of them.

YAML guesses: `no` becomes false, `012` ten, `1e3` a float, a repeated key silently wins.
A law file may not be guessed at, so every such text is refused with its line and the cure.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from chengxin.policy.errors import RulebookFault
from chengxin.policy.reading.faults import fault

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # pragma: no cover - the pure reader is slower, nothing else
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

LinePath = tuple[str | int, ...]

INTEGER: Final = re.compile(r"0|-?[1-9][0-9]*")
GUESSED: Final = re.compile(
    r"""yes|no|on|off|y|n|true|false|null|~          # booleans and nothing, in any case
    |[-+]?0[0-9_]+|[-+]?0[xob][0-9a-f_]+             # octal, hexadecimal, binary
    |[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9]*)? # base sixty
    |[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*(?:e[-+]?[0-9]+)?|[-+]?[0-9][0-9_]*e[-+]?[0-9]+|[-+]?\.inf|\.nan
    |\+[0-9_]+|[0-9][0-9]*_[0-9_]*                   # signs and underscores in numbers
    |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[t\s].*           # moments
    |[0-9]{4}-(?:[0-9]-[0-9]{1,2}|[0-9]{2}-[0-9])    # dates not written in full
    |<<|=""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class Document:
    """One file as read: its values, and the line of every key and entry by path."""

    file: str
    data: Any
    lines: Mapping[LinePath, int]

    def line(self, *path: str | int) -> int:
        """The line of the value at `path`, or of its nearest parent that has one."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return 1


def read_document(path: Path, file: str) -> tuple[Document | None, list[RulebookFault]]:
    """Read one file; a document, or the faults that keep it from being one.

    `file` is the name faults carry: the path inside the rulebook, with forward slashes.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None, [fault("ENCODING", file, 1)]
    reader = _Reader(file)
    try:
        data = reader.read(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        return None, [fault("SYNTAX", file, line, problem=getattr(error, "problem", "") or "")]
    if reader.faults:
        return None, reader.faults
    if not isinstance(data, dict):
        return None, [fault("NOT-A-MAPPING", file, 1)]
    return Document(file, data, reader.lines), []


class _Reader:
    """Builds values from YAML events; collects every fault instead of stopping at one."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[RulebookFault] = []
        self.lines: dict[LinePath, int] = {(): 1}
        self._loader: Any = None

    def read(self, text: str) -> Any:
        self._loader = _Loader(text)
        try:
            self._next()  # stream start
            event = self._next()
            if isinstance(event, yaml.StreamEndEvent):
                return None
            data = self._value(self._next(), ())
            self._next()  # document end
            after = self._next()
            if not isinstance(after, yaml.StreamEndEvent):
                self._fault("SEVERAL-DOCUMENTS", after)
            return data
        finally:
            self._loader.dispose()

    def _next(self) -> Any:
        return self._loader.get_event()

    def _fault(self, cause: str, event: Any, **facts: Any) -> None:
        self.faults.append(fault(cause, self.file, _line_of(event), **facts))

    def _value(self, event: Any, path: LinePath) -> Any:
        if isinstance(event, yaml.AliasEvent):
            self._fault("ALIAS", event, name=event.anchor)
            return None
        if event.anchor is not None:
            self._fault("ALIAS", event, name=event.anchor)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if event.tag is not None:
            self._fault("TAG", event, tag=event.tag)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path)

    def _sequence(self, path: LinePath) -> list[Any]:
        entries: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            here = (*path, len(entries))
            self.lines[here] = _line_of(event)
            entries.append(self._value(event, here))
        return entries

    def _mapping(self, path: LinePath) -> dict[str, Any]:
        table: dict[str, Any] = {}
        while not isinstance(key_event := self._next(), yaml.MappingEndEvent):
            # Keys are always text: `on:` is a word here, and a code such as "1" stays one.
            if not isinstance(key_event, yaml.ScalarEvent):
                self._fault("KEY", key_event)
                self._value(key_event, path)
                self._value(self._next(), path)
                continue
            key: str = key_event.value
            if key in table:
                self._fault("DUPLICATE-KEY", key_event, key=key)
            elif key == "<<":
                self._fault("ALIAS", key_event, name=key)
            here = (*path, key)
            self.lines.setdefault(here, _line_of(key_event))
            table[key] = self._value(self._next(), here)
        return table

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if event.tag is not None:
            self._fault("TAG", event, tag=event.tag)
            return text
        if event.style:  # quoted, or a block of text: it is what it says
            return text
        if INTEGER.fullmatch(text):
            return int(text)
        if text in {"true", "false"}:
            return text == "true"
        if text == "":
            self._fault("EMPTY", event)
        elif GUESSED.fullmatch(text):
            self._fault("GUESSED", event, text=text)
        return text


def _line_of(event: Any) -> int:
    return int(event.start_mark.line) + 1
