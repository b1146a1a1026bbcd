"""Try a change of the rulebook on the whole register 试算, and sign what came out."""

import base64
import json
import tempfile
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from chengxin.audit import queries as log
from chengxin.audit import services as audit
from chengxin.catalogue.errors import CatalogueRefused
from chengxin.catalogue.queries import check_items
from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import canonical_json, sha256_hex
from chengxin.kernel.clock import now
from chengxin.kernel.uuids import time_ordered
from chengxin.policy.services import edition_in, load_rulebook
from chengxin.policy.values import Rulebook
from chengxin.reports.services.stating import sign_statement
from chengxin.subjects.queries.finding import called
from chengxin.tunnel.errors import OfficialNeeded, PlaceTaken, SameEdition
from chengxin.tunnel.models import Simulation
from chengxin.tunnel.queries.comparing import compare
from chengxin.tunnel.queries.planning import plan
from chengxin.tunnel.queries.program import program
from chengxin.tunnel.rendering import page
from chengxin.tunnel.rules.budget import exceeded, weigh
from chengxin.tunnel.rules.changes import changes
from chengxin.tunnel.rules.twin import twin
from chengxin.tunnel.values import (
    FORMAT,
    MANIFEST,
    OFFICERS_COPY,
    PAGE,
    REPORT,
    SIGNATURE,
    SIMULATE,
    Line,
    Simulated,
)

NOBODY = frozenset({"", "system"})
HELD = 4
"""Editions this process has read and found faultless; one takes half a second to read again."""

_faultless: OrderedDict[str, Rulebook] = OrderedDict()


def faultless(root: Path) -> Rulebook:
    """The rulebook in a folder with nothing wrong in it, the catalogue included.

    Raises: `RulebookMissing`, `RulebookRefused`, `CatalogueRefused`.
    """
    held = _faultless.get(edition_in(root))
    if held is not None:
        return held
    book = load_rulebook(root)
    faults = check_items(book)
    if faults:
        raise CatalogueRefused(faults)
    _faultless[book.edition] = book
    while len(_faultless) > HELD:
        _faultless.popitem(last=False)
    return book


def simulate(
    *, before: Rulebook, target: Path, out: Path, by: Actor, on: date, book: Rulebook
) -> Simulated:
    """Put two editions before the whole register and write the signed report into `out`.

    `on` is the legal day asked about; what is known is what is known now. `book` is the edition in
    force: its harm budget counts, never that of the change. Nothing of the register is written.
    Raises: `NotPermitted`, `OfficialNeeded`, `PlaceTaken`, `SameEdition`, `RulebookMissing`,
    `RulebookRefused`, `CatalogueRefused`, `NoAuthority`.
    """
    by.require(SIMULATE)
    if by.login in NOBODY:
        raise OfficialNeeded
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise PlaceTaken(path=str(out))
    after = faultless(target)
    if after.edition == before.edition:
        raise SameEdition(edition=after.edition_short)
    moment, head = now(), log.head()
    found = compare(plan(before, after, on), known=moment)
    lines = weigh(found["harm"], found["organisations"], on=moment.date(), book=book)
    identity = time_ordered(moment)
    described = {
        "id": str(identity),
        "site": {"zh": book.site.name, "en": book.site.name_en},
        "before": before.edition,
        "after": after.edition,
        "on": on.isoformat(),
        "made_on": moment.date().isoformat(),
        "made_at": moment.isoformat(timespec="seconds"),
        "simulated_by": by.login,
        "program": program(),
        "log": {"sequence": head.sequence, "hash": head.hash},
    }
    told = twin(described, found, lines, changes(before, after), (before, after))
    files = {
        REPORT: json.dumps(told, ensure_ascii=False, indent=1).encode(),
        PAGE: page(told).encode(),
        OFFICERS_COPY: page(told, _named(found["named"], told)).encode(),
    }
    result = Simulated(
        identity, before.edition, after.edition, on, not exceeded(lines), exceeded(lines), told
    )
    _keep(result, described, files, lines, out, by, book)
    return result


def _named(
    moves: Sequence[tuple[str, str, str, str]], told: Mapping[str, Any]
) -> dict[str, list[dict[str, Any]]]:
    """Who moves, by name, for the officers' copy."""
    names = called({UUID(subject) for _, subject, _, _ in moves})
    words = {model["code"]: model["words"] for model in told["models"]}
    found: dict[str, list[dict[str, Any]]] = {}
    for model, subject, early, late in moves:
        public_id, name = names.get(UUID(subject), ("", ""))
        pair = [words[model].get(code, {"zh": "—", "en": "—"}) for code in (early, late)]
        row = {"name": name, "public_id": public_id, "before": pair[0], "after": pair[1]}
        found.setdefault(model, []).append(row)
    return found


@transaction.atomic
def _keep(
    made: Simulated,
    described: Mapping[str, Any],
    files: dict[str, bytes],
    lines: Sequence[Line],
    out: Path,
    by: Actor,
    book: Rulebook,
) -> None:
    """Note the simulation and write its files, both or neither."""
    manifest = canonical_json(
        {
            "format": FORMAT,
            **described,
            "exceeded": list(made.exceeded),
            "files": {name: sha256_hex(data) for name, data in files.items()},
        }
    )
    signed = sign_statement(manifest, book=book)
    files[MANIFEST] = manifest
    files[SIGNATURE] = canonical_json(
        {
            "signature": base64.b64encode(signed.signature).decode(),
            "certificate": signed.certificate.decode(),
            "authority": signed.authority,
        }
    )
    row = Simulation.objects.create(
        id=made.id,
        before=made.before,
        after=made.after,
        manifest_sha256=sha256_hex(manifest),
        on=made.on,
        exceeded=list(made.exceeded),
        made_on=date.fromisoformat(described["made_on"]),
        made_at=now(),
        made_by=by.login,
    )
    audit.note(
        by=by,
        verb=SIMULATE,
        target=f"simulation:{row.id}",
        basis="、".join(dict.fromkeys(line.basis for line in lines)),
        facts={
            "before": made.before,
            "after": made.after,
            "manifest": row.manifest_sha256,
            "kept": made.kept,
            "exceeded": list(made.exceeded),
        },
    )
    _write(files, out)


def _write(files: Mapping[str, bytes], out: Path) -> None:
    """All files at once: a kill leaves no half of a report under its name."""
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.exists():
        out.rmdir()
    draft = Path(tempfile.mkdtemp(prefix=".report-", dir=out.parent))
    for name, data in files.items():
        (draft / name).write_bytes(data)
    draft.chmod(0o755)
    draft.rename(out)
