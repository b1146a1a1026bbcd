"""The synthetic city a demonstration starts with, and who may sign in to it."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from chengxin.site.environment import Environment, Mode
from chengxin.site.errors import ProcessEnded

LOADED = "demonstration-loaded"
_SIGN_INS = "demonstration-sign-ins.txt"


def seed_if_needed(environment: Environment, *, quiet: bool = False) -> bool:
    """Load the city into a demonstration that has not got it; say whether it was loaded now.

    Runs `chengxin seed` as a person would, so that it draws its own progress. A seeding that was
    killed is taken up again; a database with someone's own subjects in it is left alone.
    """
    from chengxin.access.queries import demonstration_officers
    from chengxin.subjects.queries import organisations

    loaded = environment.home / LOADED
    if environment.mode is not Mode.DEMONSTRATION or loaded.exists():
        return False
    if find_spec("chengxin.site.commands.seed") is None:
        return False
    if organisations() and not demonstration_officers():
        return False
    # Its progress is for people; where a program reads along, it goes to the other channel.
    channel = sys.stderr.fileno() if quiet else None
    command = [sys.executable, "-m", "chengxin.site.cli", "seed"]
    done = subprocess.run(command, stdout=channel, check=False)  # noqa: S603  our own command
    if done.returncode:
        raise ProcessEnded(name="seed", exit=done.returncode)
    loaded.touch()
    return True


def sign_ins(environment: Environment) -> Path | None:
    """Return the file that lists the demonstration sign-ins, readable by its owner only."""
    file = environment.home / _SIGN_INS
    return file if file.exists() else None
