"""Bring a command to the point where it may use Django and the database."""

import getpass
import os
from typing import Final

import click
import django
from django.conf import settings

from chengxin.site.embedded import hold
from chengxin.site.environment import Environment

NOTED: Final = "looks are noted"
GIVE_NOTHING_OUT: Final = frozenset(
    {"serve", "worker", "migrate", "seed", "doctor", "rulebook", "officers", "log", "bench"}
)
"""Commands that answer with nothing about any subject; whatever else there is, is noted."""


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
    _note_looks()
    return environment


def _note_looks() -> None:
    """Let whoever runs a command be named in the looks it makes, until the command ends."""
    from chengxin.kernel.actor import Actor
    from chengxin.looks.services import reading
    from chengxin.looks.values import Via

    context = click.get_current_context(silent=True)
    root = context.find_root() if context else None
    if context is None or root is None or root.meta.get(NOTED):
        return
    if root.invoked_subcommand in GIVE_NOTHING_OUT:
        return
    root.meta[NOTED] = True
    by = Actor(f"system:{getpass.getuser()}"[:64], "命令行 Command line", "", {})
    purpose = f"command:{context.command_path}"
    root.with_resource(reading(via=Via.COMMAND, purpose=purpose, by=by))
