"""The held rows of a batch, made anew from the original where they were lost."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from chengxin.catalogue.values import Item
from chengxin.intake.models import Batch, RowState
from chengxin.intake.queries import originals, place_of
from chengxin.intake.refusals import HeldRowsChanged
from chengxin.intake.services.doubting import doubtful_rows
from chengxin.intake.services.holding import hold
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
    """The file of the clean rows of a submitted batch.

    Raises: `HeldRowsChanged` if it had to be made anew and today's rules find other rows clean.
    """
    place = place_of(batch)
    if place.exists():
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
    if after != before:
        raise HeldRowsChanged(number=batch.number, before=before, after=after)
    return place
