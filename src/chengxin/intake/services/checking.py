"""Checking an uploaded file in the background 后台校验: a row tells how far it has come.

A small file is checked at once. A large one is left to the worker; the page asks again until it
is done, and whoever leaves finds it done on coming back. What was found is kept for a day, so
turning a page of faults checks nothing anew. A worker that is killed leaves a row that the next
minute's job takes up again.
"""

import pickle
import shutil
import tempfile
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app

from chengxin.intake.channels.models import Checking
from chengxin.intake.queries import originals
from chengxin.intake.services.looking import look
from chengxin.intake.services.remembering import recall_for, remembered_mappings
from chengxin.intake.values import Preview
from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import canonical_json, sha256_hex
from chengxin.kernel.clock import now
from chengxin.kernel.errors import CreditError
from chengxin.policy.values import Rulebook

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
AT_ONCE = 2 * 1024 * 1024
"""Bytes that are checked while the page is made: well under a second."""
KEPT = timedelta(hours=24)
TOLD = timedelta(minutes=1)
"""A failed check is told for so long; asked for later, it is tried again."""
Underway = Checking
"""The row of a check that is not done."""


class CheckFailed(CreditError):
    """The file itself cannot be read; the sentence is that of the first try."""

    code = "INTAKE-CHECK-FAILED"
    zh = "{said}"
    en = "{said_en}"


def check(
    *,
    sha256: str,
    filename: str,
    item: str,
    mapping: Mapping[str, str] | None,
    by: Actor,
    on: date,
    book: Rulebook,
    sheet: str = "",
) -> Preview | Checking:
    """What is in a kept file and what is wrong in it; for a large one, how far its check has come.

    `sheet` says which of several tables is meant. What the actor's unit decided about such
    columns before is proposed again.
    Raises: `NotPermitted`, and what `look` raises for a file that cannot be read.
    """
    by.require("intake.preview")
    remembered = [
        [one.id, one.decided_at.isoformat()] for one in remembered_mappings(unit=by.unit, by=by)
    ]
    asked = [sha256, filename, item, mapping, on.isoformat(), book.edition, sheet, remembered]
    key = sha256_hex(canonical_json(asked))
    if (found := _kept(key)) is not None:
        return found
    original = originals().path(sha256)
    size = original.stat().st_size if original.exists() else 0
    if size <= AT_ONCE:
        seen = Checking(
            sha256=sha256, filename=filename, item=item, mapping=mapping, sheet=sheet, unit=by.unit
        )
        found = _looked(original, seen, on=on, book=book)
        _keep(key, found)
        return found
    row, fresh = Checking.objects.get_or_create(
        key=key,
        defaults={
            "sha256": sha256,
            "filename": filename[-255:],
            "item": item,
            "mapping": mapping,
            "sheet": sheet,
            "unit": by.unit,
            "login": by.login,
            "size_bytes": size,
            "state": WAITING,
            "asked_at": now(),
        },
    )
    if row.state == FAILED and row.finished_at and row.finished_at > now() - TOLD:
        said = row.problem or {}
        raise CheckFailed(said=said.get("message_zh", ""), said_en=said.get("message_en", ""))
    if fresh or row.state in {DONE, FAILED}:  # what was found or told is no longer kept
        Checking.objects.filter(key=key).update(state=WAITING, asked_at=now())
        _defer()
    return row


def phase(row: Checking) -> str:
    """`waiting`, then `reading` until the rows are on disk, then `checking`."""
    if row.state != RUNNING:
        return row.state
    staged = any(_work(row.key).rglob("*.parquet")) if _work(row.key).exists() else False
    return "checking" if staged else "reading"


def run_checks(
    *, on: date, book: Rulebook, stop: Callable[[], bool] = lambda: False
) -> list[Checking]:
    """Check what waits, oldest first; one process at a time per file."""
    done = []
    _clear()
    for row in Checking.objects.filter(state__in=[WAITING, RUNNING]).order_by("asked_at"):
        if stop():
            break
        with connection.cursor() as cursor:
            lock = ["chengxin.check", row.key]
            cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s), hashtext(%s))", lock)
            if not cursor.fetchone()[0]:
                continue
        try:
            _run(row, on=on, book=book)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s), hashtext(%s))", lock)
        done.append(row)
    return done


def _run(row: Checking, *, on: date, book: Rulebook) -> None:
    row.refresh_from_db()
    if row.state not in {WAITING, RUNNING}:
        return
    row.state, row.started_at = RUNNING, now()
    row.save(update_fields=["state", "started_at"])
    work = _work(row.key)
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700)
    try:
        original = originals().path(row.sha256)
        found = _looked(original, row, on=on, book=book, folder=work)
        _keep(row.key, found)
        row.state = DONE
    except CreditError as error:
        row.state, row.problem = FAILED, error.as_json()
    except Exception as error:
        row.state = FAILED
        row.problem = {
            "message_zh": f"校验中断（{type(error).__name__}），请把文件交给系统管理员。",
            "message_en": f"The check broke off ({type(error).__name__}); show the operator.",
        }
        raise
    finally:
        row.finished_at = now()
        row.save(update_fields=["state", "problem", "finished_at"])
        shutil.rmtree(work, ignore_errors=True)


def _looked(
    original: Path,
    asked: Checking,
    *,
    on: date,
    book: Rulebook,
    folder: Path | None = None,
) -> Preview:
    with tempfile.TemporaryDirectory(prefix="chengxin-check-", dir=folder) as inner:
        return look(
            original,
            asked.filename,
            folder=Path(inner),
            book=book,
            on=on,
            item_code=asked.item or None,
            sheet=asked.sheet or None,
            mapping=asked.mapping,
            recall=recall_for(asked.unit),
        ).preview


def _defer() -> None:
    """Have the worker look at once; asked by name, for jobs stand above verbs."""
    app.configure_task("intake.checks").defer()


def _keep(key: str, found: Preview) -> None:
    draft = _folder() / f".{key}"
    draft.write_bytes(pickle.dumps(found))
    draft.chmod(0o600)
    draft.replace(_folder() / f"{key}.seen")


def _kept(key: str) -> Preview | None:
    """What was found before; written by this house, in a folder that is its own."""
    try:
        found = pickle.loads((_folder() / f"{key}.seen").read_bytes())  # noqa: S301
    except (FileNotFoundError, AttributeError, EOFError, TypeError, pickle.UnpicklingError):
        return None  # not there, or written by an earlier version of the code
    return found if isinstance(found, Preview) else None


def _clear() -> None:
    """Let go of what was found more than a day ago."""
    old = Checking.objects.filter(asked_at__lte=now() - KEPT, state__in=[DONE, FAILED])
    for key in old.values_list("key", flat=True):
        (_folder() / f"{key}.seen").unlink(missing_ok=True)
    old.delete()
    for seen in _folder().glob("*.seen"):
        if seen.stat().st_mtime < (now() - KEPT).timestamp():
            seen.unlink(missing_ok=True)


def _folder() -> Path:
    folder = Path(settings.CHENGXIN_HOME) / "checks"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _work(key: str) -> Path:
    return _folder() / f"{key}.work"
