"""A fingerprint of what was found, to compare two engines."""

import hashlib
from collections.abc import Iterable

from chengxin.engine.values import Fault


def digest(faults: Iterable[Fault]) -> str:
    """SHA-256 over (row, field, code) of every fault; the order they come in does not matter."""
    lines = sorted(f"{fault.row}\t{fault.field}\t{fault.code}\n" for fault in faults)
    return hashlib.sha256("".join(lines).encode()).hexdigest()
