"""DuckDB expressions over code lists: label, alias or code in, code out."""

import re

from chengxin.catalogue.services.texts import literal, matches
from chengxin.kernel.text import normalise_text
from chengxin.policy.values.codelists import CodeList

SEPARATOR = ";"


def to_code(looked: str, sql: str, codelist: CodeList) -> str:
    """The code an entry stands for, by its lookup key; text that is no entry stays."""
    return _looked_up(looked, codelist, otherwise=sql)


def parts_of(looked: str, codelist: CodeList) -> str:
    """A lookup key cut into the keys of several entries.

    Cut at semicolons; a part that is no entry is cut again at the other signs people use
    (、 and commas), because labels themselves may hold one.
    """
    parts = f"string_split({looked}, {literal(SEPARATOR)})"
    known = f"p IN ({', '.join(literal(text) for text in _table(codelist))})"
    finer = f"CASE WHEN {known} THEN [p] ELSE string_split_regex(p, '[、,/|]') END"
    return f"flatten(list_transform({parts}, lambda p: {finer}))"


def to_codes(parts: str, codelist: CodeList) -> str:
    """A list of keys as codes, each once, in the order sent; unknown parts stay as text."""
    coded = f"list_transform({parts}, lambda q: {_looked_up('q', codelist, otherwise='q')})"
    return f"list_filter({coded}, lambda c: c <> '')"


def joined(listed_codes: str) -> str:
    """The list as one text, "a;b", every code once."""
    once = f"list_filter({listed_codes}, lambda c, i: list_position({listed_codes}, c) = i)"
    return f"NULLIF(array_to_string({once}, {literal(SEPARATOR)}), '')"


def is_code(sql: str, codelist: CodeList) -> str:
    """Whether the normalised text is one code of the list."""
    return f"{sql} IN ({_codes(codelist)})"


def are_codes(sql: str, codelist: CodeList) -> str:
    """Whether every part of the normalised text is a code of the list."""
    one = "(?:" + "|".join(re.escape(entry.code) for entry in codelist.entries) + ")"
    return matches(sql, f"{one}(?:{SEPARATOR}{one})*")


def _codes(codelist: CodeList) -> str:
    return ", ".join(literal(entry.code) for entry in codelist.entries)


def _table(codelist: CodeList) -> dict[str, str]:
    """Every way to write an entry → its code; the first entry wins, as in `CodeList.find`."""
    table: dict[str, str] = {}
    for entry in codelist.entries:
        for text in (entry.code, entry.label, *entry.aliases):
            table.setdefault(lookup_key(text), entry.code)
    return table


def labels(codelist: CodeList) -> dict[str, str]:
    """Every way to write an entry, as people write it → its code."""
    table = _table(codelist)
    written = (t for entry in codelist.entries for t in (entry.code, entry.label, *entry.aliases))
    return {text: table[lookup_key(text)] for text in written}


def _looked_up(looked: str, codelist: CodeList, *, otherwise: str) -> str:
    """A CASE over every way to write an entry, then over the entries met by a beginning."""
    groups: dict[str, list[str]] = {}
    for text, code in _table(codelist).items():
        groups.setdefault(code, []).append(literal(text))
    cases = [
        f"WHEN {looked} IN ({', '.join(texts)}) THEN {literal(code)}"
        for code, texts in groups.items()
    ]
    cases += [
        f"WHEN regexp_matches({looked}, {literal(_beginning(entry.label))}) "
        f"THEN {literal(entry.code)}"
        for entry in codelist.entries
        if entry.prefix
    ]
    return f"CASE {' '.join(cases)} ELSE {otherwise} END"


def _beginning(label: str) -> str:
    """A label, a dash, and at least one character more."""
    return "^" + re.escape(lookup_key(label)) + "-(?s:.)"


def lookup_key(text: str) -> str:
    """The form in which texts are compared: as `key` in SQL and `CodeList.find` in Python."""
    return normalise_text(text).casefold().replace("—", "-").replace(" ", "")
