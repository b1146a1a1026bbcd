"""How much one submission may hold, and why so much."""

import os
from typing import Final

MEGABYTE: Final = 1 << 20

SETTING: Final = "CHENGXIN_INTAKE_MAX_MB"
DEFAULT_MB: Final = 1024
"""Rows are staged on disk, so what bounds a file is time and disk, not memory. A million rows of
25 columns are 300 to 500 MB as text; twice that is a month of a province in one file."""


def size_limit() -> int:
    """Bytes one file may have; the setting is in megabytes, nonsense is the default."""
    given = os.environ.get(SETTING, "")
    return (int(given) if given.isdecimal() and int(given) else DEFAULT_MB) * MEGABYTE


UNPACKED_LIMIT: Final = 4096 * MEGABYTE  # a sheet of 1,048,576 rows and 25 columns: some 1.5 GB
RATIO_LIMIT: Final = 400  # honest sheets compress 5 to 60 times
RATIO_FROM: Final = 64 * MEGABYTE  # small files may compress as they like
MEMBERS_LIMIT: Final = 10_000
MOST_TABLES: Final = 200  # files in one zip
AREA_LIMIT: Final = 60_000_000  # cells a reader would lay out, blank or not

LONGEST_CELL: Final = 2_000_000  # characters
LONGEST_LINE: Final = 16 * MEGABYTE  # bytes without a line break: not a table of rows
LONGEST_RECORD: Final = 8_000_000  # characters of one JSON record
MOST_LINES_IN_A_CELL: Final = 400  # more means a quote was never closed
WIDEST: Final = 16_384
LARGE_SHEET: Final = 48 * MEGABYTE  # XML of a sheet from which it is read piece by piece
