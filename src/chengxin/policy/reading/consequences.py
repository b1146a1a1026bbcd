"""Lists and measures built from their files; each ends with the law it rests on."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from chengxin.law.values import CONFIRMED, Basis
from chengxin.policy.reading.layers import Merged
from chengxin.policy.values.consequences import (
    BusinessKind,
    Consequences,
    CreditList,
    Effect,
    Function,
    MadeBy,
    Measure,
    Nature,
)

Data = Mapping[str, Any]


class Cited(Protocol):
    """What `build.Sources` answers about a written basis."""

    def basis(self, data: Data) -> Basis:
        """The basis with title and status."""

    def end_of(self, data: Data) -> date | None:
        """The day it ends."""


def consequences_of(merged: Merged, sources: Cited) -> Consequences:
    """The lists, measures and functions of entries that have no faults."""
    functions = {code: _function(one.data) for code, one in merged.of("function").items()}
    return Consequences(
        {code: _list(one.data, sources, functions) for code, one in merged.of("list").items()},
        {
            code: _measure(one.data, sources, functions)
            for code, one in merged.of("measure").items()
        },
        functions,
    )


def _function(data: Data) -> Function:
    return Function(data["code"], data["label"], data["label_en"], tuple(data["units"]))


def _units(name: str, functions: Mapping[str, Function]) -> tuple[str, ...]:
    return functions[name].units if name in functions else ()


def _kinds(data: Data) -> tuple[BusinessKind, ...]:
    return tuple(BusinessKind(one) for one in data["subject_kinds"])


def _end(data: Data, sources: Cited) -> tuple[date | None, Basis | None]:
    """The first day it no longer exists, and the law that ended with it, if one did."""
    written = date.fromisoformat(data["until"]) if "until" in data else None
    found = [(day, one) for one in data["basis"] if (day := sources.end_of(one)) is not None]
    first = min(found, key=lambda pair: pair[0], default=None)
    if first is None or (written is not None and written <= first[0]):
        return written, None
    return first[0], sources.basis(first[1])


def _bases(data: Data, sources: Cited) -> tuple[Basis, ...]:
    written: Sequence[Data] = data["basis"]
    return tuple(sources.basis(one) for one in written)


def _list(data: Data, sources: Cited, functions: Mapping[str, Function]) -> CreditList:
    until, repealed = _end(data, sources)
    return CreditList(
        code=data["code"],
        label=data["label"],
        label_en=data["label_en"],
        nature=Nature(data["nature"]),
        made_by=MadeBy(data["made_by"]),
        subject_kinds=_kinds(data),
        basis=_bases(data, sources),
        since=date.fromisoformat(data["since"]),
        item=data["item"],
        item_code=data.get("item_code", ""),
        evidence=tuple(data.get("evidence", ())),
        evidence_severity=tuple(data.get("evidence_severity", ())),
        deciding_units=_units(data.get("decided_by", ""), functions),
        statement_period=data.get("statement_period", ""),
        hearing=data.get("hearing", False),
        approval=data.get("approval", False),
        term=data.get("term", ""),
        early_removal=data.get("early_removal", ""),
        removal_terms=data.get("removal_terms", ""),
        removal_terms_en=data.get("removal_terms_en", ""),
        exemption=sources.basis(data["exemption"]) if "exemption" in data else None,
        until=until,
        repealed=repealed,
        status=data.get("status", CONFIRMED),
        note=data.get("note", ""),
    )


def _measure(data: Data, sources: Cited, functions: Mapping[str, Function]) -> Measure:
    until, repealed = _end(data, sources)
    return Measure(
        code=data["code"],
        label=data["label"],
        label_en=data["label_en"],
        effect=Effect(data["nature"]),
        kind=data["kind"],
        subject_kinds=_kinds(data),
        object=data["object"],
        object_en=data["object_en"],
        content=data["content"],
        content_en=data["content_en"],
        basis=_bases(data, sources),
        since=date.fromisoformat(data["since"]),
        lists=tuple(data["lists"]),
        executing_units=_units(data.get("executed_by", ""), functions),
        waiting_period=data.get("waiting_period", ""),
        until=until,
        repealed=repealed,
        status=data.get("status", CONFIRMED),
        note=data.get("note", ""),
    )
