"""The machine-readable twin of a report: numbers from the register, words from the rulebooks."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from chengxin.policy.values import Rulebook
from chengxin.policy.values.models import Model
from chengxin.tunnel.values import FORMAT, Line

KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "legal_person": ("法人", "Legal persons"),
    "unincorporated": ("非法人组织", "Unincorporated"),
    "sole_trader": ("个体工商户", "Sole traders"),
}
DIMENSIONS: Final[Mapping[str, str]] = {"division": "region", "sector": "industry"}
UNKNOWN: Final = ("未登记", "Not recorded")


def twin(
    head: Mapping[str, Any],
    found: Mapping[str, Any],
    lines: Sequence[Line],
    changed: Sequence[Mapping[str, Any]],
    books: tuple[Rulebook, Rulebook],
) -> dict[str, Any]:
    """What a report says, as plain values: `report.json`. No name of any organisation."""
    before, after = books
    return {
        "format": FORMAT,
        **head,
        "changes": list(changed),
        "kept": all(line.kept for line in lines),
        "budget": [{**line.as_json(), **_where(line, after)} for line in lines],
        "register": {"organisations": found["organisations"], "records": found["records"]},
        "models": [_model(one, before, after) for one in found["models"]],
        "items": [{**one, **_labels(before, after, one["item"])}
                  for one in found["items"]],
        "places": [{**one, **_key("division", one["key"], after)} for one in found["places"]],
        "lists": [{**one, **_follows(before, after, "lists", one["code"])}
                  for one in found["lists"]],
        "measures": [{**one, **_follows(before, after, "measures", one["code"])}
                     for one in found["measures"]],
        "catalogue": _catalogue(before, after, date.fromisoformat(head["on"])),
    }  # fmt: skip


def _where(line: Line, book: Rulebook) -> dict[str, str]:
    if not line.of or not line.code.startswith("worsened_in_a"):
        return {"where_zh": "", "where_en": ""}
    name = "sector" if line.code.endswith("sector") else "division"
    words = _key(name, line.where, book)
    return {"where_zh": words["label"], "where_en": words["label_en"]}


def _key(name: str, key: str, book: Rulebook) -> dict[str, str]:
    """The words of a kind, a county or a sector."""
    if name == "kind":
        zh, en = KINDS.get(key, (key, key))
    else:
        entry = book.codelist(DIMENSIONS[name]).by_code.get(key)
        zh, en = (entry.label, entry.label_en) if entry else (key, key)
    zh, en = (zh, en) if key else UNKNOWN
    return {"label": zh, "label_en": en}


def _model(one: Mapping[str, Any], before: Rulebook, after: Rulebook) -> dict[str, Any]:
    known = [book.models[one["code"]] for book in (after, before) if one["code"] in book.models]
    words = _grades(known)
    by = {
        name: [{**row, **_key(name, row["key"], after)} for row in rows]
        for name, rows in one["by"].items()
    }
    return {
        **one,
        "label": known[0].label,
        "label_en": known[0].label_en,
        "confirmed": known[0].confirmed,
        "basis": [str(basis) for basis in known[0].basis],
        "order": list(words),
        "words": words,
        "by": by,
    }


def _grades(models: Sequence[Model]) -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = {}
    for model in models:
        for grade in model.grades:
            words.setdefault(grade.code, {"zh": grade.label, "en": grade.label_en})
    return words


def _labels(before: Rulebook, after: Rulebook, code: str) -> dict[str, str]:
    raw = after.raw_items.get(code) or before.raw_items[code]
    return {"label": raw.data["label"], "label_en": raw.data["label_en"]}


def _follows(before: Rulebook, after: Rulebook, shelf: str, code: str) -> dict[str, Any]:
    shelves = (getattr(book.consequences, shelf) for book in (after, before))
    one = next(known[code] for known in shelves if code in known)
    return {"label": one.label, "label_en": one.label_en, "basis": [str(b) for b in one.basis]}


def _catalogue(before: Rulebook, after: Rulebook, on: date) -> list[dict[str, str]]:
    """Items that begin or stop with the change: by being there, or by their day."""
    found = []
    for code in sorted(set(before.raw_items) | set(after.raw_items)):
        early, late = (_open(book, code, on) for book in (before, after))
        if early != late:
            words = _labels(before, after, code)
            found.append({"code": code, "what": "begins" if late else "stops", **words})
    return found


def _open(book: Rulebook, code: str, on: date) -> bool:
    raw = book.raw_items.get(code)
    if raw is None:
        return False
    until = raw.data.get("until")
    return until is None or on.isoformat() < str(until)
