"""Public reading: search, an organisation's file, one fact, the log's end."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from ninja import Query, Router

from chengxin.api.schemas import (
    Fact,
    Hit,
    Hits,
    LogHead,
    OrganisationFile,
    Refusal,
)
from chengxin.audit import queries as audit
from chengxin.kernel.canonical import canonical_json, sha256_hex
from chengxin.kernel.clock import today
from chengxin.policy.queries import current_rulebook
from chengxin.publication import queries as publication
from chengxin.register.errors import UnderCheck, UnknownRecord
from chengxin.replay.queries import organisation_file
from chengxin.replay.rules.serving import fact_of
from chengxin.subjects import queries as subjects
from chengxin.subjects.errors import UnknownSubject
from chengxin.subjects.rules.asking import is_personal

router = Router()
DIGEST = "X-Chengxin-Digest"


@router.get("/organisations", response=Hits, summary="按名称、曾用名或代码查找组织")
def search(request: HttpRequest, q: str, limit: Annotated[int, Query(ge=1, le=100)] = 20) -> Hits:
    """Find organisations by name, short or former name, pinyin or code; `reason` says by which.

    `count` goes up to 500. The number of a natural person finds nothing and is not repeated.
    """
    found = subjects.find(q)
    results = [Hit(**hit.__dict__) for hit in subjects.hits(found.matches[:limit])]
    query = "" if is_personal(q) else q
    return Hits(query=query, count=len(found.matches), results=results)


@router.get(
    "/organisations/{public_id}",
    response={200: OrganisationFile, 308: None, 404: Refusal},
    summary="组织的公开信用信息（可按日期回看）",
)
def organisation(
    request: HttpRequest,
    response: HttpResponse,
    public_id: str,
    on: date | None = None,
    known: datetime | None = None,
) -> dict[str, Any] | HttpResponse:
    """What is public about an organisation on a day, as known at a moment.

    The header `X-Chengxin-Digest` is the SHA-256 of the answer in canonical spelling: noted, it
    proves later what was served (replay gives the same). 308 to the body it was merged into, as
    known at that moment.
    """
    subject = subjects.by_public_id(public_id, known=known)
    if subject is not None and subject.public_id != public_id:
        return _moved(request, subject.public_id)
    subject = subject or subjects.by_code(public_id, known=known)
    if subject is None:
        raise UnknownSubject(asked=public_id)
    answer = organisation_file(subject, on=on or today(), book=current_rulebook(), known=known)
    response[DIGEST] = sha256_hex(canonical_json(answer))
    return answer


@router.get(
    "/records/{record_id}", response={200: Fact, 404: Refusal}, summary="一条公示信息及其来源凭证"
)
def record(request: HttpRequest, record_id: UUID, on: date | None = None) -> dict[str, Any]:
    """One public fact with its passport."""
    fact = publication.public_fact(record_id, on=on or today(), book=current_rulebook())
    if fact is None and publication.under_check(record_id, on=today(), book=current_rulebook()):
        raise UnderCheck(asked=str(record_id))
    if fact is None:
        raise UnknownRecord(asked=str(record_id))
    return fact_of(fact, current_rulebook())


def _moved(request: HttpRequest, public_id: str) -> HttpResponse:
    there = reverse("api:organisation", kwargs={"public_id": public_id})
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    answer = HttpResponsePermanentRedirect(there + query, preserve_request=True)
    answer["Cache-Control"] = "no-cache"
    return answer


@router.get("/log/head", response=LogHead, summary="操作日志末端（供外部留存比对）")
def log_head(request: HttpRequest) -> LogHead:
    """The last entry's number and hash."""
    end = audit.head()
    return LogHead(sequence=end.sequence, hash=end.hash)
