"""Intake by machine: the same verbs as the workbench, with a token."""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja import File, Form, Router
from ninja.files import UploadedFile
from ninja.params.functions import Header
from ninja.security import HttpBearer

from chengxin.access.queries import actor_of_token
from chengxin.api.errors import MappingUnreadable
from chengxin.api.schemas import Refusal, Rows
from chengxin.intake import queries
from chengxin.intake.rules.sent_rows import rows_as_csv
from chengxin.intake.services import preview, release, return_batch, submit
from chengxin.intake.services.remembering import recall_for
from chengxin.intake.services.sending import sent_once
from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import canonical_json, sha256_hex
from chengxin.kernel.clock import today
from chengxin.looks.services import asks
from chengxin.policy.queries import current_rulebook

KEY: Any = Header("", alias="Idempotency-Key")


class Token(HttpBearer):
    """`Authorization: Bearer …`: an opaque token stands for an officer's account."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """The actor the token stands for. Raises: `UnknownToken`."""
        actor = actor_of_token(token, current_rulebook().roles, today())
        asks(actor, purpose=f"api:{request.method} {request.path}")
        return actor


class TokenRequest(HttpRequest):
    """A request that came with a token; ninja puts the actor in `auth`."""

    auth: Actor


router = Router(auth=Token())


@router.post("/preview", response=dict[str, Any], summary="预览：识别列、逐格校验，不写入")
def look(
    request: TokenRequest, file: File[UploadedFile], item: Form[str] = "", sheet: Form[str] = ""
) -> dict[str, Any]:
    """What is in a file and what is wrong with it; nothing is written.

    `sheet` is one of `sheets` where the file holds several tables.
    """
    request.auth.require("intake.preview")
    found = preview(
        data=file.read(),
        filename=file.name or "file",
        book=current_rulebook(),
        item_code=item or None,
        sheet=sheet or None,
        recall=recall_for(request.auth.unit),
        on=today(),
    )
    return found.as_json()


@router.post(
    "/batches",
    response={201: dict[str, Any], 200: dict[str, Any], 409: Refusal, 422: Refusal},
    summary="提交一个文件（同一文件重复提交不会重复入库）",
)
def send(
    request: TokenRequest,
    file: File[UploadedFile],
    item: Form[str],
    unit: Form[str],
    mapping: Form[str] = "",
    sheet: Form[str] = "",
    key: str = KEY,
) -> tuple[int, dict[str, Any]]:
    """Submit a file; `mapping` is JSON, header → field, null to leave a column out.

    `sheet` says which of several tables is meant.
    With an `Idempotency-Key` the same sending again is answered with the same receipt (200).
    """
    chosen = _mapping(mapping)
    content = file.read()

    def sending() -> Any:
        return submit(
            data=content,
            filename=file.name or "file",
            item=item,
            unit=unit,
            mapping=chosen,
            sheet=sheet or None,
            channel="api",
            by=request.auth,
            on=today(),
            book=current_rulebook(),
        )

    digest = sha256_hex(canonical_json([sha256_hex(content), item, unit, mapping, sheet]))
    return answered(key, digest, unit, request.auth, sending)


@router.post(
    "/batches/rows",
    response={201: dict[str, Any], 200: dict[str, Any], 409: Refusal, 422: Refusal},
    summary="以 JSON 提交若干条数据",
)
def send_rows(request: TokenRequest, sent: Rows, key: str = KEY) -> tuple[int, dict[str, Any]]:
    """Submit up to 10,000 rows, each an object: column name → text, number, true, false or null.

    They are written down as a CSV, which is kept like a file and whose hash is in the receipt.
    """
    content = rows_as_csv(sent.rows)

    def sending() -> Any:
        return submit(
            data=content,
            filename=sent.filename or "rows.csv",
            item=sent.item,
            unit=sent.unit,
            mapping=sent.mapping,
            channel="api",
            by=request.auth,
            on=today(),
            book=current_rulebook(),
        )

    said = [sha256_hex(content), sent.item, sent.unit, sent.mapping]
    return answered(key, sha256_hex(canonical_json(said)), sent.unit, request.auth, sending)


def answered(
    key: str, digest: str, unit: str, by: Actor, sending: Callable[[], Any]
) -> tuple[int, dict[str, Any]]:
    """The receipt: 201 for a new batch, 200 for one that was sent before under this key."""
    batch, before = sent_once(key=key, digest=digest, unit=unit, by=by, send=sending)
    return 200 if before else 201, queries.receipt(batch)


def _mapping(text: str) -> dict[str, str | None] | None:
    if not text:
        return None
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise MappingUnreadable
    return found


@router.get("/batches/{number}", response=dict[str, Any], summary="批次回执")
def receipt(request: TokenRequest, number: str) -> dict[str, Any]:
    """What became of each row of a batch."""
    return queries.receipt(queries.batch(number, by=request.auth))


@router.get("/batches/{number}/rows", response=list[dict[str, Any]], summary="数据行及校验问题")
def rows(
    request: TokenRequest, number: str, state: str = "", after: int = 0
) -> list[dict[str, Any]]:
    """Up to 500 rows of a batch after line `after`, with their faults; no personal value."""
    return queries.rows(queries.batch(number, by=request.auth), state=state, after=after)


@router.post("/batches/{number}/release", response=dict[str, Any], summary="审核入库")
def let_in(request: TokenRequest, number: str) -> dict[str, Any]:
    """Release a batch somebody else submitted."""
    batch = release(number=number, by=request.auth, on=today(), book=current_rulebook())
    return queries.receipt(batch)


@router.post("/batches/{number}/return", response=dict[str, Any], summary="退回")
def send_back(request: TokenRequest, number: str, reason: Form[str]) -> dict[str, Any]:
    """Send a batch back, with the reason."""
    batch = return_batch(number=number, reason=reason, by=request.auth, on=today())
    return queries.receipt(batch)
