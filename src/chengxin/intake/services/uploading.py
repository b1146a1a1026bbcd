"""Large files in parts 分段上传: begun, sent in order, completed; what is here survives a restart.

The bytes lie in a file of the upload's own; how many count stands in its row. A kill between the
two leaves bytes nobody counted, and the next part begins by cutting them off.
"""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from chengxin.catalogue import queries as catalogue
from chengxin.intake.channels.models import SentKey, Upload
from chengxin.intake.channels.refusals import (
    PartTooLarge,
    TooManyUploads,
    UnknownUpload,
    UploadDigestDiffers,
    UploadIncomplete,
    WrongOffset,
)
from chengxin.intake.errors import FileTooLarge
from chengxin.intake.models import Batch
from chengxin.intake.refusals import AlreadySubmitted, UnknownUnit
from chengxin.intake.rules.readers import SIZE_LIMIT
from chengxin.intake.services.submitting import submit
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import SHANGHAI, now
from chengxin.policy.values import Rulebook

MEGABYTE = 1024 * 1024
PART_LIMIT = 16 * MEGABYTE
MOST_OPEN = 20
LIFETIME = timedelta(hours=24)
KEY_LIFETIME = timedelta(hours=7 * 24)
_PIECE = 256 * 1024


def begin_upload(
    *,
    filename: str,
    item: str,
    unit: str,
    size_bytes: int,
    sha256: str,
    by: Actor,
    on: date,
    book: Rulebook,
) -> Upload:
    """Announce a file: its name, size and SHA-256. The same one again is the upload under way.

    Raises: `NotPermitted`, `UnknownUnit`, `UnknownItem`, `ItemEnded`, `FileTooLarge`,
    `TooManyUploads`.
    """
    by.require("intake.submit", unit=unit)
    if unit not in book.units:
        raise UnknownUnit(unit=unit)
    catalogue.open_item(book, item, on)
    if size_bytes > SIZE_LIMIT:
        raise FileTooLarge(
            filename=filename,
            size_mb=-(-size_bytes // MEGABYTE),
            limit_mb=SIZE_LIMIT // MEGABYTE,
        )
    moment = now()
    own = Upload.objects.filter(login=by.login, expires_at__gt=moment, batch="")
    same = own.filter(unit=unit, item=item, sha256=sha256, size_bytes=size_bytes).first()
    if same is not None:
        return same
    if own.count() >= MOST_OPEN:
        raise TooManyUploads(most=MOST_OPEN)
    return Upload.objects.create(
        login=by.login,
        unit=unit,
        item=item,
        filename=filename[-255:],
        size_bytes=size_bytes,
        sha256=sha256,
        created_at=moment,
        expires_at=moment + LIFETIME,
    )


def add_part(*, number: UUID, offset: int, part: IO[bytes], by: Actor) -> Upload:
    """Add the bytes that begin at `offset`; only where the upload stands, so none is doubled.

    Raises: `UnknownUpload`, `NotPermitted`, `WrongOffset`, `PartTooLarge`.
    """
    found = upload(number, by=by)
    with tempfile.TemporaryFile(dir=_folder()) as draft:
        # First off the line, then under the lock: a slow sender keeps nobody waiting.
        room = min(PART_LIMIT, found.size_bytes - offset)
        length = _copied(part, draft, room)
        draft.seek(0)
        with transaction.atomic():
            held = Upload.objects.select_for_update().get(id=found.id)
            if offset != held.received:
                raise WrongOffset(offset=offset, expected=held.received)
            with os.fdopen(os.open(_file(held), os.O_RDWR | os.O_CREAT, 0o600), "r+b") as whole:
                whole.truncate(offset)
                whole.seek(offset)
                _copied(draft, whole, length)
                whole.flush()
                os.fsync(whole.fileno())
            held.received = offset + length
            held.expires_at = now() + LIFETIME
            held.save(update_fields=["received", "expires_at"])
    return held


def complete_upload(
    *,
    number: UUID,
    mapping: Mapping[str, str | None] | None,
    sheet: str | None,
    by: Actor,
    on: date,
    book: Rulebook,
) -> Batch:
    """Submit what was uploaded; completing twice is one batch.

    Raises: `UnknownUpload`, `UploadIncomplete`, `UploadDigestDiffers`, and what `submit` raises:
    then the bytes stay, and it can be completed again with another mapping.
    """
    held = upload(number, by=by)
    if held.batch:
        return Batch.objects.get(number=held.batch)
    if held.received != held.size_bytes:
        raise UploadIncomplete(received=held.received, size=held.size_bytes)
    with _file(held).open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != held.sha256:
        Upload.objects.filter(id=held.id).update(received=0)
        raise UploadDigestDiffers(said=held.sha256, found=found)
    try:
        batch = submit(
            source=_file(held),
            filename=held.filename,
            item=held.item,
            unit=held.unit,
            mapping=mapping,
            sheet=sheet,
            channel="api",
            by=by,
            on=on,
            book=book,
        )
    except AlreadySubmitted as error:
        batch = Batch.objects.get(number=error.facts["number"])
        if batch.submitted_by != by.login or batch.submitted_at < held.created_at:
            raise
    Upload.objects.filter(id=held.id).update(batch=batch.number)
    _file(held).unlink(missing_ok=True)
    return batch


def drop_upload(*, number: UUID, by: Actor) -> None:
    """Give up an upload; its bytes go. Raises: `UnknownUpload`, `NotPermitted`."""
    held = upload(number, by=by)
    _file(held).unlink(missing_ok=True)
    held.delete()


def drop_expired() -> int:
    """Let go of what nobody went on with, and of keys long used; how many uploads."""
    moment = now()
    gone = list(Upload.objects.filter(expires_at__lte=moment))
    for held in gone:
        _file(held).unlink(missing_ok=True)
    Upload.objects.filter(id__in=[held.id for held in gone]).delete()
    SentKey.objects.filter(at__lte=moment - KEY_LIFETIME).delete()
    return len(gone)


def upload(number: UUID, *, by: Actor) -> Upload:
    """An upload of the actor's own. Raises: `UnknownUpload`, `NotPermitted`."""
    found = Upload.objects.filter(id=number, login=by.login, expires_at__gt=now()).first()
    if found is None:
        raise UnknownUpload(asked=str(number))
    by.require("intake.submit", unit=found.unit)
    return found


def told(held: Upload) -> dict[str, Any]:
    """How an upload stands, as a machine reads it."""
    return {
        "upload": str(held.id),
        "filename": held.filename,
        "item": held.item,
        "unit": held.unit,
        "size_bytes": held.size_bytes,
        "sha256": held.sha256,
        "offset": held.received,
        "part_limit": PART_LIMIT,
        "batch": held.batch,
        "expires_at": held.expires_at.astimezone(SHANGHAI).isoformat(),
    }


def _copied(source: IO[bytes], target: IO[bytes], most: int) -> int:
    """Copy to the end of `source`. Raises: `PartTooLarge` beyond `most` bytes."""
    length = 0
    while piece := source.read(_PIECE):
        length += len(piece)
        if length > most:
            raise PartTooLarge(limit=max(most, 0))
        target.write(piece)
    return length


def _folder() -> Path:
    folder = Path(settings.CHENGXIN_HOME) / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _file(held: Upload) -> Path:
    return _folder() / f"{held.id.hex}.part"
