"""Which code judges: a digest over the sources of the rooms whose answers a report rests on."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

HOUSE: Final = Path(__file__).resolve().parents[2]
ROOMS: Final = (
    "kernel", "law", "policy", "catalogue", "subjects", "register", "publication", "evaluation",
    "measures", "tunnel",
)  # fmt: skip
ASIDE: Final = frozenset({"tests", "migrations"})


@cache
def program() -> str:
    """Version and digest of the code in use, as a report names it."""
    digest = hashlib.sha256()
    for room in ROOMS:
        for file in sorted((HOUSE / room).rglob("*.py")):
            if not ASIDE & set(file.relative_to(HOUSE).parts):
                digest.update(file.relative_to(HOUSE).as_posix().encode() + b"\0")
                digest.update(file.read_bytes())
    return f"{version('chengxin')}+{digest.hexdigest()[:16]}"
