"""What a search page needs: who was found and why, what narrows it, and what was not looked at."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from chengxin.kernel.text import normalise_name
from chengxin.policy.values import Rulebook
from chengxin.publication import queries as publication
from chengxin.publication.values import PublicFact
from chengxin.register.queries import numbered
from chengxin.register.queries.holding import bearers, newest
from chengxin.subjects import queries as subjects
from chengxin.subjects.rules import asking
from chengxin.subjects.values import Finding, SubjectHit, SubjectKind
from chengxin.web.queries import open_items

PER_PAGE: Final = 20
SUGGESTED: Final = 8
JUDGED: Final = 200
"""Organisations of which it is asked whether they show records of an item."""
BEARERS: Final = 5_000
"""Where an item has no more, those that hold it are looked at, and not all that are called so."""
DOCUMENTS: Final = 10
FORGIVING: Final = frozenset(
    {"traditional", "near_code", "form", "short", "sound", "slip", "nearest"}
)


@dataclass(frozen=True)
class Asked:
    """What was typed, what it is narrowed to, and the page."""

    text: str
    county: str = ""
    kind: str = ""
    industry: str = ""
    item: str = ""
    page: str = "1"

    @property
    def filters(self) -> dict[str, str]:
        """What it is narrowed to, without what was left open."""
        given = {"county": self.county, "kind": self.kind}
        given |= {"industry": self.industry, "item": self.item}
        return {name: value for name, value in given.items() if value}

    @property
    def query(self) -> str:
        """The address of this search without its page, for links to others."""
        return urlencode({"q": self.text, **self.filters}) + "&"

    @property
    def wider(self) -> str:
        """The address of this search in the whole register."""
        return "?" + urlencode({"q": self.text})


@dataclass(frozen=True)
class SearchPage:
    """A page of what was found."""

    asked: Asked
    hits: Sequence[SubjectHit] = ()
    found: int = 0
    number: int = 1
    last: int = 1
    capped: bool = False
    curtailed: bool = False
    too_short: bool = False
    documents: tuple[tuple[PublicFact, str], ...] = ()

    @property
    def start(self) -> int:
        """The place of the first that is shown, counted from 1."""
        return (self.number - 1) * PER_PAGE + 1

    @property
    def forgiven(self) -> bool:
        """Whether nothing is what was typed, and all shown is what may have been meant."""
        return bool(self.hits) and all(hit.reason in FORGIVING for hit in self.hits)


def search_page(asked: Asked, *, on: date, book: Rulebook) -> SearchPage:
    """What a search finds today."""
    asked = _known(asked, book)
    if len(normalise_name(asked.text)) < asking.MINIMUM_QUERY:
        return SearchPage(asked, too_short=bool(asked.text))
    finding = _found(asked, on=on, book=book)
    found = len(finding.matches)
    last = max(-(-found // PER_PAGE), 1)
    number = min(max(int(asked.page), 1), last) if asked.page.isdecimal() else 1
    first = (number - 1) * PER_PAGE
    return SearchPage(
        asked=asked,
        hits=subjects.hits(finding.matches[first : first + PER_PAGE]),
        found=found,
        number=number,
        last=last,
        capped=finding.capped,
        curtailed=finding.curtailed,
        documents=_documents(asked.text, on=on, book=book),
    )


def suggestions(text: str) -> Sequence[SubjectHit]:
    """The first organisations a text may mean."""
    found = subjects.find(text, limit=SUGGESTED)
    return subjects.hits(found.matches)


def choices(book: Rulebook) -> dict[str, Any]:
    """What a search can be narrowed to."""
    return {
        "county": book.codelist("region").entries,
        "kind": [one.value for one in SubjectKind if one is not SubjectKind.NATURAL_PERSON],
        "industry": book.codelist("industry").entries,
        "item": open_items(book),
    }


def _known(asked: Asked, book: Rulebook) -> Asked:
    """Without what it cannot be narrowed to: an old link then finds more, not nothing."""
    known = choices(book)
    codes = {
        "county": {one.code for one in known["county"]},
        "kind": set(known["kind"]),
        "industry": {one.code for one in known["industry"]},
        "item": {one.code for one in known["item"]},
    }
    kept = {name: value for name, value in asked.filters.items() if value in codes[name]}
    return Asked(text=asked.text, page=asked.page, **kept)


def _found(asked: Asked, *, on: date, book: Rulebook) -> Finding:
    within = subjects.Within(kind=asked.kind, division=asked.county, section=asked.industry)
    if not asked.item:
        return subjects.find(asked.text, within=within)
    within = replace(within, only=bearers(asked.item, limit=BEARERS))
    finding = subjects.find(asked.text, within=within, limit=JUDGED)
    named = [one.subject for one in finding.matches]
    shown = _bearing(named, item=asked.item, on=on, book=book)
    kept = tuple(one for one in finding.matches if one.subject in shown)
    return replace(finding, matches=kept)


def _bearing(named: Sequence[UUID], *, item: str, on: date, book: Rulebook) -> frozenset[UUID]:
    """Which organisations show a fact of an item on day `on`: told by their newest, or by more.

    Each is a main entry; a fact of any entry of its body counts. Today's knowledge.
    """
    mains = subjects.members(named)
    found: set[UUID] = set()
    for depth in (1, 10, 100):
        open_yet = [entry for entry, main in mains.items() if main not in found]
        ids = newest(open_yet, item=item, limit=depth) if open_yet else []
        if not ids:
            break
        facts = publication.facts_of(ids, on=on, book=book).values()
        shown = {one.subject for one in facts if one.subject and one.showing.on(on)}
        found |= {mains[one] for one in shown if one in mains}
    return frozenset(found)


def _documents(text: str, *, on: date, book: Rulebook) -> tuple[tuple[PublicFact, str], ...]:
    """Public decisions under a document number 文号, however its brackets are written."""
    ids: list[UUID] = []
    for one in asking.document_numbers(text):
        ids += numbered(one, limit=DOCUMENTS)
    facts = publication.facts_of(ids, on=on, book=book) if ids else {}
    shown = [one for one in facts.values() if one.showing.on(on) and one.subject]
    names = subjects.called(one.subject for one in shown if one.subject)
    return tuple((one, names[one.subject][1]) for one in shown if one.subject in names)[:DOCUMENTS]
