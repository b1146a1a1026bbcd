"""What the log answers with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

GENESIS = "0" * 64


@dataclass(frozen=True)
class Head:
    """The end of the chain: number and hash of the last entry."""

    sequence: int
    hash: str


@dataclass(frozen=True)
class Act:
    """An act as those who follow the log are told of it."""

    sequence: int
    verb: str
    target: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class LogPlace:
    """Where an act stands in the log."""

    sequence: int
    hash: str
    at: datetime


@dataclass(frozen=True)
class Verification:
    """What a walk over the whole chain found.

    `first_bad` is the number of the first entry that does not fit, None when all fit.
    """

    count: int
    root: str
    ok: bool
    first_bad: int | None = None
    reason_zh: str = ""
    reason_en: str = ""
