"""A copy of the real rulebook that a test may spoil."""

import shutil
from pathlib import Path

import pytest

from chengxin.policy.queries import rulebook_folder
from chengxin.policy.services import check_rulebook, load_rulebook


class Folder:
    """A rulebook folder: write, edit, and ask what is wrong with it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def faults(self):
        return check_rulebook(self.root)

    def codes(self) -> list[str]:
        return [fault.code for fault in check_rulebook(self.root)]

    def only_fault(self):
        (fault,) = check_rulebook(self.root)
        return fault

    def load(self):
        return load_rulebook(self.root)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    shutil.copytree(rulebook_folder(), tmp_path / "rulebook")
    return Folder(tmp_path / "rulebook")


@pytest.fixture(scope="session")
def book():
    return load_rulebook(rulebook_folder())
