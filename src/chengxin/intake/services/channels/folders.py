"""Watching a drop folder: take what is whole, say why something was refused, give receipts.

The steps of one file, each of which may be the last before a kill:

1. it is whole: unchanged between two looks, or its sidecar is there;
2. it is moved to `.taking` under the number of its delivery: from here on it is ours;
3. its bytes are kept under their hash, and the delivery is noted;
4. the delivery is handed on to `submit`, and what became of it is noted;
5. the receipt (and the reason of a refusal) is written;
6. the file goes to `taken` or `refused`.

Whatever lies in `.taking` is taken up again at the step it had reached, before anything new.
"""

import fcntl
import os
import re
import stat
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from chengxin.intake.channels.models import Channel, Delivery, DeliveryState
from chengxin.intake.channels.refusals import DigestDiffers, NotAPlainFile
from chengxin.intake.errors import FileTooLarge
from chengxin.intake.models import Batch
from chengxin.intake.queries import originals
from chengxin.intake.queries import receipt as batch_receipt
from chengxin.intake.rules.readers import SIZE_LIMIT
from chengxin.intake.services.channels import places
from chengxin.intake.services.channels.declaring import declared
from chengxin.intake.services.channels.delivering import (
    channel_actor,
    hand_on,
    received,
    settle,
)
from chengxin.intake.services.channels.places import RECEIPTS, REFUSED, TAKEN, TAKING, Place
from chengxin.kernel.clock import SHANGHAI, now
from chengxin.policy.values import Rulebook

SETTLE_SECONDS = 10
UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart", ".swp", "~")
SIDECARS = (".done", ".sha256")
MEGABYTE = 1024 * 1024
_DIGEST = re.compile(r"[0-9a-fA-F]{64}")
_NUMBERED = re.compile(r"([0-9a-f]{32})-(.+)", re.DOTALL)


def sweep(
    channel: Channel,
    *,
    on: date,
    book: Rulebook,
    stop: Callable[[], bool] = lambda: False,
    settle_seconds: float = SETTLE_SECONDS,
) -> int:
    """Take in what lies whole in the channel's folder; how many files were dealt with.

    Raises: `FolderUnusable`, and what keeps this house from taking anything in.
    """
    done = 0
    given = declared(channel)
    with places.opened(given.where["folder"]) as place:
        for name in place.under_way():
            if _NUMBERED.fullmatch(name) and not stop():
                _go_on(channel, place, name, on=on, book=book)
                done += 1
        names = place.names()
        marker = given.where.get("marker", "")
        whole = _whole(channel, place, names, marker, settle_seconds)
        for name in whole:
            if stop():
                break
            taking = places.fitting(f"{uuid4().hex}-", name)
            if not _claim(place, name, taking):
                continue
            _go_on(channel, place, taking, on=on, book=book)
            done += 1
    return done


def _whole(
    channel: Channel, place: Place, names: list[str], marker: str, settle_seconds: float
) -> list[str]:
    """The names ready to be taken; the others are remembered with the look of now."""
    moment = now()
    ready, seen = [], {}
    for name in names:
        status = place.status(name)
        if status is None or _aside(name, names):
            continue
        if stat.S_ISDIR(status.st_mode):
            continue
        sidecars = [end for end in SIDECARS if f"{name}{end}" in names]
        look = [status.st_size, status.st_mtime_ns, status.st_ino]
        key = places.shown_name(name)
        before = channel.sightings.get(key)
        unchanged = before is not None and before[:3] == look
        since = before[3] if unchanged else moment.isoformat()
        aged = (moment - datetime.fromisoformat(since)).total_seconds() >= settle_seconds
        if sidecars or not places.plain(status) or (not marker and unchanged and aged):
            ready.append(name)
        else:
            seen[key] = [*look, since]
    if seen != channel.sightings:
        channel.sightings = seen
        channel.save(update_fields=["sightings"])
    return ready


def _aside(name: str, names: list[str]) -> bool:
    """Names that are no data: unfinished by their ending, or the sidecar of a file."""
    if name.lower().endswith(UNFINISHED) or name.startswith("~$"):
        return True
    return any(name.endswith(end) and name.removesuffix(end) in names for end in SIDECARS)


def _claim(place: Place, name: str, taking: str) -> bool:
    """Make the file ours in one step; False if it is gone, or somebody holds it."""
    status = place.status(name)
    if status is None:
        return False
    if places.plain(status) and _held_by_another(place, name):
        return False
    return place.move(name, TAKING, taking)


def _held_by_another(place: Place, name: str) -> bool:
    try:
        handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=place.top)
    except FileNotFoundError:
        return True
    except OSError:  # what cannot be opened now may be later: a lock over a network
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        fcntl.lockf(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def _go_on(channel: Channel, place: Place, taking: str, *, on: date, book: Rulebook) -> None:
    """Bring one file of `.taking` to its end, from wherever it stands."""
    found = _NUMBERED.fullmatch(taking)
    if found is None:
        return
    number, name = UUID(found[1]), found[2]
    delivery = Delivery.objects.filter(id=number).first()
    if delivery is None:
        delivery = _kept(channel, place, taking, name, number)
    if delivery is None:
        return
    if delivery.state == DeliveryState.RECEIVED:
        hand_on(channel, delivery, on=on, book=book)
    _put_away(channel, place, taking, name, delivery)


def _kept(channel: Channel, place: Place, taking: str, name: str, number: UUID) -> Delivery | None:
    shown = places.shown_name(name)
    by = channel_actor(channel)
    try:
        stored = _stored(place, taking, shown)
        if stored is None:
            return None
        sha256, size = stored
        _as_said(place, name, shown, sha256)
    except (NotAPlainFile, FileTooLarge, DigestDiffers) as refusal:
        sha256 = str(refusal.facts.get("found", ""))
        delivery = received(channel, number=number, filename=shown, sha256=sha256, size_bytes=0)
        return settle(channel, delivery, DeliveryState.REFUSED, by=by, problem=refusal)
    waiting = channel.deliveries.filter(sha256=sha256, state=DeliveryState.QUESTION).first()
    delivery = received(channel, number=number, filename=shown, sha256=sha256, size_bytes=size)
    if waiting is not None:  # the very same content already waits for an answer
        delivery.facts = {"same_as": str(waiting.id)}
        delivery.save(update_fields=["facts"])
        settle(channel, delivery, DeliveryState.KNOWN, by=by)
    return delivery


def _stored(place: Place, taking: str, shown: str) -> tuple[str, int] | None:
    """Keep the bytes under their hash; opened so that no link is followed.

    None if somebody who still has the file open wrote on: the next run looks again.
    Raises: `NotAPlainFile`, `FileTooLarge`.
    """
    folder = place.own[TAKING]
    status = os.stat(taking, dir_fd=folder, follow_symlinks=False)
    if not places.plain(status):
        raise NotAPlainFile(filename=shown)
    if status.st_size > SIZE_LIMIT:
        raise FileTooLarge(
            filename=shown,
            size_mb=-(-status.st_size // MEGABYTE),
            limit_mb=SIZE_LIMIT // MEGABYTE,
        )
    handle = os.open(taking, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
    try:
        sha256 = originals().put_file(Path(f"/dev/fd/{handle}"))
        after = os.fstat(handle)
    finally:
        os.close(handle)
    if (after.st_size, after.st_mtime_ns) != (status.st_size, status.st_mtime_ns):
        return None
    return sha256, after.st_size


def _as_said(place: Place, name: str, shown: str, sha256: str) -> None:
    """Raises: `DigestDiffers` if a sidecar names another digest."""
    try:
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
        handle = os.open(places.fitting("", name, ".sha256"), flags, dir_fd=place.top)
    except OSError:
        return
    with os.fdopen(handle, "rb") as file:
        said = _DIGEST.search(file.read(4096).decode("utf-8", "replace"))
    if said is None or said[0].lower() != sha256:
        raise DigestDiffers(filename=shown, said=said[0].lower() if said else "—", found=sha256)


def _put_away(channel: Channel, place: Place, taking: str, name: str, delivery: Delivery) -> None:
    """Write the receipt, then move the file: what is out of `.taking` is finished."""
    refused = delivery.state == DeliveryState.REFUSED
    local = delivery.received_at.astimezone(SHANGHAI)
    before = f"{local:%Y%m%d-%H%M%S}-{delivery.id.hex[:8]}-"
    if refused:
        problem = delivery.problem or {}
        reason = f"{problem.get('message_zh', '')}\n{problem.get('message_en', '')}\n"
        place.write(REFUSED, places.fitting(before, name, ".reason.txt"), reason)
    place.write(
        RECEIPTS, places.fitting(before, name, ".json"), places.as_text(receipt(channel, delivery))
    )
    for end in SIDECARS:
        place.remove(places.fitting("", name, end))
    into = REFUSED if refused else TAKEN
    place.move(taking, into, places.fitting(before, name), out_of=place.own[TAKING])


def receipt(channel: Channel, delivery: Delivery) -> dict[str, Any]:
    """The receipt of a delivery: what was received, its hash, and what became of it."""
    batch = Batch.objects.filter(number=delivery.batch).first() if delivery.batch else None
    return {
        "delivery": str(delivery.id),
        "channel": channel.code,
        "unit": channel.unit,
        "item": channel.item,
        "filename": delivery.filename,
        "file_sha256": delivery.sha256,
        "size_bytes": delivery.size_bytes,
        "received_at": delivery.received_at.astimezone(SHANGHAI).isoformat(),
        "state": str(delivery.state),
        "state_label": DeliveryState(delivery.state).label,
        "batch": delivery.batch,
        "problem": delivery.problem,
        "receipt": batch_receipt(batch) if batch is not None else None,
    }
