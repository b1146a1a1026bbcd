"""A report on disk, believed only as far as its signature goes."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from chengxin.kernel.canonical import sha256_hex
from chengxin.reports.errors import NoAuthority
from chengxin.reports.queries import authority
from chengxin.reports.rules.statements import check_statement
from chengxin.reports.values import Verdict
from chengxin.tunnel.errors import (
    ForeignReport,
    NoReport,
    NotSigned,
    ReportAltered,
    SignatureBroken,
)
from chengxin.tunnel.values import FILES, FORMAT, MANIFEST, SIGNATURE


@dataclass(frozen=True)
class Manifest:
    """What a report binds, as signed: the change, the day, who, over which log, by which code."""

    id: UUID
    before: str
    after: str
    on: date
    made_on: date
    simulated_by: str
    program: str
    log_sequence: int
    log_hash: str
    exceeded: tuple[str, ...]
    sha256: str


def read_report(folder: Path) -> Manifest:
    """The manifest of the report in a folder, once every byte of the report is proved.

    Raises: `NoReport`, `NotSigned`, `ForeignReport`, `SignatureBroken`, `ReportAltered`.
    """
    manifest = _bytes(folder, MANIFEST)
    if not (folder / SIGNATURE).is_file():
        raise NotSigned(file=SIGNATURE)
    _require_ours(manifest, _bytes(folder, SIGNATURE))
    found = _manifest(manifest)
    digests = json.loads(manifest)["files"]
    for name in FILES:
        if sha256_hex(_bytes(folder, name)) != digests.get(name):
            raise ReportAltered(file=name)
    return found


def _bytes(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise NoReport(path=str(folder), file=name) from error


def _require_ours(manifest: bytes, signature: bytes) -> None:
    try:
        held = json.loads(signature)
        value = base64.b64decode(held["signature"], validate=True)
        certificate = held["certificate"].encode()
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as error:
        raise SignatureBroken from error
    try:
        verdict = check_statement(manifest, value, certificate, authority=authority())
    except NoAuthority as error:
        raise ForeignReport from error
    if verdict is Verdict.FOREIGN:
        raise ForeignReport
    if verdict is not Verdict.VALID:
        raise SignatureBroken


def _manifest(data: bytes) -> Manifest:
    """Only bytes that are proved ours are read. Raises: `ReportAltered` if they are no manifest."""
    try:
        held: dict[str, Any] = json.loads(data)
        if held["format"] != FORMAT:
            raise ReportAltered(file=MANIFEST)
        return Manifest(
            UUID(held["id"]),
            held["before"],
            held["after"],
            date.fromisoformat(held["on"]),
            date.fromisoformat(held["made_on"]),
            held["simulated_by"],
            held["program"],
            int(held["log"]["sequence"]),
            held["log"]["hash"],
            tuple(held["exceeded"]),
            sha256_hex(data),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ReportAltered(file=MANIFEST) from error
