"""The held rows of a batch, made anew from the original where they were lost."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from chengxin.catalogue.values import Item
from chengxin.intake.models import Batch, RowState
from chengxin.intake.queries import originals, place_of
from chengxin.intake.refusals import HeldFileTampered, HeldRowsChanged
from chengxin.intake.services.doubting import doubtful_rows
from chengxin.intake.services.holding import HELD_DIGEST, content_digest, drop, hold
from chengxin.intake.services.looking import look
from chengxin.kernel.zone import SHANGHAI
from chengxin.policy.values import Rulebook


@contextmanager
def working_folder(purpose: str) -> Iterator[Path]:
    """A folder of this installation's own for the files of one act, gone after it."""
    work = Path(settings.CHENGXIN_HOME) / "work"
    work.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{purpose}-", dir=work) as folder:
        yield Path(folder)


def held_rows(batch: Batch, item: Item, *, book: Rulebook, folder: Path) -> Path:
    """The file of the clean rows of a submitted batch, saying what it said at submission.

    Lost, or held by a version that took no digest of it, it is made anew.
    Raises: `HeldFileTampered` if it says something else, `HeldRowsChanged` if it had to be made
    anew and today's rules find other rows clean, or other values in them.
    """
    place = place_of(batch)
    known = str(batch.tally.get(HELD_DIGEST, ""))
    if place.exists() and known:
        if content_digest(place) != known:
            raise HeldFileTampered(number=batch.number)
        return place
    mapping = {one["header"]: one["field"] for one in batch.layout["columns"] if one["header"]}
    seen = look(
        originals().checked_path(batch.file_sha256),
        batch.filename,
        folder=folder,
        book=book,
        on=batch.submitted_at.astimezone(SHANGHAI).date(),
        item_code=item.code,
        sheet=batch.sheet or None,
        mapping=mapping,
    )
    before = int(batch.tally["unlisted"].get(RowState.CLEAN, 0))
    after = 0
    if seen.examined is not None:
        after = hold(batch, seen.examined.checked, item, doubtful_rows(seen.examined))
    if after != before or (known and content_digest(place) != known):
        drop(batch)  # else the next release would find it and ask no more
        raise HeldRowsChanged(number=batch.number, before=before, after=after)
    return place
