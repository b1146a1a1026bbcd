"""The editions this database has worked with: which, from when, and their rulebooks."""

import tempfile
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from chengxin.kernel.canonical import sha256_hex
from chengxin.policy.errors import EditionNotKept, EditionSpoilt
from chengxin.policy.models import Edition, KeptFile, TakeUp
from chengxin.policy.reading.layout import Files, edition_of_files
from chengxin.policy.reading.whole import read_rulebook
from chengxin.policy.values import Rulebook

HELD: Final = 4
"""Rulebooks of kept editions a process holds; one takes half a second to read again."""
SHORTEST: Final = 6
"""Characters of an edition by which people may name it."""

_held: OrderedDict[str, Rulebook] = OrderedDict()


@dataclass(frozen=True)
class InForce:
    """An edition and from when to when it was in use here; `until` None: it still is."""

    edition: str
    since: datetime
    until: datetime | None


def kept_edition(asked: str) -> str:
    """The whole edition people mean by its first characters (at least six).

    Raises: `EditionNotKept` if none or more than one begins so.
    """
    text = asked.strip().lower()
    found: list[str] = []
    if len(text) >= SHORTEST:
        rows = Edition.objects.filter(edition__startswith=text)
        found = list(rows.values_list("edition", flat=True)[:2])
    if len(found) != 1:
        raise EditionNotKept(asked=asked)
    return found[0]


def kept_files(edition: str) -> Files:
    """The files of an edition, name → bytes, exactly as they were.

    Raises: `EditionNotKept`; `EditionSpoilt` if they do not give that edition any more.
    """
    row = Edition.objects.filter(edition=edition).first()
    if row is None:
        raise EditionNotKept(asked=edition)
    kept = KeptFile.objects.in_bulk(list(set(row.files.values())))
    content = {sha256: bytes(one.content) for sha256, one in kept.items()}
    if any(sha256_hex(data) != sha256 for sha256, data in content.items()):
        raise EditionSpoilt(edition=edition)
    files = {name: content[sha256] for name, sha256 in row.files.items() if sha256 in content}
    if len(files) != len(row.files) or edition_of_files(files) != edition:
        raise EditionSpoilt(edition=edition)
    return files


def kept_rulebook(edition: str) -> Rulebook:
    """The rulebook of a kept edition, compiled afresh or held from before.

    Raises: `EditionNotKept`, `EditionSpoilt`; `RulebookRefused` if today's code finds a fault in
    it that the code of its day did not.
    """
    if edition in _held:
        _held.move_to_end(edition)
        return _held[edition]
    files = kept_files(edition)
    with tempfile.TemporaryDirectory(prefix="chengxin-edition-") as folder:
        lay_out(files, Path(folder))
        book = read_rulebook(Path(folder))
    _held[edition] = book
    while len(_held) > HELD:
        _held.popitem(last=False)
    return book


def lay_out(files: Files, folder: Path) -> None:
    """Write the files of an edition into a folder, as a rulebook lies in one."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def in_force(*, at: datetime) -> InForce | None:
    """Which edition was in use at a moment; None before the first was kept."""
    row = TakeUp.objects.filter(at__lte=at).order_by("-at", "-id").first()
    if row is None:
        return None
    later = TakeUp.objects.filter(at__gt=at).order_by("at", "id").first()
    return InForce(row.edition_id, row.at, later.at if later else None)


def editions() -> list[InForce]:
    """Every time an edition came into use, oldest first."""
    rows = list(TakeUp.objects.order_by("at", "id"))
    ends = [*(row.at for row in rows[1:]), None]
    return [InForce(r.edition_id, r.at, end) for r, end in zip(rows, ends, strict=False)]
