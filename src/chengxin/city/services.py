"""The one verb of this room: make a city."""

import json
from datetime import date
from pathlib import Path
from typing import Final

from chengxin.city.books import Books
from chengxin.city.errors import CityFolderNotEmpty, CityTooSmall
from chengxin.city.lists import write_organisations, write_persons
from chengxin.city.tally import City, Progress
from chengxin.city.values import Size
from chengxin.policy.queries import current_rulebook
from chengxin.policy.values import Rulebook

__all__ = ["AS_OF", "MANIFEST", "City", "Progress", "make_city"]

AS_OF: Final = date(2026, 11, 20)
LEAST_ORGANISATIONS: Final = 10
LEAST_RECORDS: Final = 10
MANIFEST: Final = "manifest.json"


def make_city(
    *,
    seed: int,
    organisations: int,
    records: int,
    out: Path,
    as_of: date = AS_OF,
    book: Rulebook | None = None,
    progress: Progress = lambda _: None,
) -> City:
    """Make the synthetic city in the empty folder `out`: lists, files and their truth.

    The same arguments and rulebook (the one in use by default) give the same bytes on every
    machine. `progress` is told how many organisations or rows were just written. Memory holds
    one file at a time. Raises: `CityTooSmall`, `CityFolderNotEmpty`.
    """
    if organisations < LEAST_ORGANISATIONS or records < LEAST_RECORDS:
        raise CityTooSmall(organisations=LEAST_ORGANISATIONS, records=LEAST_RECORDS)
    if out.exists() and any(out.iterdir()):
        raise CityFolderNotEmpty(folder=str(out))
    size = Size(seed, organisations, records, as_of)
    book = current_rulebook() if book is None else book
    city = City()
    write_organisations(size, out, city, progress)
    write_persons(size, out, city)
    Books(size, out, book, city).write(progress)
    manifest = {
        "arguments": {
            "seed": size.seed,
            "organisations": size.organisations,
            "records": size.records,
            "as_of": size.as_of.isoformat(),
        },
        "rulebook": book.edition,
        "digest": city.digest,
        "counts": dict(sorted(city.counts.items())),
        "files": dict(sorted(city.digests.items())),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (out / MANIFEST).write_bytes(text.encode() + b"\n")
    return city
