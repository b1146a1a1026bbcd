"""Bring a command to the point where it may use Django and the database."""

import os

import django


def setup_django() -> None:
    """Make sure the database is up, then set Django up; safe to call more than once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengxin.site.settings")
    django.setup()
