"""Files changed at random, and what must hold for each: no crash, no row lost, in bounded time."""

import gzip
import io
import json
import random
import shutil
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from chengxin.catalogue.queries import items
from chengxin.intake.rules.damage import damaged_rows
from chengxin.intake.rules.delimited import TextSource
from chengxin.intake.rules.finding import found_table
from chengxin.intake.rules.headers import known_headers
from chengxin.intake.rules.readers import open_source
from chengxin.intake.services.looking import look
from chengxin.intake.tests.sheets import HEADERS, as_csv, as_xls, as_xlsx, rows
from chengxin.kernel.errors import CreditError
from chengxin.policy.queries import current_rulebook

Lines = list[list[object]]
SECONDS = 60.0  # for one file, also on a busy machine
ODD = [
    "", " ", "\u3000", "\x00", "\ufffd", '"', '""', '"a', "a,b", "x\ty", "第一行\n第二行", "=1+1",
    "\u200b", "９１", "𠮷", "NaN", "-", "1" * 5_000, "罚" * 40_000, "2026-13-45", "null",
]  # fmt: skip


def as_json(lines: Lines) -> bytes:
    return json.dumps(_records(lines), ensure_ascii=False).encode()


def as_wrapped_json(lines: Lines) -> bytes:
    made = {"code": 0, "data": _records(lines)}
    return json.dumps(made, ensure_ascii=False, indent=1).encode("gb18030", "replace")


def as_ndjson(lines: Lines) -> bytes:
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in _records(lines)).encode()


def as_parquet(lines: Lines) -> bytes:
    out = io.BytesIO()
    width = max((len(line) for line in lines), default=0)
    names = [f"{at}-{_name(lines, at)}" for at in range(width)]
    columns = [
        pa.array([str(line[at]) if at < len(line) else None for line in lines[1:]], pa.string())
        for at in range(width)
    ]
    pq.write_table(pa.table(columns, names=names), out)
    return out.getvalue()


def as_zip(lines: Lines) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("数据/表.csv", as_csv(lines, "utf-8"))
        package.writestr("说明.pdf", b"%PDF-1.7 \x00")
    return out.getvalue()


def _name(lines: Lines, at: int) -> str:
    return str(lines[0][at]) if lines and at < len(lines[0]) else ""


def _records(lines: Lines) -> list[dict[str, object]]:
    return [
        {f"{at}-{_name(lines, at)}": value for at, value in enumerate(line)} for line in lines[1:]
    ]


TEXTS: list[Callable[[Lines], bytes]] = [
    as_csv,
    lambda lines: as_csv(lines, "utf-8-sig"),
    lambda lines: as_csv(lines, "gb18030"),
    lambda lines: as_csv(lines, "utf-16"),
    lambda lines: as_csv(lines, "utf-8", "\t"),
    lambda lines: as_csv(lines, "utf-8", ";"),
]
OTHERS = [
    as_json,
    as_wrapped_json,
    as_ndjson,
    as_xlsx,
    as_zip,
    lambda lines: gzip.compress(as_csv(lines)),
]
APART = [as_xls, as_parquet]
"""Read in a child process each: fewer of them."""


def mixed(rng: random.Random, lines: Lines) -> Lines:
    """Rows and cells doubled, taken out, emptied, filled with what nobody expects."""
    made = [list(line) for line in lines]
    for _ in range(rng.choice((0, 1, 2, 6))):
        at = rng.randrange(len(made))
        cell = rng.randrange(max(len(made[at]), 1))
        match rng.randrange(6):
            case 0:
                made.insert(at, list(made[at]))
            case 1 if len(made) > 2:
                del made[at]
            case 2 if made[at]:
                del made[at][cell % len(made[at])]
            case 3:
                made[at].insert(cell, rng.choice(ODD))
            case 4 if made[at]:
                made[at][cell % len(made[at])] = rng.choice(ODD)
            case _:
                made[at] = [""] * len(made[at])
    return made


def damaged(rng: random.Random, data: bytes) -> bytes:
    """Up to a hundred bytes changed, cut out, put in or doubled; or the end cut off."""
    made = bytearray(data)
    for _ in range(rng.choice((0, 1, 1, 2, 5, 20, 100))):
        at = rng.randrange(len(made) or 1)
        match rng.randrange(7):
            case 0 if made:
                made[at] = rng.randrange(256)
            case 1 if made:
                made[at] ^= 1 << rng.randrange(8)
            case 2 if len(made) > 200:
                del made[at : at + rng.randrange(1, 40)]
            case 3:
                made[at:at] = rng.randbytes(rng.randrange(1, 20))
            case 4:
                made[at:at] = made[at : at + rng.randrange(1, 400)]
            case 5 if rng.random() < 0.1:
                del made[at:]
            case 6 if rng.random() < 0.2:
                made[at:at] = "连云港示例\n".encode(rng.choice(("gb18030", "utf-8", "utf-16")))
            case _:
                made[at:at] = rng.choice((b"\x00", b"\n", b'"', b"\r", b"\x1a", b"\xef\xbf\xbd"))
    return bytes(made)


def files(seed: int, count: int) -> Iterator[tuple[int, bytes]]:
    """So many changed files, each with its number: alone it can be made again."""
    whole = [list(HEADERS), *rows(6)]
    for number in range(count):
        rng = random.Random(f"{seed}-{number}")
        kinds = APART if number % 20 == 0 else OTHERS if number % 3 == 0 else TEXTS
        lines = mixed(rng, whole)
        try:
            data = rng.choice(kinds)(lines)
        except Exception:  # noqa: BLE001  what the writer refuses, such as NUL in a workbook
            data = as_csv(lines)
        yield number, damaged(rng, data) if rng.random() < 0.8 else data


@dataclass
class Ledger:
    """What became of the files."""

    outcomes: Counter[str] = field(default_factory=Counter)
    staged: int = 0
    aside: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, int] = (0.0, -1)
    wrong: list[str] = field(default_factory=list)

    def put(self, number: int, data: bytes, *, fully: bool) -> None:
        """Read one file; `fully` looks at it as a clerk would, checks included."""
        began = time.process_time()
        with tempfile.TemporaryDirectory(prefix="chengxin-fuzz-") as name:
            folder = Path(name)
            path = folder / "original"
            path.write_bytes(data)
            try:
                self._read(number, path, folder, fully=fully)
            except CreditError as refusal:
                self.outcomes[f"refused {refusal.code}"] += 1
                told = refusal.text("zh") + refusal.text("en")
                if "{" in told.replace(path.name, ""):
                    self.wrong.append(f"{number}: half a sentence {refusal.code}")
            except Exception as error:  # noqa: BLE001  any other error is what is looked for
                self.wrong.append(f"{number}: {type(error).__name__} {str(error)[:200]}")
        took = time.process_time() - began
        self.slowest = max(self.slowest, (took, number))
        if took > SECONDS:
            self.wrong.append(f"{number}: took {took:.0f} s")

    def _read(self, number: int, path: Path, folder: Path, *, fully: bool) -> None:
        book = current_rulebook()
        source = open_source(path, "表.xlsx", folder)
        known = known_headers(items(book).values())
        found = found_table(source, "表.xlsx", None, known, folder)
        staged = found.staged
        self.outcomes[f"read {source.format}"] += 1
        self.staged += staged.count
        self.aside.update(staged.damage)
        written = pq.read_table(staged.rows).to_pydict()
        aside = list(damaged_rows(staged))
        lines = [*written["line"], *(row.line for row in aside)]
        if len(written["line"]) != staged.count or len(lines) != staged.total:
            self.wrong.append(f"{number}: {len(lines)} rows on disk, {staged.total} told")
        if len(set(lines)) != len(lines) or written["line"] != sorted(written["line"]):
            self.wrong.append(f"{number}: lines doubled or out of order")
        expected = Counter(
            row.line for row in found.source.rows(found.sheet) if row.line > found.header.last
        )
        if expected != Counter(lines):
            self.wrong.append(f"{number}: rows of the file and rows staged differ")
        if isinstance(source, TextSource):
            body = [cell for name, cells in written.items() if name[1:].isdigit() for cell in cells]
            body += [cell for row in aside for cell in (*row.cells, *row.rest)]
            if letters(body) != letters(_below(source, found.header.last)):
                self.wrong.append(f"{number}: text of the file and text staged differ")
        if fully:
            shutil.rmtree(folder / "again", ignore_errors=True)
            (folder / "again").mkdir()
            seen = look(path, "表.xlsx", folder=folder / "again", book=book, on=date(2026, 4, 1))
            checked = seen.examined.rows if seen.examined else seen.staged.count
            if checked + seen.preview.quarantined != seen.preview.rows:
                self.wrong.append(f"{number}: {checked} checked of {seen.preview.rows}")


def letters(texts: list[str | None]) -> Counter[str]:
    """Letters and digits, counted: separators, quotes and spaces apart."""
    return Counter(c for text in texts if text for c in text if c.isalnum())


def _below(source: TextSource, last: int) -> list[str | None]:
    """The physical lines below the header, straight from the text.

    The last row of the header may itself go over several lines.
    """
    last = next((line - 1 for line, _ in source._records() if line > last), source._text.lines)
    with source._text.path.open(encoding="utf-8-sig", newline="", errors="replace") as stream:
        return list(stream)[last:]
