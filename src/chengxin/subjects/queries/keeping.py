"""The directory of who is known, kept between batches and brought up to date for each.

A version is a folder that never changes; the file `current` names the one that counts. A new one
is written aside, and `current` replaced last: whoever is killed meanwhile leaves the old one. One
process at a time looks and renews; what it hands out are links to the files, so that a version
may go while others still read it. What it has seen of the database stands beside the files; a
version that is not of the database as it is now is made anew, never used.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import pyarrow as pa

from chengxin.subjects.queries.changes import News, Seen, since
from chengxin.subjects.queries.directories import export, tell
from chengxin.subjects.queries.tables import opened, write
from chengxin.subjects.rules import directories
from chengxin.subjects.rules.files import quoted
from chengxin.subjects.values import RULE_VERSION, Directory

PIECES: Final = 24
"""Pieces from which it is cheaper to make one of them again."""
ADDED: Final = 100_000
"""Subjects more than which are not worth a piece."""
PASSES: Final = 3
"""How often to look whether somebody came while we read; who comes later comes later."""


@dataclass(frozen=True)
class _Version:
    folder: Path
    seen: Seen
    pieces: int

    @property
    def files(self) -> list[Path]:
        return sorted(self.folder.glob("*.parquet"))


def directory(folder: Path) -> Directory:
    """Who is known now, as files in `folder`: links to the kept ones where that can be.

    In the caller's transaction: everything committed before, and its own changes.
    """
    place = _place()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(place):
        for file in _renewed(place).files:
            _link(file, folder / file.name)
    return Directory(folder)


def _place() -> Path:
    from django.conf import settings
    from django.db import connection

    return Path(settings.CHENGXIN_HOME) / "matching" / str(connection.settings_dict["NAME"])


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    descriptor = os.open(place / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _renewed(place: Path) -> _Version:
    kept = _current(place)
    news = since(kept.seen) if kept else None
    for _ in range(PASSES):
        if kept and news and news.whom == frozenset():
            break
        kept = _next(place, kept, news)
        news = since(kept.seen)
    if kept is None:
        raise AssertionError  # a pass leaves a version
    return kept


def _next(place: Path, kept: _Version | None, news: News | None) -> _Version:
    """A version that has seen the `news` too, and counts from now on."""
    folder = place / uuid4().hex
    folder.mkdir(mode=0o700)
    if kept and news and _is_added(kept, news, folder):
        made = _Version(folder, news.seen, kept.pieces + 1)
    else:
        first = since(Seen())
        if first is None:
            raise AssertionError  # nothing seen is of every database
        export(folder)
        made = _Version(folder, first.seen, 1)
    _settle(place, made)
    return made


def _is_added(kept: _Version, news: News, folder: Path) -> bool:
    """Add a piece to the old ones, if nothing happened but that subjects came; else nothing."""
    if news.whom is None or len(news.whom) > ADDED or kept.pieces >= PIECES:
        return False
    old = Directory(kept.folder)
    piece = f"-{kept.pieces:04d}"
    with opened(folder) as duck:
        tell(duck, folder, only=news.whom)
        changed = pa.table({"id": pa.array([str(one) for one in news.whom], pa.string())})
        duck.register("changed", changed)
        (touched,) = duck.execute(_touched(old)).fetchone()
        if not touched:
            (last,) = duck.execute(f"SELECT max(n) FROM {quoted(old.subjects)}").fetchone()  # noqa: S608
            write(duck, folder, after=last or 0, piece=piece)
            new = folder / f"inner{piece}.parquet"
            (met,) = duck.execute(
                f"SELECT count(*) FROM {quoted(old.inner)} JOIN {quoted(new)} USING (code)"  # noqa: S608
            ).fetchone()
            if met:
                whole = directories.joined(quoted(old.inner), quoted(new))
                joined = folder / "inner.joined"
                duck.execute(f"COPY ({whole}) TO {quoted(joined)} (FORMAT parquet)")
    for name in ("known", "called", "coded"):
        (folder / f"{name}.csv").unlink()
    if touched:
        return False
    for file in kept.files:
        if not (met and file.name.startswith("inner")):
            _link(file, folder / file.name)
    if met:
        (folder / "inner.joined").replace(new)
    return True


def _touched(old: Directory) -> str:
    """How many of the `changed` are anything but new subjects, of ids behind all old ones."""
    listed = "(SELECT id::UUID AS id FROM changed)"
    return f"""
        SELECT (SELECT count(*) FROM {listed} AS c JOIN merged ON c.id IN (merged.id, merged.main))
            + (SELECT count(*) FROM {listed} AS c
                WHERE c.id <= (SELECT max(subject) FROM {quoted(old.subjects)}))
            + (SELECT count(*) FROM {listed} AS c
                WHERE c.id IN (SELECT subject FROM {quoted(old.entries)}))
    """  # noqa: S608


def _settle(place: Path, made: _Version) -> None:
    """Let a version count: its files first safe on the disk, then its name; the others go."""
    told = {"of": _definition(), "pieces": made.pieces, "seen": asdict(made.seen)}
    told["files"] = {file.name: file.stat().st_size for file in made.files}
    (made.folder / "seen.json").write_text(json.dumps(told), encoding="ascii")
    for file in (*made.files, made.folder / "seen.json"):
        with file.open("rb") as stream:
            os.fsync(stream.fileno())
    draft = place / "current.draft"
    draft.write_text(made.folder.name, encoding="ascii")
    draft.replace(place / "current")
    for folder in place.iterdir():
        if folder.is_dir() and folder != made.folder:
            shutil.rmtree(folder, ignore_errors=True)


def _current(place: Path) -> _Version | None:
    """The version that counts; None if there is none that is whole and made as it would be now."""
    try:
        folder = place / (place / "current").read_text(encoding="ascii")
        told: dict[str, Any] = json.loads((folder / "seen.json").read_text(encoding="ascii"))
        found = {name: (folder / name).stat().st_size for name in told["files"]}
    except (OSError, ValueError):
        return None
    if told["of"] != _definition() or found != told["files"]:
        return None
    seen = told["seen"]
    later = {int(one): token for one, token in seen["later"].items()}
    return _Version(folder, Seen(**{**seen, "later": later}), told["pieces"])


def _definition() -> str:
    """What the files are made by; other words, other files."""
    parts = (RULE_VERSION, directories.numbered(), *directories.tables().values())
    return hashlib.sha256("\n".join((*parts, *directories.files().values())).encode()).hexdigest()


def _link(file: Path, target: Path) -> None:
    try:
        target.hardlink_to(file)
    except OSError:  # another file system
        shutil.copyfile(file, target)
