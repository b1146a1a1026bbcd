"""The API itself: how it writes JSON, how it refuses, which routers it has."""

import json
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError
from ninja.renderers import JSONRenderer

from chengxin.access.errors import UnknownToken
from chengxin.api import (
    cases,
    intake,
    intake_mending,
    intake_uploads,
    organisations,
    quality,
    supervision,
)
from chengxin.api.errors import BodyTooLarge
from chengxin.kernel.errors import CreditError

MEGABYTE = 1024 * 1024


class ChineseJSON(JSONRenderer):
    """JSON in UTF-8, Chinese as Chinese and not as escapes."""

    json_dumps_params = {"ensure_ascii": False}  # noqa: RUF012 – ninja reads it as is


api = NinjaAPI(
    title="诚信连云港 · Credit Lianyungang",
    version="1",
    description=(
        "公共信用信息接口。公开查询无需账号；报送须持访问令牌。自然人信息不可查询。\n\n"
        "Public reading needs no account; intake needs a token. Natural persons cannot be queried."
    ),
    renderer=ChineseJSON(),
    urls_namespace="api",
    docs_url=None,
)
api.add_router("", organisations.router, tags=["公开查询 public"])
api.add_router("", supervision.router, tags=["名单、措施、评价、抽查 consequences"])
api.add_router("/intake", intake.router, tags=["报送 intake"])
api.add_router("/quality", quality.router, tags=["数据质量 quality"])
api.add_router("/cases", cases.router, tags=["核查案件 cases"])
api.add_router("/intake/batches", intake_mending.router, tags=["改错 mending"])
api.add_router("/intake/uploads", intake_uploads.router, tags=["分段上传 uploads"])


@api.exception_handler(CreditError)
def refuse(request: HttpRequest, error: CreditError) -> HttpResponse:
    """A refusal of any room, in one shape."""
    return api.create_response(request, error.as_json(), status=error.status)


@api.exception_handler(AuthenticationError)
def ask_for_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """No token at all is refused as a wrong one is."""
    return refuse(request, UnknownToken())


@api.exception_handler(RequestDataTooBig)
def too_much(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    """More in one body than is read into memory; a file or parts have no such limit."""
    return refuse(request, BodyTooLarge(limit_mb=settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE))


@api.exception_handler(ValidationError)
def explain(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A request the schema does not fit, in the same shape, with the places."""
    places = ["/".join(str(part) for part in one["loc"]) for one in error.errors]
    body: dict[str, Any] = {
        "code": "API-BAD-REQUEST",
        "message_zh": f"请求参数有误：{'、'.join(places)}。请对照接口说明更正后重试。",
        "message_en": f"The request does not fit: {', '.join(places)}. Check the reference.",
        "facts": {"errors": json.loads(json.dumps(error.errors, default=str))},
    }
    return api.create_response(request, body, status=422)
