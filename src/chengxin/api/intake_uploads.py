"""Large files in parts: begin, put parts in order, complete; every step may be sent again."""

from typing import Any, cast
from uuid import UUID

from ninja import Router

from chengxin.api.intake import Token, TokenRequest
from chengxin.api.schemas import Announced, Completed, Refusal
from chengxin.intake import queries
from chengxin.intake.services import uploading
from chengxin.kernel.clock import today
from chengxin.policy.queries import current_rulebook

router = Router(auth=Token())


@router.post("", response={201: dict[str, Any], 413: Refusal}, summary="开始分段上传")
def begin(request: TokenRequest, announced: Announced) -> tuple[int, dict[str, Any]]:
    """Announce a file; announced again, it is the upload under way with the offset it has."""
    held = uploading.begin_upload(
        **announced.model_dump(), by=request.auth, on=today(), book=current_rulebook()
    )
    return 201, uploading.told(held)


@router.get("/{uuid:number}", response=dict[str, Any], summary="已收到多少")
def status(request: TokenRequest, number: UUID) -> dict[str, Any]:
    """How far an upload has come: after a broken connection go on from `offset`."""
    return uploading.told(uploading.upload(number, by=request.auth))


@router.put(
    "/{uuid:number}",
    response={200: dict[str, Any], 409: Refusal, 413: Refusal},
    summary="送一段（请求体为文件字节）",
)
def part(request: TokenRequest, number: UUID, offset: int) -> dict[str, Any]:
    """One part, raw bytes, beginning at `offset`; 409 says from where to go on."""
    held = uploading.add_part(
        number=number, offset=offset, part=cast("Any", request), by=request.auth
    )
    return uploading.told(held)


@router.post(
    "/{uuid:number}/complete",
    response={201: dict[str, Any], 409: Refusal},
    summary="完成：校验哈希并提交",
)
def complete(
    request: TokenRequest, number: UUID, completed: Completed
) -> tuple[int, dict[str, Any]]:
    """Check the hash and submit; the receipt. Completed again, it is the same receipt."""
    batch = uploading.complete_upload(
        number=number,
        mapping=completed.mapping,
        sheet=completed.sheet or None,
        by=request.auth,
        on=today(),
        book=current_rulebook(),
    )
    return 201, queries.receipt(batch)


@router.delete("/{uuid:number}", response={204: None}, summary="放弃上传")
def drop(request: TokenRequest, number: UUID) -> tuple[int, None]:
    """Give an upload up."""
    uploading.drop_upload(number=number, by=request.auth)
    return 204, None
