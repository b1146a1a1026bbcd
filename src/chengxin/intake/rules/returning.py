"""The column that tells whose rows a file mends: written on export, known again on return."""

import re
from collections.abc import Sequence
from typing import Final

_COLUMN: Final = re.compile(r"原批次\s*(\d{8}-[0-9a-f]{8})\s*行号")


def line_column(number: str) -> str:
    """Name of the column that holds the line each row had in batch `number`."""
    return f"原批次 {number} 行号（请勿改动）"


def mended_batch(headers: Sequence[str]) -> tuple[str, int] | None:
    """Number of the batch a file mends and the place of its line column; None for new data."""
    for place, header in enumerate(headers):
        if found := _COLUMN.search(header):
            return found.group(1), place
    return None
