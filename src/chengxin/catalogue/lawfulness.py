"""What the law asks of an item before anything may be collected: rank, persons, lists, an end.

Each refusal cites the law that orders it: `rulebook/national/gate.yaml`.
Law: 国办发〔2020〕49号 (catalogue and lists), 个人信息保护法, 信用修复管理办法; charter 1-3, 8.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from chengxin.catalogue.errors import item_fault
from chengxin.catalogue.values import PARTY_FIELDS, FieldType
from chengxin.law.values import CONFIRMED, Basis, Law
from chengxin.policy.errors import RulebookFault
from chengxin.policy.values import CodeList, Parameter, RawItem, Rulebook

LISTS: Final = "serious_breach_list"
LIST_FIELD: Final = "list_code"
DOCUMENT: Final = "document_number"
PERSON: Final = "natural_person"
NATIONAL: Final = "national_item"
LOCAL: Final = "local_item"
NEEDED_FIELDS: Final = ("subject_name", "subject_kind", "decided_on")


def grounded(cause: str, raw: RawItem, book: Rulebook, *path: str, **facts: Any) -> RulebookFault:
    """A fault that cites the law behind it; `path` is where in the item."""
    basis = book.gate.grounds.get(cause)
    return item_fault(cause, raw.where(*path), grounds=str(basis) if basis else "—", **facts)


def basis_faults(raw: RawItem, book: Rulebook) -> Iterator[RulebookFault]:
    """No basis, one not in force, one of too low a rank."""
    cited, label = raw.data.get("basis", ()), raw.data["label"]
    if not cited:
        yield grounded("NO-BASIS", raw, book, item=label)
        return
    if purpose_of(raw, book) == LOCAL and not any(_read(one, book) for one in cited):
        yield grounded("NO-ARTICLE", raw, book, "basis", item=label)
    laws, since = cited_laws(raw, book), date.fromisoformat(raw.data["since"])
    if not enough(laws, purpose_of(raw, book), book):
        yield grounded("WEAK-BASIS", raw, book, "basis", item=label)
    elif not enough([one for one in laws if stands(one, since, book)], purpose_of(raw, book), book):
        titles = "、".join(f"《{law.title}》" for law in laws if not law.in_force(since))
        yield grounded(
            "BASIS-NOT-IN-FORCE", raw, book, "basis", item=label, day=since, titles=titles
        )


def _read(cited: Mapping[str, str], book: Rulebook) -> bool:
    """Whether a citation names an article somebody has read, of a law that ranks high enough."""
    law = book.laws[cited["law"]]
    return book.basis(law.id, cited["article"]).status == CONFIRMED and enough([law], LOCAL, book)


def cited_laws(raw: RawItem, book: Rulebook) -> list[Law]:
    """The laws an item cites."""
    return [book.laws[one["law"]] for one in raw.data.get("basis", ())]


def purpose_of(raw: RawItem, book: Rulebook) -> str:
    """Which demand on rank an item has to meet: the nation's, or that of a local addition."""
    lowest = book.layers[0] if book.layers else raw.file.partition("/")[0]
    return NATIONAL if raw.file.startswith(f"{lowest}/") else LOCAL


def enough(laws: Iterable[Law], purpose: str, book: Rulebook) -> bool:
    """Whether one of the laws has the rank asked for; a framework law lets nothing in."""
    levels = book.gate.levels[purpose]
    return any(law.level in levels and not law.framework for law in laws)


def stands(law: Law, day: date, book: Rulebook) -> bool:
    """Whether a law, or the one that followed it 接替, was in force on a day."""
    if law.in_force(day) or not law.replaced_by or law.until is None or day < law.until:
        return law.in_force(day)
    return stands(book.laws[law.replaced_by], day, book)


def end_of_basis(raw: RawItem, book: Rulebook) -> tuple[date, Basis] | None:
    """The first day on which a law the item rests on is gone 依据废止, and that law.

    One law of sufficient rank that nothing follows is enough: what the legislator ended is not
    kept alive by the next citation.
    """
    since, purpose = date.fromisoformat(raw.data["since"]), purpose_of(raw, book)
    ends = [
        (law.until, one["article"], law.id)
        for one in raw.data.get("basis", ())
        if (law := book.laws[one["law"]]).until is not None and law.until > since
        if enough([law], purpose, book) and not stands(law, law.until, book)
    ]
    if not ends:
        return None
    day, article, law_id = min(ends)
    return day, book.basis(law_id, article)


def person_faults(raw: RawItem, book: Rulebook) -> Iterator[RulebookFault]:
    """Items about natural persons are a closed list, and none is public; no person beside it."""
    data, label = raw.data, raw.data["label"]
    if data.get("person_disclosure") == "public":
        yield grounded("PERSON-PUBLIC", raw, book, "person_disclosure")
    kinds = data["subject_kinds"]
    if PERSON in kinds and raw.code not in book.gate.person_items:
        yield grounded("PERSON-ITEM", raw, book, "subject_kinds", item=label)
    if kinds == [PERSON] and data["disclosure"] == "public":
        yield grounded("PERSON-PUBLIC", raw, book, "disclosure")
    for one in data["fields"]:
        personal = one.get("personal") or one.get("type") == FieldType.ID_NUMBER
        beyond = personal and one["name"] not in book.gate.personal_fields
        if beyond or (PERSON not in kinds and _tells_of_persons(one, book)):
            yield grounded("PERSONAL-BEYOND", raw, book, "fields", one["name"], field=one["name"])


def _tells_of_persons(field: Mapping[str, Any], book: Rulebook) -> bool:
    """Whether a field of an organisation's item is about persons by its label 当事人以外的个人."""
    if field["name"] in book.gate.personal_fields | PARTY_FIELDS:
        return False
    return any(word in field.get("label", "") for word in book.gate.person_words)


def party_faults(raw: RawItem, book: Rulebook) -> Iterator[RulebookFault]:
    """A row says whom it is about, of which kind, and when it was decided."""
    fields = {one["name"]: one for one in raw.data["fields"]}
    missing = [name for name in NEEDED_FIELDS if name not in fields]
    if missing:
        yield grounded("NO-PARTY", raw, book, "fields", missing="、".join(missing))
    codelist = book.codelists.get(fields.get("subject_kind", {}).get("codelist", ""))
    if codelist is not None and set(codelist.by_code) != set(raw.data["subject_kinds"]):
        yield grounded(
            "KINDS-DIFFER", raw, book, "subject_kinds", item=raw.data["label"], name=codelist.code
        )


def list_faults(raw: RawItem, book: Rulebook) -> Iterator[RulebookFault]:
    """A serious-breach list 严重失信主体名单 exists only by the law that creates it."""
    if raw.data["class_code"] != LISTS:
        return
    fields = {one["name"]: one for one in raw.data["fields"]}
    codelist = book.codelists.get(fields.get(LIST_FIELD, {}).get("codelist", ""))
    if codelist is None:
        if not enough(cited_laws(raw, book), "list", book):
            yield _lawless(raw, book, raw.data["label"])
        return
    for entry in codelist.entries:
        if not enough([book.laws[basis.law_id] for basis in entry.basis], "list", book):
            yield _lawless(raw, book, entry.label)


def _lawless(raw: RawItem, book: Rulebook, name: str) -> RulebookFault:
    return grounded("LIST-WITHOUT-LAW", raw, book, "fields", LIST_FIELD, name=name)


def end_faults(raw: RawItem, book: Rulebook) -> Iterator[RulebookFault]:
    """What is held against a subject rests on a document with legal effect, and has an end.

    A finding without its decision 文书 is gossip; a record without a longest term is for ever
    (charter 8).
    """
    if not raw.data["adverse"]:
        return
    documents = (one for one in raw.data["fields"] if one["name"] == DOCUMENT)
    if not any(one.get("required") for one in documents):
        yield grounded("NO-DOCUMENT", raw, book, "fields", DOCUMENT, item=raw.data["label"])
    name = raw.data.get("parameters", {}).get("maximum_term")
    parameter = book.parameters.get(name or "")
    if parameter is None or not _always_ends(parameter, book.codelists):
        yield grounded("NO-END", raw, book, "parameters", item=raw.data["label"], name=name or "—")


def _always_ends(parameter: Parameter, codelists: Mapping[str, CodeList]) -> bool:
    """Whether every value counts months for every code that may select it."""
    if parameter.unit != "months":
        return False
    for one in parameter.values:
        table = one.value if isinstance(one.value, Mapping) else {"": one.value}
        keys = codelists[parameter.keys].by_code if parameter.keys else {}
        if not all(type(months) is int for months in table.values()):
            return False
        if isinstance(one.value, Mapping) and not set(keys) <= set(table):
            return False
    return True
