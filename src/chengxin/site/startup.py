"""Bring a command to the point where it may use Django and the database."""

import os

import django
from django.conf import settings

from chengxin.site.embedded import hold
from chengxin.site.environment import Environment


def setup_django() -> Environment:
    """Make sure the database is up, then set Django up; safe to call more than once.

    The embedded server runs for as long as this process, or longer if others use it too.
    Raises: `EmbeddedUnavailable`, `EmbeddedWouldNotStart`, `DatabaseRefused`,
    `SettingNotUnderstood`.
    """
    environment = Environment.read()
    if not environment.database_url:
        hold(environment.home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengxin.site.settings")
    django.setup()
    if not settings.UNDER_TEST:
        from chengxin.site.editions import stand_at_the_gate

        stand_at_the_gate()
    return environment
