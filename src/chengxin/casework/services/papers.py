"""Papers of a case 证据材料 and what was said in it: sealed, and read with a trace."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from chengxin.access.queries import sealer
from chengxin.audit import services as audit
from chengxin.casework.errors import BadPaper, UnknownCase
from chengxin.casework.models import Case, CasePaper
from chengxin.casework.queries import case_for, speaks
from chengxin.casework.values import Paper
from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import sha256_hex
from chengxin.kernel.clock import now
from chengxin.kernel.store import ContentStore
from chengxin.kernel.uuids import time_ordered

READ_SAID: Final = "casework.read_said"
MEGABYTE: Final = 1024 * 1024
LARGEST_MB: Final = 5
MOST: Final = 10
_BEGINS: Final = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}


def store() -> ContentStore:
    """Where papers lie, sealed."""
    return ContentStore(Path(settings.CHENGXIN_HOME) / "papers")


def keep_papers(case: Case, papers: Sequence[Paper], by: Actor) -> None:
    """Seal and keep the papers handed in with a step. What a file is, its content says.

    Raises: `BadPaper`.
    """
    held = case.papers.count() if papers else 0
    for paper in papers:
        media = next(
            (kind for begins, kind in _BEGINS.items() if paper.content[:8].startswith(begins)), ""
        )
        too_many = held + len(papers) > MOST
        if not media or len(paper.content) > LARGEST_MB * MEGABYTE or too_many:
            raise BadPaper(name=paper.name[:80], limit_mb=LARGEST_MB, most=MOST)
    for paper in papers:
        media = next(
            kind for begins, kind in _BEGINS.items() if paper.content[:8].startswith(begins)
        )
        moment = now()
        CasePaper.objects.create(
            id=time_ordered(moment),
            case=case,
            sealed_name=sealer().seal(paper.name[:200].encode()),
            media_type=media,
            size=len(paper.content),
            content_sha256=sha256_hex(paper.content),
            stored_sha256=store().put(sealer().seal(paper.content)),
            login=by.login,
            added_at=moment,
        )


def names_of(case: Case) -> list[tuple[UUID, str, int]]:
    """Id, name and size of a case's papers, for who may read what was said."""
    return [
        (one.id, sealer().unseal(bytes(one.sealed_name)).decode(), one.size)
        for one in case.papers.order_by("added_at")
    ]


@transaction.atomic
def open_paper(*, number: str, paper_id: UUID, by: Actor) -> tuple[str, bytes]:
    """One paper: its media type and content; noted in the log. Raises: `UnknownCase`."""
    case = case_for(number, by=by)
    if not (by.may(READ_SAID, case.unit) or speaks(by, case.subject_id)):
        raise UnknownCase(asked=number)
    paper = CasePaper.objects.filter(case=case, id=paper_id).first()
    if paper is None:
        raise UnknownCase(asked=str(paper_id))
    content = sealer().unseal(store().checked_path(paper.stored_sha256).read_bytes())
    audit.note(by=by, verb="casework.open_paper", target=f"case:{number}", unit=case.unit)
    return paper.media_type, content


@transaction.atomic
def read_said(*, number: str, by: Actor) -> list[dict[str, str]]:
    """What the subject said, step by step, for who handles the case or is it; noted in the log.

    Raises: `UnknownCase`, `NotPermitted`.
    """
    case = case_for(number, by=by)
    if not speaks(by, case.subject_id):
        by.require(READ_SAID, unit=case.unit)
    said = [
        {"on": event.effective_on.isoformat(), **json.loads(sealer().unseal(bytes(event.sealed)))}
        for event in case.events.exclude(sealed=None).order_by("id")
        if event.sealed
    ]
    audit.note(by=by, verb="casework.read_said", target=f"case:{number}", unit=case.unit)
    return said
