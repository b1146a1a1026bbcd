"""The tree as the architecture tests see it."""

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def tracked():
    """Every file of the project that is, or would be, committed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = listed.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


@pytest.fixture(scope="session")
def house(tracked):
    """The Python of the rooms, without tests and migrations: path in the house → syntax tree."""
    source = ROOT / "src" / "chengxin"
    files = [file for file in tracked if file.suffix == ".py" and file.is_relative_to(source)]
    return {
        file.relative_to(source): ast.parse(file.read_text(encoding="utf-8"))
        for file in files
        if not {"tests", "migrations"} & set(file.parts)
    }
