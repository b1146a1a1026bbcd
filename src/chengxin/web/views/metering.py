"""限流: how often one network may search, told in headers, and kindly when it is too much."""

from collections.abc import Callable
from functools import wraps
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from chengxin.access.rules import asker_of, is_this_machine
from chengxin.access.services import take
from chengxin.access.values import Granted, Rate

SEARCHING: Final = Rate(capacity=60, per_second=1)
"""Sixty searches at once, and one more every second: more than anybody reads."""

View = Callable[..., HttpResponse]


def metered(*, cost: float) -> Callable[[View], View]:
    """Answer only while the asker has an allowance left; otherwise 429 with what to do.

    This machine itself is not metered: who asks through it is a proxy or a measurement.
    """

    def around(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *given: object, **named: object) -> HttpResponse:
            asker = asker_of(
                request.META.get("REMOTE_ADDR", ""),
                request.headers.get("X-Forwarded-For", ""),
                settings.CHENGXIN_PROXIES,
            )
            if is_this_machine(asker):
                return view(request, *given, **named)
            granted = take(asker=asker, what="search", cost=cost, rate=SEARCHING)
            if granted.allowed:
                return _told(view(request, *given, **named), granted)
            refused = render(request, "429.html", {"seconds": granted.seconds}, status=429)
            refused["Retry-After"] = str(granted.seconds)
            patch_cache_control(refused, no_store=True)
            return _told(refused, granted)

        return answer

    return around


def _told(answer: HttpResponse, granted: Granted) -> HttpResponse:
    answer["X-RateLimit-Limit"] = str(int(SEARCHING.capacity))
    answer["X-RateLimit-Remaining"] = str(granted.left)
    answer["X-RateLimit-Reset"] = str(granted.seconds)
    return answer
