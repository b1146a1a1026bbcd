"""The rulebook in use."""

import logging
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chengxin.kernel.errors import CreditError
from chengxin.policy.errors import RulebookFault, RulebookRefused
from chengxin.policy.reading.layout import all_files
from chengxin.policy.reading.whole import read_rulebook
from chengxin.policy.values import Rulebook

PACKAGE = Path(__file__).resolve().parents[2]
LOOKED_AT_EVERY: Final = 10.0
"""Seconds between two looks at the files: a repealed law takes effect well within a minute."""

Stamp = frozenset[tuple[str, int, int]]
log = logging.getLogger(__name__)


@dataclass
class _Held:
    """The rulebook of a folder as this process holds it, and when its files were looked at."""

    book: Rulebook
    stamp: Stamp
    looked_at: float


_held: dict[Path, _Held] = {}
_objections: list[Callable[[Rulebook], Sequence[RulebookFault]]] = []
_listeners: list[Callable[[Path, Rulebook], None]] = []


def rulebook_folder() -> Path:
    """Where the rulebook lies: CHENGXIN_RULEBOOK, the installed package, or the checkout."""
    given = os.environ.get("CHENGXIN_RULEBOOK")
    if given:
        return Path(given)
    packaged = PACKAGE / "_rulebook"
    return packaged if packaged.is_dir() else PACKAGE.parent.parent / "rulebook"


def current_rulebook() -> Rulebook:
    """The rulebook in use; a change of its files is taken up by itself within seconds.

    Files that have faults are not taken up: the edition before them stays in force, and the log
    says so. Raises, when there is none yet: `RulebookMissing`, `RulebookRefused`.
    """
    root, moment = rulebook_folder(), time.monotonic()
    held = _held.get(root)
    if held is None:
        stamp = _stamp(root)
        held = _held[root] = _Held(read_rulebook(root), stamp, moment)
    elif moment - held.looked_at >= LOOKED_AT_EVERY:
        held.looked_at = moment
        _take_up(root, held)
    return held.book


def reload_rulebook() -> Rulebook:
    """The rulebook read again now, whatever was held. Raises: as `current_rulebook` at first."""
    _held.pop(rulebook_folder(), None)
    return current_rulebook()


def take_up_only_if_faultless(check: Callable[[Rulebook], Sequence[RulebookFault]]) -> None:
    """Let a room above be asked before changed files are taken up: its faults keep them out."""
    _objections.append(check)


def when_taken_up(tell: Callable[[Path, Rulebook], None]) -> None:
    """Let the assembly be told, in this process, that changed files were taken up."""
    _listeners.append(tell)


def _take_up(root: Path, held: _Held) -> None:
    stamp = _stamp(root)
    if stamp == held.stamp:
        return
    held.stamp = stamp
    try:
        book = read_rulebook(root)
        faults = [fault for check in _objections for fault in check(book)]
        if faults:
            raise RulebookRefused(faults)
    except CreditError as refusal:
        log.warning("rulebook change not taken up: %s", refusal.text("en"))
    else:
        held.book = book
        for tell in _listeners:
            tell(root, book)


def _stamp(root: Path) -> Stamp:
    """What tells that a file was changed, without reading any."""
    found = ((name, path.stat()) for name, path in all_files(root))
    return frozenset((name, stat.st_mtime_ns, stat.st_size) for name, stat in found)
