"""Where what stands in a rulebook folder, and the edition of the whole.

`layers.yaml` names the layer folders, lowest first: here the nation's, the province's and the
city's. Another city writes its own upper folders and names them there; no code changes.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chengxin.policy.errors import RulebookFault
from chengxin.policy.reading.document import Document, read_document
from chengxin.policy.reading.faults import fault

LAYERS_FILE: Final = "layers.yaml"
Files = Mapping[str, bytes]
"""A rulebook by name of file, with forward slashes."""
FOLDERS: Final[Mapping[str, str]] = {
    "laws": "law",
    "parameters": "parameter",
    "codelists": "codelist",
    "catalogue": "item",
    "blocks": "block",
    "calendar": "calendar",
    "units": "units",
    "models": "model",
    "lists": "list",
    "measures": "measure",
}
SINGLE_FILES: Final[Mapping[str, str]] = {
    "roles.yaml": "roles",
    "site.yaml": "site",
    "prohibited.yaml": "prohibited",
    "gate.yaml": "gate",
    "functions.yaml": "functions",
    "limits.yaml": "limits",
}
SCENARIOS: Final = "scenarios"
PROPOSALS: Final = ("scenarios/traps/", "scenarios/harmless/")
"""Items nobody has: read only when the gate is tried on them, never with the law itself."""
SCHEMAS: Final = "schemas"


@dataclass(frozen=True)
class LawFile:
    """One file of the rulebook: its layer ("" for scenarios), kind and content."""

    layer: str
    kind: str
    document: Document


def all_files(root: Path) -> list[tuple[str, Path]]:
    """Every file of the rulebook as (name with forward slashes, path), sorted by name.

    Hidden files are no part of it: editors and version control leave them.
    """
    found = [
        (path.relative_to(root).as_posix(), path)
        for path in root.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts)
    ]
    return sorted(found)


def files_of(root: Path) -> Files:
    """Every file of the rulebook in `root` with its bytes."""
    return {name: path.read_bytes() for name, path in all_files(root)}


def edition_of(files: Sequence[tuple[str, Path]]) -> str:
    """The edition 版本 of the files that lie there; see `edition_of_files`."""
    return edition_of_files({name: path.read_bytes() for name, path in files})


def edition_of_files(files: Files) -> str:
    """The edition 版本: SHA-256 over each file's name and content, in order of names.

    Lengths stand before both, so no two sets of files give the same bytes.
    """
    digest = hashlib.sha256()
    for name in sorted(files):
        for part in (name.encode(), files[name]):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.hexdigest()


def read_files(
    files: Sequence[tuple[str, Path]], layers: Sequence[str]
) -> tuple[list[LawFile], list[RulebookFault]]:
    """Read every law file, lowest layer first; those that cannot be read are faults."""
    law_files: list[LawFile] = []
    faults: list[RulebookFault] = []
    for name, path in files:
        aside = name.startswith((f"{SCHEMAS}/", *PROPOSALS))
        if aside or name.endswith(".md") or name == LAYERS_FILE:
            continue
        place = _place(name, layers)
        if place is None:
            faults.append(fault("UNKNOWN-FILE", name, 1))
            continue
        faults += list(_line_endings(name, path))
        document, problems = read_document(path, name)
        faults += problems
        if document is not None:
            law_files.append(LawFile(*place, document))
    heights = {layer: height for height, layer in enumerate(layers)}
    law_files.sort(key=lambda one: (heights.get(one.layer, len(heights)), one.document.file))
    return law_files, faults


def _place(name: str, layers: Sequence[str]) -> tuple[str, str] | None:
    """Layer and kind of a file, or None if it stands nowhere known."""
    parts = name.split("/")
    if not name.endswith(".yaml"):
        return None
    match parts:
        case [folder, _] if folder == SCENARIOS:
            return "", "scenario"
        case [layer, single] if layer in layers and single in SINGLE_FILES:
            return layer, SINGLE_FILES[single]
        case [layer, folder, _] if layer in layers and folder in FOLDERS:
            return layer, FOLDERS[folder]
    return None


def _line_endings(name: str, path: Path) -> Iterator[RulebookFault]:
    # A checkout that turns LF into CRLF would give another edition on another machine.
    before, found, _ = path.read_bytes().partition(b"\r")
    if found:
        yield fault("LINE-ENDINGS", name, before.count(b"\n") + 1)
