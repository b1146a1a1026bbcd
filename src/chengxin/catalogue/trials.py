"""Proposals put before the gate: what it says of an item nobody has.

A proposal becomes a raw item of the city's layer with a party block, as a city would write it,
and goes through the very checks every real item goes through. Nothing here decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from chengxin.catalogue.errors import item_fault
from chengxin.catalogue.rules import item_faults
from chengxin.catalogue.values import PARTY_FIELDS
from chengxin.policy.errors import RulebookFault
from chengxin.policy.values import Proposal, RawItem, Rulebook

PROHIBITED: Final = "CATALOGUE-PROHIBITED"
KEPT: Final = PARTY_FIELDS | {"id_number", "decided_on", "authority"}
USUAL: Final[Mapping[str, Any]] = {
    "class_code": "compliance",
    "subject_kinds": ["natural_person"],
    "disclosure": "shared",
    "adverse": True,
    "since": "2026-06-01",
    "basis": [],
    "purpose": "加强社会信用体系建设，提高城市诚信水平。",
    "purpose_en": "Strengthen the city's integrity.",
    "maximum_term": "publication.restricted_maximum_term",
    "fields": [],
}


@dataclass(frozen=True)
class Trial:
    """A proposal and every reason the gate gave against it; none: it would have compiled."""

    proposal: Proposal
    faults: tuple[RulebookFault, ...]

    @property
    def refused(self) -> bool:
        """Whether the item does not compile."""
        return bool(self.faults)

    @property
    def by_content(self) -> bool:
        """Whether what the item speaks of was enough to refuse it."""
        return any(fault.code == PROHIBITED for fault in self.faults)

    def as_expected(self, book: Rulebook) -> bool:
        """Whether it was refused for the reason, and under the law, its file names."""
        data = self.proposal.data
        laws = {**book.laws, **self.proposal.laws}
        title = laws[data["cites"]].title if "cites" in data else ""
        label = next((one.label for one in book.prohibitions if one.code == data.get("by")), "")
        return any(
            fault.code == data.get("refused", PROHIBITED)
            and title in fault.reason_zh + fault.way_out_zh
            and label in fault.reason_zh
            for fault in self.faults
        )


def try_all(proposals: Iterable[Proposal], book: Rulebook) -> list[Trial]:
    """Put every proposal before the gate, each alone."""
    return [Trial(one, tuple(_faults(one, book))) for one in proposals]


def _faults(one: Proposal, book: Rulebook) -> list[RulebookFault]:
    laws = {**book.laws, **one.laws}
    beside = replace(book, laws=laws, articles={**book.articles, **one.articles})
    raw = _raw(one, book)
    where = (one.file, one.line)
    if raw is None:
        return [item_fault("UNKNOWN-FIELD", where, field="subject_kinds", name="—")]
    return item_faults(raw, beside)


def _raw(one: Proposal, book: Rulebook) -> RawItem | None:
    """The proposal as an item of the top layer, with the party of a real item of its kinds."""
    data = {**USUAL, **one.data}
    donors = book.raw_items.values()
    donor = next((i for i in donors if i.data["subject_kinds"] == data["subject_kinds"]), None)
    if donor is None:
        return None
    party = [field for field in donor.data["fields"] if field["name"] in KEPT]
    own = [_field(index, field) for index, field in enumerate(data["fields"])]
    term = data.pop("maximum_term")
    item = {
        **{key: value for key, value in data.items() if key not in {"refused", "by", "cites"}},
        "parameters": {"maximum_term": term} if term else {},
        "natural_key": ["subject_name", "decided_on"],
        "fields": [*party, *own],
    }
    file = f"{book.layers[-1]}/{one.file}"
    return RawItem(one.code, item, file, one.line, {(): (one.file, one.line)})


def _field(index: int, field: str | Mapping[str, Any]) -> dict[str, Any]:
    given = {"label": field} if isinstance(field, str) else dict(field)
    return {"name": f"own_{index}", "label_en": f"Field {index}", "type": "text", **given}
