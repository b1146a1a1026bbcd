import csv
import json
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from chengxin.city.services import make_city


class Made:
    """A city on disk, read back with readers that are not its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
        self.files = self.table("truth/files.csv")
        self.rows = self.table("truth/rows.csv")
        self.organisations = self.table("organisations.csv")
        self.persons = self.table("persons.csv")

    def table(self, name: str) -> list[dict[str, str]]:
        text = (self.folder / name).read_text("utf-8")
        return list(csv.DictReader(StringIO(text, newline="")))

    def decisions(self) -> Iterator[dict[str, Any]]:
        lines = (self.folder / "truth" / "decisions.jsonl").read_text("utf-8").splitlines()
        return (json.loads(line) for line in lines)

    def cells(self, file: dict[str, str]) -> list[list[Any]]:
        """Every line of a file that can be read, titles and header included."""
        data = (self.folder / file["file"]).read_bytes()
        if file["format"] == "xlsx":
            book = CalamineWorkbook.from_filelike(BytesIO(data))
            return book.get_sheet_by_index(0).to_python(skip_empty_area=False)
        return list(csv.reader(StringIO(data.decode(file["encoding"]), newline="")))


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Made:
    folder = tmp_path_factory.mktemp("city") / "one"
    make_city(seed=1, organisations=600, records=4000, out=folder)
    return Made(folder)
