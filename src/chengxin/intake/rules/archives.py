"""A zip of tables: each member is offered like a sheet; what reaches outside is refused."""

import gzip
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from chengxin.intake.errors import (
    Corrupt,
    DisguisedTable,
    EmptyFile,
    Encrypted,
    NoRecords,
    NoTableInside,
    NotATable,
    UnknownContent,
    UnsafeArchive,
    ZipBomb,
)
from chengxin.intake.rules.formats import UNREADABLE, Format, sniff
from chengxin.intake.rules.limits import (
    MEGABYTE,
    MOST_TABLES,
    RATIO_FROM,
    RATIO_LIMIT,
    UNPACKED_LIMIT,
)
from chengxin.intake.rules.packages import refuse_declared
from chengxin.intake.values import Header, Question, Row, Staged

if TYPE_CHECKING:
    from chengxin.intake.rules.readers import Source

Opener = Callable[[Path, str, Path], "Source"]
CHUNK: Final = 1 << 20
UTF8_NAME: Final = 0x800
SHOWN: Final = 8
_OUTSIDE: Final = re.compile(r"^[/\\\\]|^[A-Za-z]:|(^|[/\\\\])\.\.([/\\\\]|$)|\x00")
_LITTER: Final = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|\._|Thumbs\.db$|~\$)")
_NO_TABLES: Final = (NotATable, DisguisedTable, UnknownContent, EmptyFile, NoRecords)


class ArchiveSource:
    """The tables in a zip 压缩包, member by member, sheet by sheet.

    Raises: `UnsafeArchive`, `ZipBomb`, `Encrypted`, `Corrupt`, `NoTableInside`, and what opening
    a member raises: an archive is read whole or not at all.
    """

    def __init__(self, source: Path, filename: str, folder: Path, opener: Opener) -> None:
        self.oddities: list[Question] = []
        self._sheets: list[tuple[str, Source, int]] = []
        others: list[str] = []
        members = list(_unpacked(source, filename, folder))
        for number, (name, path) in enumerate(members):
            place = folder / f"open-{number}"
            place.mkdir()
            try:
                opened = opener(path, f"{filename} / {name}", place)
            except _NO_TABLES:
                others.append(name)
                continue
            for at, sheet in enumerate(opened.names):
                shown = name if len(opened.names) == 1 else f"{name} / {sheet}"
                self._sheets.append((shown, opened, at))
        if not self._sheets:
            raise NoTableInside(filename=filename, members="、".join(others[:SHOWN]) or "-")
        if others:
            self.oddities.append(_others_question(others))

    @property
    def names(self) -> tuple[str | None, ...]:
        """One name per table: the member's, and the sheet's where it has several."""
        return tuple(name for name, _, _ in self._sheets)

    def member(self, sheet: int) -> "Source":
        """The source a sheet belongs to: what the answer tells of format and encoding."""
        return self._sheets[sheet][1]

    @property
    def format(self) -> Format:
        """Zip; `member` tells the kind of each table."""
        return Format.ZIP

    @property
    def encoding(self) -> str | None:
        """None; `member` tells it for each table."""
        return None

    def header(self, sheet: int) -> Header | None:
        """The names that come with the records of a member."""
        _, opened, at = self._sheets[sheet]
        return opened.header(at)

    def rows(self, sheet: int) -> Iterator[Row]:
        """The rows of a member."""
        _, opened, at = self._sheets[sheet]
        return opened.rows(at)

    def stage(self, sheet: int, header: Header, extent: int, folder: Path) -> Staged:
        """The rows of a member on disk."""
        _, opened, at = self._sheets[sheet]
        return opened.stage(at, header, extent, folder)


def unpack_gzip(source: Path, filename: str, folder: Path) -> Path:
    """The one file inside a gzip. Raises: `ZipBomb`, `Corrupt`."""
    target = folder / "unpacked"
    try:
        with gzip.open(source) as stream:
            _copy(stream, target, filename, source.stat().st_size, UNPACKED_LIMIT)
    except (OSError, EOFError, zlib.error) as error:
        raise Corrupt(filename=filename, kind="gzip") from error
    return target


def _unpacked(source: Path, filename: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """Every member that may hold a table, unpacked under a name of our own."""
    size, left = source.stat().st_size, UNPACKED_LIMIT
    try:
        with zipfile.ZipFile(source) as package:
            members = [member for member in package.infolist() if not member.is_dir()]
            refuse_declared(members, size, filename)
            named = [(_name(member), member) for member in members]
            for name, _ in named:
                _refuse_outside(name, filename)
            wanted = [(name, member) for name, member in named if not _LITTER.search(name)]
            if len(wanted) > MOST_TABLES:
                raise _unsafe(
                    filename,
                    wanted[MOST_TABLES][0],
                    f"已超过{MOST_TABLES}个文件的上限",
                    f"is beyond the limit of {MOST_TABLES} files",
                )
            for number, (name, member) in enumerate(wanted):
                target = folder / f"member-{number}"
                with package.open(member) as stream:
                    left -= _copy(stream, target, filename, size, left)
                if _is_archive(target, name):
                    raise _unsafe(filename, name, "又是一个压缩包", "is an archive itself")
                yield name, target
    except RuntimeError as error:
        if "password" in str(error) or "encrypted" in str(error):
            raise Encrypted(filename=filename) from error
        raise Corrupt(filename=filename, kind="zip") from error
    except UNREADABLE as error:
        raise Corrupt(filename=filename, kind="zip") from error


def _name(member: zipfile.ZipInfo) -> str:
    """The name of a member; old programs wrote Chinese names as GBK without saying so."""
    if member.flag_bits & UTF8_NAME:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _refuse_outside(name: str, filename: str) -> None:
    if _OUTSIDE.search(name):
        why, why_en = "的路径指向压缩包之外", "points outside the archive"
        raise _unsafe(filename, name.replace("\x00", ""), why, why_en)


def _unsafe(filename: str, member: str, why: str, why_en: str) -> UnsafeArchive:
    return UnsafeArchive(filename=filename, member=member, why=why, why_en=why_en)


def _is_archive(path: Path, name: str) -> bool:
    """Whether a member is a zip or gzip, a workbook apart."""
    try:
        return sniff(path, name) in {Format.ZIP, Format.GZIP}
    except NotATable as error:
        return "压缩包" in str(error.facts.get("kind_zh", ""))
    except (*_NO_TABLES, Corrupt, Encrypted):
        return False


def _copy(
    stream: IO[bytes] | gzip.GzipFile, target: Path, filename: str, size: int, left: int
) -> int:
    """Unpack piece by piece, counting: sizes written in the archive are not believed."""
    total = 0
    with target.open("wb") as out:
        while piece := stream.read(CHUNK):
            total += len(piece)
            if total > left or total > max(RATIO_FROM, RATIO_LIMIT * size):
                raise ZipBomb(filename=filename, limit_mb=UNPACKED_LIMIT // MEGABYTE)
            out.write(piece)
    return total


def _others_question(others: list[str]) -> Question:
    shown = "、".join(others[:SHOWN])
    return Question(
        kind="other_files",
        columns=(),
        message_zh=f"压缩包中还有{len(others)}个文件不是数据表，未读取：{shown}。",
        message_en=f"{len(others)} files in the archive are no tables and were not read: {shown}.",
        blocking=False,
    )
