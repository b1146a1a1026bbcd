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
    """The rulebook this process works with, and when the files of the folder were looked at.

    `offered` is what the files say; `book` is that, or the edition that is in force instead.
    """

    book: Rulebook
    stamp: Stamp
    looked_at: float
    offered: Rulebook


_held: dict[Path, _Held] = {}
_objections: list[Callable[[Rulebook], Sequence[RulebookFault]]] = []
_listeners: list[Callable[[Path, Rulebook], None]] = []
_gates: list[Callable[[str], Rulebook | None]] = []


def rulebook_folder() -> Path:
    """Where the rulebook lies: CHENGXIN_RULEBOOK, the installed package, or the checkout."""
    given = os.environ.get("CHENGXIN_RULEBOOK")
    if given:
        return Path(given)
    packaged = PACKAGE / "_rulebook"
    return packaged if packaged.is_dir() else PACKAGE.parent.parent / "rulebook"


def current_rulebook() -> Rulebook:
    """The rulebook in use; a change is taken up by itself within seconds.

    Files that have faults are not taken up, nor where the assembly stands at the gate what was
    never released: the edition before them stays in force, and the log says so.
    Raises, when there is none yet: `RulebookMissing`, `RulebookRefused`.
    """
    root, moment = rulebook_folder(), time.monotonic()
    held = _held.get(root)
    if held is None:
        stamp, book = _stamp(root), read_rulebook(root)
        held = _held[root] = _Held(_admitted(book), stamp, moment, book)
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


def in_force_only_if_released(gate: Callable[[str], Rulebook | None]) -> None:
    """Let the assembly stand at the gate of this process.

    `gate` is asked about the edition the files give, and answers with the rulebook that is in force
    instead; None where that edition may be used.
    """
    _gates[:] = [gate]
    _held.clear()


def _admitted(book: Rulebook) -> Rulebook:
    instead = (gate(book.edition) for gate in _gates)
    return next((other for other in instead if other is not None), book)


def _take_up(root: Path, held: _Held) -> None:
    stamp = _stamp(root)
    if stamp == held.stamp and not _gates:
        return
    try:
        if stamp != held.stamp:
            held.stamp = stamp
            held.offered = _faultless(root)
        book = _admitted(held.offered)
    except CreditError as refusal:
        log.warning("rulebook change not taken up: %s", refusal.text("en"))
        return
    if book.edition == held.book.edition:
        return
    held.book = book
    if book is held.offered:
        for tell in _listeners:
            tell(root, book)


def _faultless(root: Path) -> Rulebook:
    book = read_rulebook(root)
    faults = [fault for check in _objections for fault in check(book)]
    if faults:
        raise RulebookRefused(faults)
    return book


def _stamp(root: Path) -> Stamp:
    """What tells that a file was changed, without reading any."""
    found = ((name, path.stat()) for name, path in all_files(root))
    return frozenset((name, stat.st_mtime_ns, stat.st_size) for name, stat in found)
