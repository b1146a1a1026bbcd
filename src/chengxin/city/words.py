"""The word lists the city is made of: files in `words/`, read once.

All are our own; places and streets are public or invented, names of companies that exist are
on a deny list 不得使用的字号 and never come out.
"""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Final, TypeVar

FOLDER: Final = "words"

T = TypeVar("T")


@dataclass(frozen=True)
class Place:
    """A district: its division code today and before 2014, its name, its towns."""

    division: str
    old_division: str
    district: str
    towns: tuple[str, ...]


@dataclass(frozen=True)
class Trade:
    """A trade: word in a name, GB/T 4754 letter, sectors that watch it, word for a shop."""

    word: str
    industry: str
    sectors: frozenset[str]
    shop: str


@dataclass(frozen=True)
class Breach:
    """A kind of breach 违法行为类型 with its facts, basis, penalty kinds and fine in yuan."""

    label: str
    facts: str
    basis: str
    kinds: tuple[str, ...]
    low: int
    high: int


@dataclass(frozen=True)
class PermitKind:
    """A kind of permit with its title, class, certificate, content and years of validity."""

    title: str
    kind: str
    certificate: str
    content: str
    years: int


@dataclass(frozen=True)
class Header:
    """How a field is headed: national code, label, other ways, and the 2015 layout."""

    field: str
    code: str
    label: str
    variants: tuple[str, ...]
    legacy: str


@dataclass(frozen=True)
class Sector:
    """What a unit whose name holds `keyword` does, and the mark in its document numbers."""

    keyword: str
    mark: str
    sectors: tuple[str, ...]
    weight: int


@dataclass(frozen=True)
class Words:
    """Every list, ready to pick from."""

    places: Mapping[str, Place]
    trades: tuple[Trade, ...]
    breaches: Mapping[str, tuple[Breach, ...]]
    permits: Mapping[str, tuple[PermitKind, ...]]
    headers: Mapping[str, tuple[Header, ...]]
    sectors: tuple[Sector, ...]
    fancy: tuple[str, ...]
    surnames: str
    given: str
    streets: tuple[str, ...]
    goods: tuple[str, ...]
    deny: tuple[str, ...]


@cache
def words() -> Words:
    """Read the lists."""
    lists = _lists()
    deny = tuple(lists["deny"].split())
    return Words(
        places={r["division"]: _place(r) for r in _rows("places.csv")},
        trades=tuple(_trade(r) for r in _rows("trades.csv")),
        breaches=_grouped("breaches.csv", "sector", _breach),
        permits=_grouped("permits.csv", "sector", _permit),
        headers=_grouped("headers.csv", "item", _header),
        sectors=tuple(_sector(r) for r in _rows("sectors.csv")),
        fancy=_fancy(lists["fancy"], deny),
        surnames=lists["surnames"],
        given=lists["given"],
        streets=tuple(lists["streets"].split()),
        goods=tuple(lists["goods"].split()),
        deny=deny,
    )


def _fancy(characters: str, deny: tuple[str, ...]) -> tuple[str, ...]:
    """Every pair of two different characters that is nobody's well-known name."""
    known = frozenset(deny)
    pairs = (a + b for a in characters for b in characters if a != b)
    return tuple(pair for pair in pairs if pair not in known)


def _text(name: str) -> str:
    return files("chengxin.city").joinpath(FOLDER, name).read_text("utf-8")


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(_text(name))))


def _lists() -> dict[str, str]:
    lines = (line for line in _text("words.txt").splitlines() if not line.startswith("#"))
    pairs = (line.partition(":") for line in lines if line)
    return {name: text.strip() for name, _, text in pairs}


def _grouped(name: str, key: str, make: Callable[[dict[str, str]], T]) -> dict[str, tuple[T, ...]]:
    groups: dict[str, list[T]] = {}
    for row in _rows(name):
        groups.setdefault(row[key], []).append(make(row))
    return {group: tuple(members) for group, members in groups.items()}


def _place(row: dict[str, str]) -> Place:
    towns = tuple(row["towns"].split())
    return Place(row["division"], row["old_division"], row["district"], towns)


def _trade(row: dict[str, str]) -> Trade:
    return Trade(row["trade"], row["industry"], frozenset(row["sectors"].split()), row["shops"])


def _breach(row: dict[str, str]) -> Breach:
    kinds = tuple(row["kinds"].split(";"))
    low, high = int(row["low"]), int(row["high"])
    return Breach(row["breach"], row["facts"], row["basis"], kinds, low, high)


def _permit(row: dict[str, str]) -> PermitKind:
    years = int(row["years"])
    return PermitKind(row["title"], row["kind"], row["certificate"], row["content"], years)


def _header(row: dict[str, str]) -> Header:
    variants = tuple(row["variants"].split("|"))
    return Header(row["field"], row["code"], row["label"], variants, row["legacy"])


def _sector(row: dict[str, str]) -> Sector:
    sectors = tuple(row["sectors"].split())
    return Sector(row["keyword"], row["mark"], sectors, int(row["weight"]))
