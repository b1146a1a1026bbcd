"""Every valid report is accepted and every changed one refused: ten thousand of each.

    python bench/prove_reports.py [--reports 10000] [--seed 7]

The changes are what an attacker would try: bits and bytes, appended bytes and revisions, a
shadow document laid over, attachments exchanged, the twin or its token replaced, the metadata,
the byte range, the envelope's padding and spelling, the timestamp stripped or taken from another.
Each report is different; keys and authority are made for the run and nothing is kept.
"""

import argparse
import io
import os
import random
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengxin.site.settings")
django.setup()

from pyhanko.pdf_utils.generic import DictionaryObject, pdf_name  # noqa: E402
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: E402

from chengxin.reports.rules import cms  # noqa: E402
from chengxin.reports.rules.attachments import EMBEDDED  # noqa: E402
from chengxin.reports.rules.envelope import BYTE_RANGE, take_out  # noqa: E402
from chengxin.reports.rules.verification import examine  # noqa: E402
from chengxin.reports.services.issuing import signed_file  # noqa: E402
from chengxin.reports.tests.conftest import keys_in  # noqa: E402
from chengxin.reports.tests.samples import a_content  # noqa: E402

Change = Callable[[bytes, bytes, random.Random], bytes]
POOL = 40  # signed reports the mutations are drawn from


def main() -> int:
    """Print what was accepted and refused; 1 if anything went the wrong way."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    dice = random.Random(given.seed)
    with TemporaryDirectory() as folder:
        keys = keys_in(Path(folder) / "keys")
        started = time.process_time()
        pool: list[bytes] = []
        accepted = 0
        for number in range(given.reports):
            report = signed_file(
                a_content(permits=number % 3, penalties=1 + number % 2, name=f"示例{number}公司"),
                keys=keys,
            )
            found = examine(report, authority=keys.authority)
            accepted += found.valid
            if not found.valid:
                print(f"report {number} is valid and was refused: {found.verdict}")
            if len(pool) < POOL:
                pool.append(report)
        wrong: list[str] = []
        tried: Counter[str] = Counter()
        for name, changed in _changed(pool, given.reports, dice):
            tried[name] += 1
            if examine(changed, authority=keys.authority).valid:
                wrong.append(name)
        spent = time.process_time() - started
    print(f"valid accepted   {accepted:>6} of {given.reports}")
    print(f"mutated refused  {sum(tried.values()) - len(wrong):>6} of {sum(tried.values())}")
    for name, count in sorted(tried.items()):
        print(f"  {name:<28} {count:>6} tried, {wrong.count(name)} accepted")
    print(f"CPU {spent:.1f} s")
    return 0 if accepted == given.reports and not wrong else 1


def _changed(pool: list[bytes], wanted: int, dice: random.Random) -> Iterator[tuple[str, bytes]]:
    made = 0
    while made < wanted:
        for name, change in CHANGES.items():
            one, other = dice.sample(pool, 2)
            changed = change(one, other, dice)
            if changed == one or made >= wanted:
                continue
            made += 1
            yield name, changed


def _bit(one: bytes, _: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(one))
    return one[:place] + bytes((one[place] ^ 1 << dice.randrange(8),)) + one[place + 1 :]


def _bit_of_envelope(one: bytes, _: bytes, dice: random.Random) -> bytes:
    written = take_out(one).written
    start = one.index(written)
    place = start + dice.randrange(len(written))
    return one[:place] + bytes((one[place] ^ 1 << dice.randrange(8),)) + one[place + 1 :]


def _cut(one: bytes, _: bytes, dice: random.Random) -> bytes:
    return one[: dice.randrange(1, len(one))]


def _gap(one: bytes, _: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(one) - 9)
    return one[:place] + one[place + 1 + dice.randrange(8) :]


def _added(one: bytes, _: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(one))
    return one[:place] + dice.randbytes(1 + dice.randrange(8)) + one[place:]


def _tail(one: bytes, _: bytes, dice: random.Random) -> bytes:
    return one + dice.choice((b"\n", b"%%EOF\n", b"\0" * 40, dice.randbytes(200)))


def _revision(one: bytes, _: bytes, dice: random.Random) -> bytes:
    """An incremental update, as a PDF editor saves it; the signature itself stays whole."""
    writer = IncrementalPdfFileWriter(io.BytesIO(one))
    writer.root[pdf_name("/Note")] = writer.add_object(DictionaryObject())
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue() + b"%" * dice.randrange(3)


def _shadow(one: bytes, other: bytes, _: random.Random) -> bytes:
    """The pages of another report laid over this one's in an appended revision."""
    writer = IncrementalPdfFileWriter(io.BytesIO(one))
    theirs = IncrementalPdfFileWriter(io.BytesIO(other))
    writer.root[pdf_name("/Pages")] = writer.import_object(theirs.root.raw_get("/Pages"))
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _attachment(one: bytes, other: bytes, dice: random.Random) -> bytes:
    """An attached file of another report in the place of this one's."""
    mine, theirs = (list(EMBEDDED.finditer(data)) for data in (one, other))
    which = dice.randrange(len(mine))
    body = other[theirs[which].end() :][: int(theirs[which][1])]
    return one[: mine[which].end()] + body + one[mine[which].end() + int(mine[which][1]) :]


def _twin(one: bytes, _: bytes, dice: random.Random) -> bytes:
    """The twin with one figure changed, packed into the very same room where it fits."""
    found = next(EMBEDDED.finditer(one))
    size = int(found[1])
    text = zlib.decompress(one[found.end() : found.end() + size])
    digits = [at for at, sign in enumerate(text) if sign in b"0123456789"]
    at = dice.choice(digits)
    packed = zlib.compress(text[:at] + b"7" + text[at + 1 :], 9)
    if len(packed) <= size:
        packed = packed.ljust(size, b"\0")
    return one[: found.end()] + packed + one[found.end() + size :]


def _metadata(one: bytes, _: bytes, dice: random.Random) -> bytes:
    at = one.index(b"<x:xmpmeta")
    end = one.index(b"</x:xmpmeta>")
    place = dice.randrange(at, end)
    return one[:place] + bytes((dice.randrange(0x41, 0x5B),)) + one[place + 1 :]


def _range(one: bytes, _: bytes, dice: random.Random) -> bytes:
    found = list(BYTE_RANGE.finditer(one))[-1]
    group = 1 + dice.randrange(4)
    number = str(int(found[group]) + dice.choice((-2, -1, 1, 2, 10)))
    return one[: found.start(group)] + number.encode() + one[found.end(group) :]


def _graft(one: bytes, other: bytes, _: random.Random) -> bytes:
    return one.replace(take_out(one).written, take_out(other).written)


def _enveloped(one: bytes, signed: cms.Signed) -> bytes:
    written = take_out(one).written
    room = len(written) - 2
    fresh = cms.write(signed).hex().upper().encode().ljust(room, b"0")
    return one.replace(written, b"<" + fresh + b">")


def _unstamped(one: bytes, _: bytes, _dice: random.Random) -> bytes:
    return _enveloped(one, replace(take_out(one).signed, token=None))


def _foreign_stamp(one: bytes, other: bytes, _: random.Random) -> bytes:
    token = take_out(other).signed.token
    return _enveloped(one, replace(take_out(one).signed, token=token))


def _spelling(one: bytes, _: bytes, dice: random.Random) -> bytes:
    written = take_out(one).written
    return one.replace(written, dice.choice((written.lower(), written[:-2] + b"F>")))


def _joined(one: bytes, other: bytes, dice: random.Random) -> bytes:
    return dice.choice((one + other, other[: len(other) // 2] + one))


CHANGES: dict[str, Change] = {
    "one bit": _bit,
    "one bit of the envelope": _bit_of_envelope,
    "cut": _cut,
    "bytes taken out": _gap,
    "bytes put in": _added,
    "bytes after the end": _tail,
    "revision appended": _revision,
    "shadow pages appended": _shadow,
    "attachment exchanged": _attachment,
    "twin changed": _twin,
    "metadata changed": _metadata,
    "byte range moved": _range,
    "envelope of another": _graft,
    "timestamp stripped": _unstamped,
    "timestamp of another": _foreign_stamp,
    "envelope spelled otherwise": _spelling,
    "two reports joined": _joined,
}

if __name__ == "__main__":
    sys.exit(main())
