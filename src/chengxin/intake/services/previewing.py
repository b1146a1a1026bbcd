"""A preview of bytes in hand; whoever has a file on disk, or a large one, uses `looking`."""

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from chengxin.intake.services.looking import Recall, look
from chengxin.intake.values import Preview
from chengxin.policy.values.rulebook import Rulebook


def preview(
    data: bytes,
    filename: str,
    *,
    book: Rulebook,
    on: date,
    item_code: str | None = None,
    sheet: str | None = None,
    mapping: Mapping[str, str | None] | None = None,
    recall: Recall | None = None,
) -> Preview:
    """Read, map and check a file; nothing is kept and no database is asked.

    The arguments are those of `looking.look`. Raises: what it raises.
    """
    with tempfile.TemporaryDirectory(prefix="chengxin-preview-") as folder:
        original = Path(folder) / "original"
        original.write_bytes(data)
        return look(
            original,
            filename,
            folder=Path(folder),
            book=book,
            on=on,
            item_code=item_code,
            sheet=sheet,
            mapping=mapping,
            recall=recall,
        ).preview
