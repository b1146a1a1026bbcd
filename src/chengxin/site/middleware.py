"""What happens to every request before a door sees it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from chengxin.looks.services import reading
from chengxin.looks.values import Via


def chinese_first(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Show Simplified Chinese until the reader chooses English, whatever the browser prefers.

    The same address then looks the same to everyone it is sent to; the choice is a cookie.
    """

    def of(request: HttpRequest) -> HttpResponse:
        request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        return answer(request)

    return of


def looks_noted(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Note what each request gives out of any subject's data, once its door has said who asks.

    A look that cannot be noted is an error, and its page is not shown.
    """

    def asked(request: HttpRequest) -> HttpResponse:
        with reading(via=_door(request.path), purpose=request.path):
            return answer(request)

    return asked


def _door(path: str) -> Via:
    doors = {"/desk/": Via.DESK, "/api/": Via.API, "/my/": Via.OWN}
    return next((via for start, via in doors.items() if path.startswith(start)), Via.WEB)
