"""Uploads between preview and submission travel as a signed address, not in the session.

The address can be reloaded, bookmarked for a working day and read in the other language; it is
of use only to the officer it was made for, and it cannot be altered.
"""

from pathlib import Path
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile

from chengxin.desk.errors import UploadUnknown
from chengxin.desk.previewed import Ticket
from chengxin.intake.errors import FileTooLarge
from chengxin.intake.queries import originals
from chengxin.intake.rules.readers import SIZE_LIMIT
from chengxin.kernel.actor import Actor

SALT = "chengxin.desk.upload"
A_DAY = 24 * 3600
LONGEST_NAME = 200
MEGABYTE = 1024 * 1024


def keep(upload: "UploadedFile[Any]", *, item: str) -> Ticket:
    """Put the uploaded bytes into the store of originals. Raises: `FileTooLarge`."""
    name = (upload.name or "file")[-LONGEST_NAME:]
    size = upload.size or 0
    if size > SIZE_LIMIT:
        raise FileTooLarge(filename=name, size_mb=size // MEGABYTE, limit_mb=SIZE_LIMIT // MEGABYTE)
    return Ticket(sha256=_kept(upload), filename=name, item=item)


def _kept(upload: "UploadedFile[Any]") -> str:
    """A large upload lies on disk already and is kept from there."""
    if isinstance(upload, TemporaryUploadedFile):
        return originals().put_file(Path(upload.temporary_file_path()))
    return originals().put(upload.read())


def signed(ticket: Ticket, *, by: Actor) -> str:
    """The ticket as text for an address."""
    told = [ticket.sha256, ticket.filename, ticket.item, ticket.mapping]
    content = [by.login, *told, ticket.sheet, list(ticket.tables)]
    return signing.dumps(content, salt=SALT, compress=True)


def opened(text: str, *, by: Actor) -> Ticket:
    """The ticket in an address. Raises: `UploadUnknown`."""
    try:
        login, *content = signing.loads(text, salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        raise UploadUnknown from None
    if login != by.login:
        raise UploadUnknown
    return Ticket(*content)
