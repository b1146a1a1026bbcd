"""The proposals beside the scenarios: traps to be refused, look-alikes to be let through."""

from collections.abc import Iterator
from pathlib import Path

from chengxin.policy.errors import RulebookRefused
from chengxin.policy.reading.build import articles_of, law_of
from chengxin.policy.reading.document import Document, read_document
from chengxin.policy.reading.schemas import Schemas
from chengxin.policy.values import Proposal

KIND = "proposals"
AFTER = "after"


def read_proposals(root: Path, folder: str) -> tuple[Proposal, ...]:
    """Every proposal in `scenarios/<folder>`. Raises: `RulebookRefused` if a file is faulty."""
    schemas = Schemas(root)
    found: list[Proposal] = []
    for path in sorted((root / "scenarios" / folder).glob("*.yaml")):
        document, faults = read_document(path, path.relative_to(root).as_posix())
        if document is not None:
            faults += schemas.faults(KIND, document)
        if document is None or faults:
            raise RulebookRefused(faults)
        found += _proposals(document)
    return tuple(found)


def _proposals(document: Document) -> Iterator[Proposal]:
    data = document.data
    laws = {law["id"]: law_of(law) for law in data.get("laws", ())}
    articles = {law["id"]: articles_of(law) for law in data.get("laws", ())}
    for index, one in enumerate(data["proposals"]):
        yield Proposal(
            one["code"],
            {**data.get("usual", {}), **one},
            laws,
            articles,
            document.file,
            document.line("proposals", index),
            data["title"],
            data.get("written") == AFTER,
        )
