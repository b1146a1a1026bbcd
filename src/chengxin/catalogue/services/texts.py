"""DuckDB expressions over text: quoting, trimming, folding full-width forms.

Every function takes SQL and gives SQL. One dialect serves the process and the cluster, so
nothing here may depend on a session's settings.
"""

import re
from collections.abc import Iterable
from typing import Final

from chengxin.engine.values import RAW

# Blanks at the ends, and marks nobody sees: tabs, ideographic and no-break spaces, zero-width
# spaces and joiners, direction marks, byte order mark, soft hyphen.
_BLANK: Final = r"[\s\x{3000}\x{00A0}\x{0085}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}]"
_UNSEEN: Final = r"[\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}\x{2066}-\x{2069}\x{FEFF}\x{00AD}]"
_EDGES: Final = rf"^{_BLANK}+|{_BLANK}+$"
_UNTIDY: Final = rf"^{_BLANK}|{_BLANK}$|{_UNSEEN}"

SUSPECT: Final = rf"{_UNTIDY}|[&\x{{FFFD}}]"
"""Signs for which a text is looked at closely; without them it stays as it came."""

_WIDE: Final = "".join(chr(code) for code in range(0xFF01, 0xFF5F)) + "\u3000\u00a0"
_NARROW: Final = "".join(chr(code) for code in range(0x21, 0x7F)) + "  "
_WIDE_SIGNS: Final = r"[\x{FF01}-\x{FF5E}\x{3000}\x{00A0}]"

_ALPHANUMERIC: Final = "".join(
    chr(code) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
)
_ALPHANUMERIC_NARROW: Final = "".join(chr(ord(wide) - 0xFEE0) for wide in _ALPHANUMERIC)
_WIDE_ALPHANUMERIC: Final = r"[\x{FF10}-\x{FF19}\x{FF21}-\x{FF3A}\x{FF41}-\x{FF5A}]"

SUSPECT_WIDE: Final = _WIDE_ALPHANUMERIC

_BETWEEN: Final = (
    r"[\s\x{0085}\x{00A0}\x{1680}\x{2000}-\x{200F}\x{2028}\x{2029}\x{202F}\x{205F}\x{2060}"
    r"\x{3000}\x{FEFF}\x{00AD}\x{001C}-\x{001F}\x{000B}\x{2010}-\x{2015}\x{2212}\x{30FC}-]"
)
_SPREADSHEET_NUMBER: Final = r"^([0-9]{4,})\.0$"
_QUOTED: Final = '^(=?)"((?s:.*))"$'
_SINGLE_QUOTED: Final = "^=?'((?s:.*))'$"
_FORCED: Final = "^'((?s:.*))$"
_SMALL: Final = "abcdefghijklmnopqrstuvwxyz"
NO_NUMBER: Final = (
    "", "无", "暂无", "没有", "不详", "未知", "未提供", "空", "NULL", "NONE", "NAN", "N/A", "NA",
    "/", "\\", ".", "*", "#", "0", "?", "、",
)  # fmt: skip
"""Words for "there is no number", as `kernel.ids` knows them."""


def column(name: str) -> str:
    """The normalised column of a field."""
    return '"' + name.replace('"', '""') + '"'


def raw(name: str) -> str:
    """The column of a field as received."""
    return column(name + RAW)


def literal(text: str) -> str:
    """A text literal; backslashes mean themselves in DuckDB."""
    return "'" + text.replace("'", "''") + "'"


def listed(texts: tuple[str, ...]) -> str:
    """Literals for `IN (…)`."""
    return ", ".join(literal(text) for text in texts)


def trimmed(sql: str) -> str:
    """Text without blanks at its ends and without unseen marks; NULL if nothing is left."""
    bare = f"regexp_replace({sql}, {literal(_UNSEEN)}, '', 'g')"
    tidy = f"regexp_replace({bare}, {literal(_EDGES)}, '', 'g')"
    guarded = f"CASE WHEN regexp_matches({sql}, {literal(_UNTIDY)}) THEN {tidy} ELSE {sql} END"
    return f"NULLIF({guarded}, '')"


def folded(sql: str) -> str:
    """Full-width signs made half-width, as NFKC would; guarded, since translating is slow."""
    narrow = f"translate({sql}, {literal(_WIDE)}, {literal(_NARROW)})"
    return f"CASE WHEN regexp_matches({sql}, {literal(_WIDE_SIGNS)}) THEN {narrow} ELSE {sql} END"


def folded_alphanumeric(sql: str) -> str:
    """Full-width letters and digits made half-width; Chinese punctuation stays as written."""
    narrow = f"translate({sql}, {literal(_ALPHANUMERIC)}, {literal(_ALPHANUMERIC_NARROW)})"
    return (
        f"CASE WHEN regexp_matches({sql}, {literal(_WIDE_ALPHANUMERIC)}) "
        f"THEN {narrow} ELSE {sql} END"
    )


def as_written(sql: str) -> str:
    """A number that a spreadsheet turned into 201312142.0, as it was written."""
    return f"regexp_replace({sql}, {literal(_SPREADSHEET_NUMBER)}, '\\1')"


def without_blanks(sql: str) -> str:
    """Text without any blank inside."""
    return f"regexp_replace({sql}, {literal(_BLANK)}, '', 'g')"


def without_marks(sql: str) -> str:
    """First step of an identifier: half-width, no blanks, no hyphens; as `kernel.ids` cleans."""
    narrow = f"translate({sql}, {literal(_WIDE)}, {literal(_NARROW)})"
    bare = f"regexp_replace({narrow}, {literal(_BETWEEN)}, '', 'g')"
    return f"CASE WHEN {matches(sql, '[0-9A-Z]+')} THEN {sql} ELSE {bare} END"


def unwrapped(sql: str) -> str:
    """Second step: without the quotes that forced a text (`'913…`, `="913…"`), in capitals."""
    bare = sql
    for shape, kept in ((_QUOTED, 2), (_SINGLE_QUOTED, 1), (_FORCED, 1)):
        bare = f"regexp_replace({bare}, {literal(shape)}, '\\{kept}')"
    capitals = f"translate({bare}, {literal(_SMALL)}, {literal(_SMALL.upper())})"
    whole = f"regexp_replace({capitals}, '^([0-9]+)\\.0+$', '\\1')"
    return f"CASE WHEN {matches(sql, '[0-9A-Z]+')} THEN {sql} ELSE {whole} END"


def unless_none(sql: str) -> str:
    """Third step: a word for "none" (无, N/A, / …) is no identifier and gives NULL."""
    return f"CASE WHEN NOT {one_of(sql, NO_NUMBER)} THEN {sql} END"


def key(sql: str) -> str:
    """Trimmed text for looking up a code list: folded, small letters, one dash, no blanks."""
    return f"replace(lower({without_blanks(folded(sql))}), '—', '-')"


def matches(sql: str, pattern: str) -> str:
    """Whether the whole text has the shape of `pattern` (RE2)."""
    return f"regexp_full_match({sql}, {literal(pattern)})"


def one_of(sql: str, texts: Iterable[str]) -> str:
    """Whether the text is one of a few: one expression, where IN would be one for each."""
    return matches(sql, "|".join(re.escape(text) for text in texts))


def begins_with(sql: str, beginnings: Iterable[str]) -> str:
    """Whether the text begins with one of a few ASCII beginnings."""
    return f"regexp_matches({sql}, {literal('^(?:' + '|'.join(beginnings) + ')')})"
