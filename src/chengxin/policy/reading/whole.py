"""The whole rulebook read from its folder: faultless, or with every fault found."""

from pathlib import Path

from chengxin.policy.errors import RulebookFault, RulebookMissing, RulebookRefused
from chengxin.policy.reading.build import build
from chengxin.policy.reading.document import read_document
from chengxin.policy.reading.layers import Merged, merge
from chengxin.policy.reading.layout import (
    LAYERS_FILE,
    SCHEMAS,
    all_files,
    edition_of,
    read_files,
)
from chengxin.policy.reading.limits import check_consequences
from chengxin.policy.reading.models import check_models
from chengxin.policy.reading.references import check_references
from chengxin.policy.reading.schemas import Schemas
from chengxin.policy.values import Rulebook


def read_rulebook(root: Path) -> Rulebook:
    """The rulebook in `root`. Raises: `RulebookMissing`, `RulebookRefused`."""
    merged, edition, layers = _read(root)
    if merged.faults:
        raise RulebookRefused(sorted(merged.faults))
    return build(merged, edition, layers)


def faults_of(root: Path) -> list[RulebookFault]:
    """Every fault of the files, by file and line. Raises: `RulebookMissing`."""
    merged, _, _ = _read(root)
    return sorted(merged.faults)


def _read(root: Path) -> tuple[Merged, str, list[str]]:
    if not (root / LAYERS_FILE).is_file() or not (root / SCHEMAS).is_dir():
        raise RulebookMissing(path=str(root))
    files = all_files(root)
    schemas = Schemas(root)
    layers, faults = _layers(root, schemas)
    if faults:
        return Merged(faults), edition_of(files), layers
    law_files, unread = read_files(files, layers)
    faults += unread
    fitting = []
    for law_file in law_files:
        found = list(schemas.faults(law_file.kind, law_file.document))
        faults += found
        if not found:
            fitting.append(law_file)
    merged = merge(fitting)
    if not faults:  # a reference into a file that could not be read would be a second complaint
        check_references(merged)
        check_models(merged)
        check_consequences(merged)
    merged.faults += faults
    return merged, edition_of(files), layers


def _layers(root: Path, schemas: Schemas) -> tuple[list[str], list[RulebookFault]]:
    """The layer folders, lowest first; without a readable list, no folder is known."""
    document, faults = read_document(root / LAYERS_FILE, LAYERS_FILE)
    if document is not None:
        faults += schemas.faults("layers", document)
    if document is None or faults:
        return [], faults
    return [layer["folder"] for layer in document.data["layers"]], []
