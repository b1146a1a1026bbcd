"""Files kept whole and for ever, under the digest of their content.

A folder by default. What a department sent is evidence: it is written once, never changed, and
read back only if it is still what was sent.
"""

import hashlib
import os
import re
import shutil
import tempfile
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from chengxin.kernel.canonical import sha256_hex
from chengxin.kernel.errors import CreditError

_ADDRESS = re.compile(r"[0-9a-f]{64}", re.ASCII)
_READ_ONLY = 0o440
_PIECE = 1 << 20


class ContentMissing(CreditError):
    """Nothing is kept under this digest. Facts: sha256."""

    code = "KERNEL-CONTENT-MISSING"
    zh = "原件库中没有校验值为 {sha256} 的文件。请核对编号；如编号无误，请从备份恢复原件库。"
    en = (
        "The store holds no file with digest {sha256}. "
        "Check the number; if it is right, restore the store from backup."
    )
    status = 404


class ContentTampered(CreditError):
    """A kept file is no longer what was put in. Facts: sha256, found."""

    code = "KERNEL-CONTENT-TAMPERED"
    zh = (
        "原件库中的文件 {sha256} 与存入时不一致（现为 {found}），已拒绝使用。"
        "请保留现场、停止使用该文件，并从备份恢复。"
    )
    en = (
        "The stored file {sha256} is no longer what was put in (it is now {found}) and was "
        "refused. Keep it as evidence, do not use it, and restore it from backup."
    )
    status = 500


class ContentStore:
    """A folder of files named by their SHA-256, one sub-folder per first two digits."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, data: bytes) -> str:
        """Keep `data` and return its SHA-256. The same content twice is kept once.

        When this returns the file is on the disk, not only in a cache; a kill before that
        leaves nothing under the final name.
        Raises: `ContentTampered` if other bytes already sit there: they are left as evidence.
        """
        return self._keep(BytesIO(data), sha256_hex(data))

    def put_file(self, source: Path) -> str:
        """Keep a copy of the file `source`, like `put`; memory does not grow with it.

        Raises: `ContentTampered` also if the file changed while it was copied.
        """
        with source.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            return self._keep(file, sha256)

    def _keep(self, source: BinaryIO, sha256: str) -> str:
        target = self.path(sha256)
        if target.exists():
            self.checked_path(sha256)
            return sha256
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, draft_name = tempfile.mkstemp(prefix=".draft-", dir=target.parent)
        draft = Path(draft_name)
        try:
            with os.fdopen(handle, "wb+") as file:
                shutil.copyfileobj(source, file, _PIECE)
                file.flush()
                file.seek(0)
                _require(hashlib.file_digest(file, "sha256").hexdigest(), sha256)
                os.fchmod(file.fileno(), _READ_ONLY)
                os.fsync(file.fileno())
            draft.rename(target)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        for folder in (target.parent, self.root, self.root.parent):
            _sync_folder(folder)
        return sha256

    def checked_path(self, sha256: str) -> Path:
        """Where the file lies, once it has been found to be what was put in.

        For readers that take a path. Raises: `ContentMissing`, `ContentTampered`.
        """
        path = self.path(sha256)
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError as error:
            raise ContentMissing(sha256=sha256) from error
        _require(found, sha256)
        return path

    def get(self, sha256: str) -> bytes:
        """The bytes kept under `sha256`, checked on every read.

        Raises: `ContentMissing`, `ContentTampered`.
        """
        try:
            data = self.path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise ContentMissing(sha256=sha256) from error
        _require(sha256_hex(data), sha256)
        return data

    def path(self, sha256: str) -> Path:
        """Where the file lies or would lie. Raises: `ContentMissing` for what is no digest."""
        # Also the guard against `../`: an address is 64 hexadecimal digits and nothing else.
        if not _ADDRESS.fullmatch(sha256):
            raise ContentMissing(sha256=sha256)
        return self.root / sha256[:2] / sha256


def _require(found: str, sha256: str) -> None:
    if found != sha256:
        raise ContentTampered(sha256=sha256, found=found)


def _sync_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut, not only the bytes."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
