"""The rules of one field: presence, type, dates in order, numbers that prove themselves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chengxin.catalogue.services import amounts, codes, conditions, identifiers, persons
from chengxin.catalogue.services.sentences import sentences
from chengxin.catalogue.services.texts import column, literal, raw
from chengxin.catalogue.values import RECEIVED_ON, Condition, Field, FieldType, Item
from chengxin.engine.values import DAY, FINDING, TODAY, Rule, Severity
from chengxin.kernel.ids import IdKind
from chengxin.policy.values.rulebook import Rulebook

IDENTIFIERS = {
    FieldType.USCC: IdKind.USCC,
    FieldType.ID_NUMBER: IdKind.ID_NUMBER,
    FieldType.ORG_CODE: IdKind.ORG_CODE,
    FieldType.REGISTRATION: IdKind.REGISTRATION,
    FieldType.TAX: IdKind.TAX,
}

_FORM = ("IDS-LENGTH", "IDS-ALPHABET", "IDS-SPREADSHEET-NUMBER")
_PERSON = (
    *_FORM, "IDS-PROVINCE", "IDS-BIRTH-DATE", "IDS-FORM", "IDS-DIGITS-LOST", "IDS-CHECK-DIGIT"
)  # fmt: skip
_ALSO_PERSON = "IDS-ALSO-ID-NUMBER"

# Verdict → the reasons of `kernel.ids` that can come with it; each becomes a rule of its own.
FINDINGS: Mapping[FieldType, Mapping[str, tuple[str, ...]]] = {
    FieldType.USCC: {
        "invalid": _FORM,
        "held": (
            "IDS-CHECK-DIGIT", "IDS-PLACEHOLDER", "IDS-PREFIX", "IDS-DIGITS-LOST", _ALSO_PERSON
        ),
        "valid": (_ALSO_PERSON, "IDS-INNER-CHECK"),
    },
    FieldType.ORG_CODE: {"invalid": _FORM, "held": ("IDS-CHECK-DIGIT", "IDS-PLACEHOLDER")},
    FieldType.REGISTRATION: {
        "invalid": _FORM,
        "held": ("IDS-CHECK-DIGIT", "IDS-PLACEHOLDER", "IDS-PROVINCE", _ALSO_PERSON),
        "valid": (_ALSO_PERSON,),
    },
    FieldType.TAX: {
        "invalid": _FORM,
        "held": ("IDS-CHECK-DIGIT",),
        "valid": (_ALSO_PERSON, "IDS-INNER-CHECK"),
    },
    FieldType.ID_NUMBER: {"invalid": _PERSON},
}  # fmt: skip
SEVERITIES = {"invalid": Severity.ERROR, "held": Severity.WARNING, "valid": Severity.NOTE}
SHOWN_ENTRIES = 16


@dataclass(frozen=True)
class Compiling:
    """What every rule of an item needs to know."""

    item: Item
    book: Rulebook
    basis: str

    def rule(
        self,
        code: str,
        field: Field,
        sql: str,
        *,
        proposal: str | None = None,
        severity: Severity = Severity.ERROR,
        of_blank: bool = False,
        **words: str,
    ) -> Rule:
        """A rule with the sentences of its code."""
        zh, en = sentences(code, label=field.label, label_en=field.label_en, **words)
        return Rule(
            code, field.name, sql, zh, en, self.basis, proposal, severity, of_blank=of_blank
        )


def rules_of(field: Field, known: Compiling) -> Iterator[Rule]:
    """Every rule of one field, gravest first; a field that is never used has none."""
    if field.ignored:
        return
    yield from _presence(field, known)
    yield from _type(field, known)
    yield known.rule("INTAKE-DAMAGED-TEXT", field, f"contains({column(field.name)}, '\ufffd')")
    if field.type is FieldType.DATE:
        yield from _order(field, known)
    if field.type in {FieldType.TEXT, FieldType.LONG_TEXT}:
        yield from _text(field, known)
    if field.type not in {FieldType.CODE, FieldType.CODES, FieldType.AMOUNT}:
        sql = f"{raw(field.name)} <> {column(field.name)}"
        proposal = column(field.name)
        yield known.rule("INTAKE-REWRITTEN", field, sql, proposal=proposal, severity=Severity.NOTE)
    if field.type is FieldType.AMOUNT:  # read from words: shown, for so much hangs on it
        sql, proposal = f"{column(field.name + '__words')} IS NOT NULL", column(field.name)
        yield known.rule("INTAKE-REWRITTEN", field, sql, proposal=proposal, severity=Severity.NOTE)


def _presence(field: Field, known: Compiling) -> Iterator[Rule]:
    here = column(field.name)
    if field.required:
        hint = ("", "")
        if field.default:
            hint = (f"没有的填写“{field.default}”。", f"If there is none, write {field.default}.")
        yield known.rule(
            "INTAKE-REQUIRED",
            field,
            f"{here} IS NULL",
            proposal=literal(field.default) if field.default else None,
            of_blank=True,
            hint=hint[0],
            hint_en=hint[1],
        )
    for code, condition, blank in (
        ("INTAKE-REQUIRED-WHEN", field.required_when, f"{here} IS NULL"),
        ("INTAKE-BLANK-WHEN", field.blank_when, f"{here} IS NOT NULL"),
    ):
        if condition is not None:
            zh, en = _condition_words(condition, known)
            other = known.item.field(condition.field)
            sql = f"{blank} AND {holds(condition)}"
            yield known.rule(
                code,
                field,
                sql,
                of_blank=code == "INTAKE-REQUIRED-WHEN",
                condition=zh,
                condition_en=en,
                other=other.label,
                other_en=other.label_en,
            )


def holds(condition: Condition) -> str:
    """The condition as SQL; never NULL, for an unknown value meets no condition."""
    if condition.filled:
        return f"{column(condition.field)} IS NOT NULL"
    return column(conditions.column_of(condition))


def _condition_words(condition: Condition, known: Compiling) -> tuple[str, str]:
    other = known.item.field(condition.field)
    if condition.filled:
        return f"填写了“{other.label}”", f"“{other.label_en}” is filled"
    entries = known.book.codelists[other.codelist].by_code if other.codelist else {}
    zh = [entries[code].label if code in entries else code for code in condition.is_in]
    en = [entries[code].label_en if code in entries else code for code in condition.is_in]
    return f"“{other.label}”为{'或'.join(zh)}", f"“{other.label_en}” is {' or '.join(en)}"


def _type(field: Field, known: Compiling) -> Iterator[Rule]:
    here = column(field.name)
    match field.type:
        case FieldType.DATE:
            yield known.rule(
                "INTAKE-NOT-A-DATE",
                field,
                f"{column(field.name + DAY)} IS NULL AND {here} IS NOT NULL",
            )
        case FieldType.AMOUNT:
            wan = field.source_unit == "万元"
            yield known.rule(
                "INTAKE-NOT-AN-AMOUNT",
                field,
                f"NOT {amounts.is_yuan(here)}",
                unit="万元" if wan else "元",
                unit_en="10,000 yuan" if wan else "yuan",
            )
            yield known.rule(
                "INTAKE-NEGATIVE-AMOUNT",
                field,
                f"starts_with({here}, '-') AND {amounts.is_yuan(here)}",
            )
        case FieldType.INTEGER:
            sql = f"NOT regexp_full_match({here}, '[+-]?[0-9]+')"
            yield known.rule("INTAKE-NOT-AN-INTEGER", field, sql)
        case FieldType.CODE | FieldType.CODES:
            yield from _codes(field, known)
        case FieldType.USCC | FieldType.ID_NUMBER | FieldType.ORG_CODE:
            yield from _identifier(field, known)
        case FieldType.REGISTRATION | FieldType.TAX:
            yield from _identifier(field, known)
        case FieldType.TEXT | FieldType.LONG_TEXT:
            if field.max_length is not None:
                sql = f"length({here}) > {field.max_length}"
                yield known.rule("INTAKE-TOO-LONG", field, sql, limit=str(field.max_length))


def _codes(field: Field, known: Compiling) -> Iterator[Rule]:
    codelist = known.book.codelist(field.codelist or "")
    several = field.type is FieldType.CODES
    fits = (codes.are_codes if several else codes.is_code)(column(field.name), codelist)
    entries = "、".join(entry.label for entry in codelist.entries[:SHOWN_ENTRIES])
    more = "……" if len(codelist.entries) > SHOWN_ENTRIES else ""
    yield known.rule(
        "INTAKE-UNKNOWN-CODE",
        field,
        f"NOT {fits}",
        severity=Severity.WARNING if codelist.extensible else Severity.ERROR,
        list=codelist.label,
        list_en=codelist.label_en,
        entries=entries + more,
    )


def _identifier(field: Field, known: Compiling) -> Iterator[Rule]:
    here, finding = column(field.name), column(field.name + FINDING)
    for verdict, reasons in FINDINGS[field.type].items():
        for reason in reasons:
            proposal = None
            if field.type is FieldType.USCC and reason in {"IDS-ALPHABET", "IDS-CHECK-DIGIT"}:
                proposal = identifiers.uscc_mended(here)
            if field.type is FieldType.ORG_CODE and reason == "IDS-LENGTH":
                proposal = identifiers.org_mended(here)
            zh, en = sentences("IDS", label=field.label, label_en=field.label_en)
            yield Rule(
                reason,
                field.name,
                f"{finding} = '{verdict}|{reason}'",
                zh,
                en,
                known.basis,
                proposal,
                SEVERITIES[verdict],
                id_kind=column(field.kind_from)
                if field.kind_from
                else f"'{IDENTIFIERS[field.type]}'",
                id_verdict=verdict,
            )


def _order(field: Field, known: Compiling) -> Iterator[Rule]:
    here = column(field.name + DAY)
    if field.not_before is not None:
        other = known.item.field(field.not_before)
        sql = f"{here} < {column(other.name + DAY)}"
        yield known.rule(
            "INTAKE-DATE-ORDER", field, sql, other=other.label, other_en=other.label_en
        )
    if field.not_after == RECEIVED_ON:
        yield known.rule("INTAKE-FUTURE-DATE", field, f"{here} > {TODAY}")
    elif field.not_after is not None:
        other = known.item.field(field.not_after)
        sql = f"{here} > {column(other.name + DAY)}"
        yield known.rule(
            "INTAKE-DATE-ORDER-AFTER", field, sql, other=other.label, other_en=other.label_en
        )


def _text(field: Field, known: Compiling) -> Iterator[Rule]:
    here = column(field.name)
    if field.public and not field.personal:
        yield known.rule("INTAKE-ID-IN-TEXT", field, persons.numbers_in(here, field.name))
