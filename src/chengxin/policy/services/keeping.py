"""Keeping the editions a database works with, so that each can be read again."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import sha256_hex
from chengxin.kernel.clock import now
from chengxin.policy.models import Edition, KeptFile, TakeUp
from chengxin.policy.reading.layout import Files, edition_of_files, files_of

KEEP = "rulebook.keep"
TAKE_UP = "rulebook.take_up"


@transaction.atomic
def keep_edition(*, root: Path, by: Actor) -> str:
    """Keep the files of the rulebook in `root`; the same edition twice is kept once.

    That an edition is kept does not say that it is in use: see `take_up_edition`. The files are
    taken as they are; whoever asks has read them without a fault.
    Returns: the edition. Raises: `NotPermitted`.
    """
    by.require(KEEP)
    return _keep(files_of(root), by)


@transaction.atomic
def take_up_edition(*, root: Path, by: Actor, at: datetime | None = None) -> str:
    """The rulebook in `root` comes into use 启用, from the moment `at` (by default now).

    Kept, and noted as the one in force unless it already is. Processes take up a changed file
    within seconds of each other; the first to do so says when.
    Returns: the edition. Raises: `NotPermitted`.
    """
    by.require(TAKE_UP)
    moment = at or now()
    edition = _keep(files_of(root), by)
    last = TakeUp.objects.select_for_update().order_by("-at", "-id").first()
    if last is None or (last.edition_id != edition and last.at < moment):
        TakeUp.objects.create(edition_id=edition, at=moment, login=by.login)
        before = last.edition_id if last else ""
        audit.note(by=by, verb=TAKE_UP, target=f"edition:{edition}", facts={"before": before})
    return edition


def _keep(files: Files, by: Actor) -> str:
    edition = edition_of_files(files)
    if Edition.objects.filter(edition=edition).exists():
        return edition
    digests = {name: sha256_hex(content) for name, content in files.items()}
    content = {digests[name]: data for name, data in files.items()}
    held = set(KeptFile.objects.filter(sha256__in=content).values_list("sha256", flat=True))
    # Two processes may meet a new edition at once: who comes second finds it there.
    KeptFile.objects.bulk_create(
        [KeptFile(sha256=one, content=data) for one, data in content.items() if one not in held],
        ignore_conflicts=True,
    )
    Edition.objects.bulk_create(
        [Edition(edition=edition, files=digests, kept_at=now())], ignore_conflicts=True
    )
    audit.note(by=by, verb=KEEP, target=f"edition:{edition}", facts={"files": len(files)})
    return edition
