"""The web application as a server calls it."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver


def warm() -> None:
    """Load what the first page would otherwise wait for: all views, the rulebook, the catalogue."""
    from chengxin.catalogue.queries import items
    from chengxin.policy.queries import current_rulebook

    get_resolver().url_patterns  # noqa: B018 – asking loads them
    items(current_rulebook())


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengxin.site.settings")
application = get_wsgi_application()
warm()
