"""Merged entries to values: texts become dates, lists become tuples, names become laws."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from chengxin.kernel.actor import Scope
from chengxin.law.values import CONFIRMED, Basis, Law
from chengxin.policy.reading.consequences import consequences_of
from chengxin.policy.reading.layers import Merged
from chengxin.policy.reading.models import build_models
from chengxin.policy.values import (
    Article,
    CalendarYear,
    CodeEntry,
    CodeList,
    DatedValue,
    Gate,
    Parameter,
    Prohibition,
    Role,
    Rulebook,
    Scenario,
    Site,
    Unit,
    WorkingCalendar,
    basis_of,
)

Data = Mapping[str, Any]


def build(merged: Merged, edition: str, layers: Sequence[str] = ()) -> Rulebook:
    """The rulebook of entries that have no faults; a value ends with its law at the latest."""
    laws = {name: law_of(entry.data) for name, entry in merged.of("law").items()}
    articles = {name: articles_of(entry.data) for name, entry in merged.of("law").items()}
    sources = Sources(laws, articles)
    (site,) = merged.of("site").values()
    return Rulebook(
        edition=edition,
        laws=laws,
        articles=articles,
        parameters=_each(merged, "parameter", lambda data: _parameter(data, sources)),
        codelists=_each(merged, "codelist", lambda data: _codelist(data, sources)),
        units=_each(merged, "unit", _unit),
        roles=_each(merged, "role", _role),
        calendar=WorkingCalendar(
            {int(year): _year(entry.data) for year, entry in merged.of("calendar").items()}
        ),
        site=_site(site.data),
        raw_items=dict(merged.items.items),
        prohibitions=tuple(
            _prohibition(entry.data, sources) for entry in merged.of("prohibition").values()
        ),
        scenarios=tuple(_scenario(document.file, document.data) for document in merged.scenarios),
        gate=next((_gate(one.data, sources) for one in merged.of("gate").values()), Gate()),
        layers=tuple(layers),
        models=build_models(merged, sources),
        notices=tuple(sorted(merged.notices)),
        consequences=consequences_of(merged, sources),
    )


class Sources:
    """Turns a written basis (law and article) into one with title and status."""

    def __init__(
        self, laws: Mapping[str, Law], articles: Mapping[str, Mapping[str, Article]]
    ) -> None:
        self._laws = laws
        self._articles = articles

    def basis(self, data: Data) -> Basis:
        """The basis of `{law, article}`; the reference has been checked before."""
        law = self._laws[data["law"]]
        return basis_of(law, data["article"], self._articles[law.id])

    def end_of(self, data: Data) -> date | None:
        """The day a written basis ends; None while it, or what follows it, is in force."""
        law = self._laws[data["law"]]
        return None if law.replaced_by else law.until


def _each(merged: Merged, kind: str, make: Callable[[Data], Any]) -> dict[str, Any]:
    return {name: make(entry.data) for name, entry in merged.of(kind).items()}


def _day(data: Data, key: str) -> date | None:
    return date.fromisoformat(data[key]) if key in data else None


def law_of(data: Data) -> Law:
    """A law as a file writes it."""
    return Law(
        data["id"],
        data["title"],
        data["number"],
        data["level"],
        data["issuer"],
        date.fromisoformat(data["since"]),
        _day(data, "until"),
        data["status"],
        data.get("framework", False),
        data.get("replaced_by", ""),
    )


def articles_of(data: Data) -> Mapping[str, Article]:
    """The articles of a law that somebody has read."""
    return {one["article"]: Article(**one) for one in data.get("articles", ())}


def _parameter(data: Data, sources: Sources) -> Parameter:
    return Parameter(
        data["name"],
        data["label"],
        data["label_en"],
        data["unit"],
        data["selected_by"],
        tuple(_dated(one, sources) for one in data["values"]),
        data["narrowing"],
        data.get("counted_from", ""),
        data.get("transition", ""),
        data.get("keys", ""),
    )


def _dated(data: Data, sources: Sources) -> DatedValue:
    value = data["value"]
    ends = [day for day in (_day(data, "until"), sources.end_of(data["basis"])) if day]
    return DatedValue(
        date.fromisoformat(data["since"]),
        MappingProxyType(value) if isinstance(value, dict) else value,
        sources.basis(data["basis"]),
        min(ends, default=None),
        data.get("status", CONFIRMED),
        frozenset(data.get("unconfirmed", ())),
        data.get("note", ""),
    )


def _codelist(data: Data, sources: Sources) -> CodeList:
    return CodeList(
        data["codelist"],
        data["label"],
        data["label_en"],
        tuple(_entry(one, sources) for one in data["entries"]),
        tuple(sources.basis(one) for one in data.get("basis", ())),
        data.get("crosswalk_to", ""),
        data.get("extensible", False),
        data.get("status", CONFIRMED),
    )


def _entry(data: Data, sources: Sources) -> CodeEntry:
    return CodeEntry(
        data["code"],
        data["label"],
        data["label_en"],
        tuple(data.get("aliases", ())),
        tuple(data.get("maps_to", ())),
        data.get("prefix", False),
        data.get("status", CONFIRMED),
        data.get("note", ""),
        tuple(sources.basis(one) for one in data.get("basis", ())),
    )


def _unit(data: Data) -> Unit:
    return Unit(
        data["code"],
        data["name"],
        data["short_name"],
        data["name_en"],
        data["kind"],
        data["division"],
        data.get("uscc", ""),
        data.get("status", CONFIRMED),
        tuple(data.get("former_names", ())),
    )


def _role(data: Data) -> Role:
    powers = {verb: Scope(scope) for verb, scope in data["powers"].items()}
    return Role(
        data["code"],
        data["label"],
        data["label_en"],
        MappingProxyType(powers),
        data.get("description", ""),
        data.get("description_en", ""),
    )


def _year(data: Data) -> CalendarYear:
    return CalendarYear(
        data["year"],
        frozenset(map(date.fromisoformat, data["off"])),
        frozenset(map(date.fromisoformat, data["working"])),
        data["notice"],
        data.get("status", CONFIRMED),
    )


def _site(data: Data) -> Site:
    return Site(**data)


def _prohibition(data: Data, sources: Sources) -> Prohibition:
    return Prohibition(
        data["code"],
        data["label"],
        data["label_en"],
        tuple(data["words"]),
        tuple(data["words_en"]),
        sources.basis(data["basis"]),
        data["reason"],
        data["reason_en"],
        data.get("persons_only", False),
        tuple(data.get("except", ())),
        tuple(data.get("except_en", ())),
        tuple(data.get("words_en_persons", ())),
        tuple(data.get("patterns", ())),
    )


def _gate(data: Data, sources: Sources) -> Gate:
    return Gate(
        {purpose: frozenset(levels) for purpose, levels in data["levels"].items()},
        frozenset(data["person_items"]),
        frozenset(data["personal_fields"]),
        tuple(data["person_words"]),
        {one["refusal"]: sources.basis(one["basis"]) for one in data["grounds"]},
    )


def _scenario(file: str, data: Data) -> Scenario:
    code = file.rsplit("/", 1)[-1].removesuffix(".yaml")
    return Scenario(
        code, data["title"], data["title_en"], data["given"], data["when"], data["then"], file
    )
