"""The web application as a server calls it."""

import os
import threading
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver


def warm() -> None:
    """Load what the first page would otherwise wait for: all views, the rulebook, the catalogue."""
    from chengxin.catalogue.queries import items
    from chengxin.policy.queries import current_rulebook
    from chengxin.site.editions import keep_what_is_taken_up, stand_at_the_gate

    if not settings.UNDER_TEST:
        stand_at_the_gate()
    get_resolver().url_patterns  # noqa: B018 – asking loads them
    items(current_rulebook())
    keep_what_is_taken_up()
    threading.Thread(target=_load_the_rest, daemon=True).start()


def _load_the_rest() -> None:
    """What only some pages need, loaded while the first readers are served."""
    import_module("chengxin.subjects.rules.asking").get_ready()
    import_module("chengxin.reports.services")
    import_module("chengxin.intake.services.previewing")


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengxin.site.settings")
application = get_wsgi_application()
warm()
