"""The rulebook in use."""

import os
from functools import lru_cache
from pathlib import Path

from chengxin.policy.reading.whole import read_rulebook
from chengxin.policy.values import Rulebook

PACKAGE = Path(__file__).resolve().parent.parent


def rulebook_folder() -> Path:
    """Where the rulebook lies: CHENGXIN_RULEBOOK, the installed package, or the checkout."""
    given = os.environ.get("CHENGXIN_RULEBOOK")
    if given:
        return Path(given)
    packaged = PACKAGE / "_rulebook"
    return packaged if packaged.is_dir() else PACKAGE.parent.parent / "rulebook"


def current_rulebook() -> Rulebook:
    """The rulebook in use, read once per process and folder.

    Raises: `RulebookMissing`, `RulebookRefused`.
    """
    return _loaded(rulebook_folder())


@lru_cache(maxsize=4)
def _loaded(root: Path) -> Rulebook:
    return read_rulebook(root)
