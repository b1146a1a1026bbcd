"""Reading a department's table 定时读取: from where it was left, into a file that is kept.

The rows of one reading are written to a CSV as they stream, kept under its hash, and handed on
like any other file. How far was read is remembered only when that file is safely in a batch; a
kill before that reads the same rows again, and the register knows them by their natural key.
"""

import csv
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from hashlib import blake2b
from pathlib import Path
from typing import Any
from uuid import uuid5

from django.conf import settings

from chengxin.intake.channels.models import Channel, Delivery, DeliveryState
from chengxin.intake.channels.refusals import (
    ColumnsChanged,
    CursorUnusable,
    DeliveryRefused,
)
from chengxin.intake.queries import originals
from chengxin.intake.rules.declarations import Declaration
from chengxin.intake.services.channels.declaring import declared
from chengxin.intake.services.channels.delivering import hand_on, is_in, received
from chengxin.intake.services.channels.sources import reading
from chengxin.kernel.canonical import sha256_hex
from chengxin.kernel.clock import now
from chengxin.policy.values import Rulebook

BATCH_ROWS = 200_000
_DIGEST_BYTES = 8


@dataclass
class _Taken:
    """What one reading wrote: rows, where it ended, and the rows that stand at that end."""

    rows: int = 0
    last: Any = None
    digests: set[str] = field(default_factory=set)
    more: bool = False


def pull(channel: Channel, *, on: date, book: Rulebook, most: int = BATCH_ROWS) -> bool:
    """Bring what is new in the source; returns whether more waits there.

    A delivery in doubt is waited for: the same rows would raise the same doubt.
    Raises: the refusals of `sources`, `ColumnsChanged`, `CursorUnusable`, `DeliveryRefused`.
    """
    for waiting in channel.deliveries.filter(
        state__in=[DeliveryState.RECEIVED, DeliveryState.QUESTION]
    ):
        if _still_open(channel, waiting, on=on, book=book):
            return False
    delivery, more = _read(channel, declared(channel), most)
    if delivery is None:
        return False
    if not is_in(delivery):
        hand_on(channel, delivery, on=on, book=book)
    if delivery.state == DeliveryState.REFUSED:
        said = delivery.problem or {}
        raise DeliveryRefused(said=said.get("message_zh"), said_en=said.get("message_en"))
    return more and is_in(delivery)


def _still_open(channel: Channel, waiting: Delivery, *, on: date, book: Rulebook) -> bool:
    if waiting.state == DeliveryState.RECEIVED:  # killed between keeping and submitting
        hand_on(channel, waiting, on=on, book=book)
    return waiting.state == DeliveryState.QUESTION


def _read(channel: Channel, given: Declaration, most: int) -> tuple[Delivery | None, bool]:
    position = channel.position
    after = _value(position)
    known = frozenset(position.get("digests", ()))
    draft = _drafts() / f"{channel.code}.csv.part"
    with reading(given, after) as result:
        _same_columns(channel, given, result.columns)
        with draft.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
            writer.writerow(result.columns)
            taken = _Taken(last=after, digests=set(known))
            for cells in _fresh(result.rows, result.columns, given, known, taken, most):
                writer.writerow(cells)
            file.flush()
            os.fsync(file.fileno())
    if not taken.rows:
        draft.unlink()
        return None, False
    sha256 = originals().put_file(draft)
    moment = now()
    delivery = received(
        channel,
        # The same rows are the same delivery: a table that did not change leaves no trace.
        number=uuid5(channel.id, sha256),
        filename=f"{channel.code}-{moment:%Y%m%d-%H%M%S}.csv",
        sha256=sha256,
        size_bytes=draft.stat().st_size,
        facts={
            "rows": taken.rows,
            "query_sha256": sha256_hex(given.query.encode()),
            "version": channel.version,
            "position": _position(taken) if given.cursor else {},
        },
    )
    draft.unlink()
    return delivery, taken.more


def _fresh(
    rows: Iterator[Sequence[Any]],
    columns: Sequence[str],
    given: Declaration,
    known: frozenset[str],
    taken: _Taken,
    most: int,
) -> Iterator[list[str]]:
    """Rows not delivered before; ends between two cursor values, never inside one.

    Rows that share the last value are known by digest: one that comes later with the same day
    is found, one that was delivered is not sent again.
    """
    at = columns.index(given.cursor) if given.cursor else None
    for row in rows:
        cells = [_text(value) for value in row]
        if at is not None:
            value = row[at]
            _usable(value, given.cursor)
            digest = _digest(cells)
            if value == taken.last and digest in known:
                continue
            if value != taken.last:
                if taken.rows >= most:
                    taken.more = True
                    return
                taken.last, taken.digests = value, set()
            taken.digests.add(digest)
        taken.rows += 1
        yield cells


def _same_columns(channel: Channel, given: Declaration, columns: Sequence[str]) -> None:
    """The first reading fixes the columns; a mapped or cursor column must be there from the start.

    Raises: `ColumnsChanged`.
    """
    expected = channel.columns or [
        *(given.mapping or {}),
        *([given.cursor] if given.cursor else ()),
    ]
    missing = [name for name in expected if name not in columns]
    added = [name for name in columns if name not in expected] if channel.columns else []
    if missing or added or len(set(columns)) != len(columns):
        doubled = sorted({name for name in columns if list(columns).count(name) > 1})
        raise ColumnsChanged(missing="、".join(missing), added="、".join([*added, *doubled]))
    if not channel.columns:
        channel.columns = list(columns)
        channel.save(update_fields=["columns"])


def _usable(value: Any, column: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int | str | date | datetime | Decimal):
        raise CursorUnusable(column=column)


_READERS: Mapping[str, Callable[[str], Any]] = {
    "int": int,
    "str": str,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "Decimal": Decimal,
}


def _value(position: dict[str, Any]) -> Any:
    """The cursor value as the source's driver takes it; None at the first reading."""
    if not position:
        return None
    return _READERS[position["type"]](position["value"])


def _position(taken: _Taken) -> dict[str, Any]:
    value = taken.last
    shown = value.isoformat() if isinstance(value, date) else str(value)
    kinds = (datetime, date, int, Decimal, str)
    name = next(kind.__name__ for kind in kinds if isinstance(value, kind))
    return {"type": name, "value": shown, "digests": sorted(taken.digests)}


def _text(value: Any) -> str:
    """A value as the file shows it: days and moments in ISO 8601, numbers in full."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return str(value)


def _digest(cells: Sequence[str]) -> str:
    return blake2b("\x1f".join(cells).encode(), digest_size=_DIGEST_BYTES).hexdigest()


def _drafts() -> Path:
    folder = Path(settings.CHENGXIN_HOME) / "pulls"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
