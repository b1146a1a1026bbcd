"""Plain rows as SQL: what the record of one holds, without a look at each in turn.

Most rows of a file name an organisation by a valid code and hold nothing that has to be weighed.
They become records many at a time, by the expressions here, over the held rows of a batch
(`<field>` in its one form, `<field>__raw` as received). A row that is not plain takes the careful
way, one by one; both ways end in the same record, and a test holds them to it.
"""

from collections.abc import Collection, Iterable
from typing import Final

from chengxin.catalogue.values import Field, FieldType, Item, SubjectKind
from chengxin.engine.values import RAW
from chengxin.intake.rules.parties import CODES

_LONG_ENOUGH: Final = 18  # bytes: no ID number is shorter
_LIKE_AN_ID_NUMBER: Final = "[1-9][0-9]{16}[0-9Xx]"
# Control signs that JSON may spell in two ways; a digest knows one.
_CONTROL: Final = r"[\x01-\x07\x0b\x0e-\x1f]"
_CHECKED_FOR_NUMBERS: Final = {FieldType.TEXT, FieldType.LONG_TEXT}


def needs_care(item: Item, held: Collection[str]) -> str:
    """True for a row that has to be looked at by itself; `held` are the columns there are.

    Rows about natural persons, rows that do not say whom they are about, cells in which an ID
    number may stand unseen by the checks, an incomplete natural key.
    """
    kinds = ", ".join(f"'{kind}'" for kind in SubjectKind)
    reasons = [f"{_column('id_number', held)} IS NOT NULL"]
    if "subject_kind" in held:
        kind = _column("subject_kind", held)
        reasons.append(f"coalesce({kind} NOT IN ({kinds}), true)")
        reasons.append(f"{kind} = '{SubjectKind.NATURAL_PERSON}'")
    else:
        reasons.append("true")
    reasons += [f"{_column(name, held)} IS NULL" for name in item.natural_key]
    reasons.append(f"{_column('decided_on', held)} IS NULL")
    for field in item.fields:
        for name in {field.name, field.name + RAW} & set(held):
            if not _is_checked(field):
                text = _quoted(name)
                long = f"strlen({text}) >= {_LONG_ENOUGH}"
                reasons.append(f"({long} AND regexp_matches({text}, '{_LIKE_AN_ID_NUMBER}'))")
            elif not name.endswith(RAW):
                reasons.append(f"regexp_matches({_quoted(name)}, '{_CONTROL}')")
    return "coalesce(" + " OR ".join(reasons) + ", false)"


def _is_checked(field: Field) -> bool:
    """Whether the rules already find an ID number in this field: then the row is faulty."""
    return field.type in _CHECKED_FOR_NUMBERS and field.public and not field.personal


def open_facts(item: Item, held: Collection[str]) -> str:
    """The open facts of a record as canonical JSON."""
    return _json_object(f.name for f in item.fields if not f.personal and f.name in held)


def personal_facts(item: Item, held: Collection[str]) -> str:
    """The personal facts as canonical JSON; NULL if there are none."""
    names = [f.name for f in item.fields if f.personal and f.name in held]
    return f"NULLIF({_json_object(names)}, '{{}}')" if names else "CAST(NULL AS VARCHAR)"


def natural_key(item: Item, held: Collection[str]) -> str:
    """What the key of a record is a digest of: item and key fields as a JSON list."""
    texts = (f"coalesce({_column(name, held)}, '')" for name in item.natural_key)
    parts = [f"'\"{item.code}\"'", *(f"CAST(to_json({text}) AS VARCHAR)" for text in texts)]
    return "'[' || " + " || ',' || ".join(parts) + " || ']'"


def party(held: Collection[str]) -> str:
    """The columns a link is judged by, as `subjects.services.link_table` wants them."""
    codes = ", ".join(f"{_column(name, held)} AS {kind.value}" for name, kind in CODES.items())
    sure = ", ".join(f"false AS {kind.value}_held" for kind in CODES.values())
    trader = f"{_column('subject_kind', held)} = '{SubjectKind.SOLE_TRADER}'"
    who = f"coalesce({_column('representative', held)}, '') AS representative"
    return (
        f"line, coalesce({_column('subject_name', held)}, '') AS name, false AS personal, "
        f"{trader} AS sole_trader, {codes}, {sure}, CAST(NULL AS VARCHAR) AS id_lookup, {who}"
    )


def literal(text: object) -> str:
    """A text, or the path of a file, as DuckDB writes it."""
    return "'" + str(text).replace("'", "''") + "'"


def _json_object(names: Iterable[str]) -> str:
    pairs = [
        f"'\"{name}\":' || CAST(to_json(NULLIF({_quoted(name)}, '')) AS VARCHAR)"
        for name in sorted(names)
    ]
    return "'{' || concat_ws(',', " + ", ".join(pairs or ["NULL"]) + ") || '}'"


def _column(name: str, held: Collection[str]) -> str:
    return f"NULLIF({_quoted(name)}, '')" if name in held else "CAST(NULL AS VARCHAR)"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
