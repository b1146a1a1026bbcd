"""A copy of the rulebook in use, which a test may change; editions held by none before it."""

import random
import shutil

import pytest

from chengxin.policy.queries import in_use, kept
from chengxin.replay.tests.histories import History


@pytest.fixture
def rulebook(tmp_path, monkeypatch):
    root = tmp_path / "rulebook"
    shutil.copytree(in_use.rulebook_folder(), root)
    monkeypatch.setenv("CHENGXIN_RULEBOOK", str(root))
    kept._held.clear()
    yield root
    in_use._held.pop(root, None)


@pytest.fixture
def history(db, rulebook):
    """`history(seed)`: a town with a register, under an edition that is kept."""

    def begin(seed=1):
        return History(random.Random(seed), rulebook).begin()

    return begin
