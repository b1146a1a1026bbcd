"""What a channel is declared with, and whether it makes sense."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from chengxin.intake.channels.refusals import BadDeclaration
from chengxin.intake.rules.schedules import Schedule
from chengxin.intake.rules.selects import only_select
from chengxin.kernel.canonical import canonical_json, sha256_hex

__all__ = ["BadDeclaration", "Declaration", "Kind", "declaration"]

_CODE = re.compile(r"[a-z][a-z0-9-]{1,38}[a-z0-9]", re.ASCII)
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}", re.ASCII | re.IGNORECASE)
_HOST = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:_-]{0,252}|/[A-Za-z0-9/._-]{1,100}", re.ASCII)
_HIGHEST_PORT = 65535
LONGEST_LABEL = 100
LONGEST_TEXT = 200


class Kind(StrEnum):
    """How a channel 渠道 brings its data."""

    FOLDER = "folder"  # 监看文件夹
    POSTGRESQL = "postgresql"  # 定时读取 PostgreSQL
    MYSQL = "mysql"  # 定时读取 MySQL、MariaDB


PULLED = (Kind.POSTGRESQL, Kind.MYSQL)
MARKERS = ("", "done", "sha256")
TLS = ("verify", "require", "off")
_SERVER = {
    "host": True,
    "port": False,
    "database": True,
    "user": True,
    "password_file": False,
    "tls": False,
    "seconds": False,
}
_WHERE = {
    Kind.FOLDER: {"folder": True, "marker": False},
    Kind.POSTGRESQL: _SERVER,
    Kind.MYSQL: _SERVER,
}
"""Per kind the parts of `where`, and whether each is needed."""
_PARTS = {
    "code", "label", "unit", "item", "kind", "where", "query", "cursor", "mapping", "sheet",
    "schedule", "answers",
}  # fmt: skip


@dataclass(frozen=True)
class Declaration:
    """A channel as declared; every part is text and none is a secret.

    `where` is a folder below the folder of drops, or host, port, database, user, the name of the
    file that holds the password, `tls` and the longest a query may take in seconds. `cursor` is
    the column of the result from which reading goes on. `answers` is the login of the officer
    who answers for the channel.
    """

    code: str
    label: str
    unit: str
    item: str
    kind: Kind
    where: Mapping[str, str]
    schedule: str
    answers: str
    query: str = ""
    cursor: str = ""
    mapping: Mapping[str, str | None] | None = None
    sheet: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The declaration as it is stored and shown."""
        return {
            "code": self.code,
            "label": self.label,
            "unit": self.unit,
            "item": self.item,
            "kind": str(self.kind),
            "where": dict(self.where),
            "query": self.query,
            "cursor": self.cursor,
            "mapping": dict(self.mapping) if self.mapping is not None else None,
            "sheet": self.sheet,
            "schedule": self.schedule,
            "answers": self.answers,
        }

    @property
    def digest(self) -> str:
        """SHA-256 over the whole: what a second person confirms."""
        return sha256_hex(canonical_json(self.as_json()))

    @property
    def pulled(self) -> bool:
        """Whether it reads a database."""
        return self.kind in PULLED


def declaration(given: Mapping[str, Any]) -> Declaration:
    """A declaration from a file or from storage, every part looked at.

    Raises: `BadDeclaration` naming the part, `QueryRefused`.
    """
    for part in given.keys() - _PARTS:
        raise _bad(str(part), "没有这一项", "there is no such part")
    kind = _kind(given.get("kind"))
    where = _where(kind, given.get("where"))
    code, label = _text(given, "code"), _text(given, "label")
    if not _CODE.fullmatch(code):
        problem = "应为3至40个小写字母、数字、连字符，以字母开头"
        raise _bad("code", problem, "3 to 40 lower-case letters, digits and hyphens")
    query, cursor = (
        _text(given, "query", needed=kind in PULLED),
        _text(given, "cursor", needed=False),
    )
    if kind is Kind.FOLDER and (query or cursor):
        raise _bad("query", "文件夹渠道没有查询语句", "a folder has no query and no cursor")
    Schedule.parse(schedule := _text(given, "schedule"))
    return Declaration(
        code=code,
        label=label[:LONGEST_LABEL],
        unit=_text(given, "unit"),
        item=_text(given, "item"),
        kind=kind,
        where=where,
        schedule=schedule,
        answers=_text(given, "answers"),
        query=only_select(query) if query else "",
        cursor=cursor,
        mapping=_mapping(given.get("mapping")),
        sheet=_text(given, "sheet", needed=False) or None,
    )


def _bad(part: str, problem: str, problem_en: str) -> BadDeclaration:
    return BadDeclaration(part=part, problem=problem, problem_en=problem_en)


def _kind(given: Any) -> Kind:
    try:
        return Kind(given)
    except ValueError:
        known = "、".join(Kind)
        raise _bad("kind", f"应为 {known} 之一", f"say one of {', '.join(Kind)}") from None


def _text(given: Mapping[str, Any], part: str, *, needed: bool = True) -> str:
    value = given.get(part)
    if value is None or value == "":
        if needed:
            raise _bad(part, "没有填写", "it is missing")
        return ""
    if not isinstance(value, str) or (part != "query" and len(value) > LONGEST_TEXT):
        raise _bad(part, "应为文本，且不过长", "it must be a text, and not too long")
    return value.strip()


def _where(kind: Kind, given: Any) -> dict[str, str]:
    if not isinstance(given, Mapping):
        raise _bad("where", "没有填写", "it is missing")
    known = _WHERE[kind]
    for name in given.keys() - known.keys():
        raise _bad(f"where.{name}", "没有这一项", "there is no such part")
    where = {name: str(given[name]).strip() for name in known if given.get(name) not in (None, "")}
    for name, needed in known.items():
        if needed and not where.get(name):
            raise _bad(f"where.{name}", "没有填写", "it is missing")
    if kind is Kind.FOLDER:
        _folder(where)
    else:
        _server(where)
    return where


def _folder(where: Mapping[str, str]) -> None:
    parts = where["folder"].split("/")
    if any(not _NAME.fullmatch(part) or part.startswith(".") for part in parts):
        raise _bad(
            "where.folder",
            "应为收件总文件夹下的相对路径，各级用字母、数字、连字符",
            "a path below the folder of drops, of letters, digits and hyphens",
        )
    if where.get("marker", "") not in MARKERS:
        raise _bad("where.marker", "应为 done 或 sha256，或不填", "say done or sha256, or nothing")


def _server(where: Mapping[str, str]) -> None:
    if not _HOST.fullmatch(where["host"]):
        raise _bad(
            "where.host", "不是主机名、地址或套接字目录", "no host, address or socket folder"
        )
    if (name := where.get("password_file")) and (not _NAME.fullmatch(name) or name[0] == "."):
        problem = "只写文件名，不写路径，也不写密码本身"
        raise _bad("where.password_file", problem, "a file's name: no path, no password")
    for part, highest in (("port", _HIGHEST_PORT), ("seconds", 3600)):
        number = where.get(part, "1")
        if not (number.isascii() and number.isdigit() and 0 < int(number) <= highest):
            raise _bad(
                f"where.{part}", f"应为1至{highest}的整数", f"an integer from 1 to {highest}"
            )
    if where.get("tls", "off") not in TLS:
        raise _bad("where.tls", "应为 verify、require 或 off", "say verify, require or off")


def _mapping(given: Any) -> dict[str, str | None] | None:
    if given is None:
        return None
    if isinstance(given, Mapping) and all(
        isinstance(header, str) and (field is None or isinstance(field, str))
        for header, field in given.items()
    ):
        return dict(given)
    raise _bad("mapping", "应为“列名 → 数据项”，不用的列写空", "column → field, null to leave out")
