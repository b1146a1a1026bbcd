"""The one page that belongs to the assembly itself."""

from django.db import connection
from django.http import HttpRequest, HttpResponse


def healthy(_request: HttpRequest) -> HttpResponse:
    """Answer `ok` when this process can reach its database; a monitor asks here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
