"""What happens to every request before a door sees it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


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
