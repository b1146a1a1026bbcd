"""The tests of files are about the sieve, though their files are short."""

import pytest

from chengxin.engine.services import files


@pytest.fixture(autouse=True)
def sieved_however_short(monkeypatch):
    monkeypatch.setattr(files, "FEW", 0)
