"""The folders of a watched folder 监看文件夹, reached without ever following a link.

A department drops files at the top. `taken`, `refused` and `receipts` are for it to read, and
`.taking` holds the file under way. Every act names a folder that was opened as a folder and
a name in it, so a link put in the way is met as a link and not followed.
"""

import json
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from chengxin.intake.channels.refusals import FolderUnusable

TAKING, TAKEN, REFUSED, RECEIPTS = ".taking", "taken", "refused", "receipts"
OWN = (TAKING, TAKEN, REFUSED, RECEIPTS)
LONGEST_NAME = 255  # bytes of a name on every usual file system
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True)
class Place:
    """One drop folder, its own folders open; numbers are file descriptors."""

    shown: str
    top: int
    own: dict[str, int]

    def names(self) -> list[str]:
        """What lies at the top, in order of name, hidden and own names left out."""
        return sorted(
            name for name in _names(self.top) if not name.startswith(".") and name not in OWN
        )

    def under_way(self) -> list[str]:
        """What was taken and not brought to its end."""
        return sorted(_names(self.own[TAKING]))

    def status(self, name: str) -> os.stat_result | None:
        """A name's own status, a link not followed; None if it is gone."""
        try:
            return os.stat(name, dir_fd=self.top, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def move(self, name: str, into: str, as_name: str, *, out_of: int | None = None) -> bool:
        """Move in one step and make it last; False if the file is gone."""
        source = self.top if out_of is None else out_of
        try:
            os.rename(name, as_name, src_dir_fd=source, dst_dir_fd=self.own[into])
        except FileNotFoundError:
            return False
        os.fsync(self.own[into])
        os.fsync(source)
        return True

    def write(self, into: str, name: str, text: str) -> None:
        """Write a small file whole or not at all; an earlier one of the name is replaced."""
        draft = fitting(".draft-", name)
        folder = self.own[into]
        with suppress(FileNotFoundError):
            os.unlink(draft, dir_fd=folder)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        handle = os.open(draft, flags, 0o644, dir_fd=folder)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, name, src_dir_fd=folder, dst_dir_fd=folder)
        os.fsync(folder)

    def remove(self, name: str) -> None:
        """Take a sidecar away, once what it spoke of is done with."""
        with suppress(FileNotFoundError):
            os.unlink(name, dir_fd=self.top)


@contextmanager
def opened(folder: str) -> Iterator[Place]:
    """Open the drop folder `folder` below the folder of drops, and make its own folders.

    Raises: `FolderUnusable`.
    """
    shown = str(Path(settings.CHENGXIN_DROPS) / folder)
    with ExitStack() as open_now:
        try:
            Path(settings.CHENGXIN_DROPS).mkdir(parents=True, exist_ok=True)
            top = _held(open_now, os.open(settings.CHENGXIN_DROPS, _FOLDER))
            for part in folder.split("/"):
                top = _held(open_now, _inner(part, top, made=False))
            own = {name: _held(open_now, _inner(name, top, made=True)) for name in OWN}
            probe = os.open(".", os.O_RDONLY | os.O_DIRECTORY, dir_fd=own[TAKING])
            os.close(probe)
            if not os.access(".", os.W_OK, dir_fd=top):
                raise PermissionError("not writable")
        except OSError as error:
            said = error.strerror or str(error)
            raise FolderUnusable(folder=shown, said=said) from error
        yield Place(shown, top, own)


def prepare(folder: str) -> None:
    """Make the drop folder when it is declared; later a missing one is a fault to be told.

    Raises: `FolderUnusable`.
    """
    whole = Path(settings.CHENGXIN_DROPS) / folder
    try:
        whole.mkdir(mode=0o770, parents=True, exist_ok=True)
    except OSError as error:
        raise FolderUnusable(folder=str(whole), said=error.strerror or str(error)) from error


def _held(open_now: ExitStack, handle: int) -> int:
    open_now.callback(os.close, handle)
    return handle


def _inner(name: str, folder: int, *, made: bool) -> int:
    if made:
        with suppress(FileExistsError):
            os.mkdir(name, 0o770, dir_fd=folder)
    return os.open(name, _FOLDER, dir_fd=folder)


def _names(folder: int) -> list[str]:
    return os.listdir(folder)


def plain(status: os.stat_result) -> bool:
    """A file of its own: no link, no device, no second name elsewhere."""
    return stat.S_ISREG(status.st_mode) and status.st_nlink == 1


def shown_name(name: str) -> str:
    """A file's name as text, also where it was written in GB18030 by another system."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return raw.decode("utf-8", "replace")


def fitting(before: str, name: str, after: str = "") -> str:
    """The parts as one name no longer than a file system takes; the end of `name` stays."""
    room = LONGEST_NAME - len(os.fsencode(before)) - len(os.fsencode(after))
    raw = os.fsencode(name)
    cut = raw if len(raw) <= room else raw[-room:].decode("utf-8", "ignore").encode()
    return f"{before}{os.fsdecode(cut)}{after}"


def as_text(content: dict[str, Any]) -> str:
    """A receipt as a file."""
    return json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n"
