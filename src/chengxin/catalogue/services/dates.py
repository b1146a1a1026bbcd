"""DuckDB expressions over dates: every form people write, one form kept (ISO 8601)."""

from typing import Final

from chengxin.catalogue.services.texts import literal, matches

EARLIEST_YEAR: Final = 1800
_TIME: Final = (
    r"(?:[ T]*\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?)?[秒分]?(?:Z|[+-]\d\d:?\d\d)?)?"
)
_SEPARATED: Final = r"\d{4}(?:-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2}|\.\d{1,2}\.\d{1,2})" + _TIME
_CHINESE: Final = r"\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?[日号]" + _TIME
_PARTS: Final = r"^(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})"
_COMPACT: Final = r"\d{8}(?:\d{6})?(?:\.0)?"
_NUMERALS: Final = (
    r"[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}[日号]"
)
_NUMERAL_PARTS: Final = r"^(.{4})年(.{1,2})月(.{1,3})[日号]"
# Excel's day numbers from 1927 to 2119: others are taken for ordinary numbers.
_SERIAL: Final = r"[1-7]\d{4}(?:\.\d+)?"
_ISO: Final = r"\d{4}-\d{2}-\d{2}"

_ONES: Final = "一二三四五六七八九"


def _numeral(number: int) -> str:
    """1 … 31 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("" if tens == 1 else _ONES[tens - 1]) + "十"
    return head + (_ONES[ones - 1] if ones else "")


_CALENDAR_NUMERALS: Final = "[" + ", ".join(literal(_numeral(n)) for n in range(1, 32)) + "]"


def spelled(sql: str) -> str:
    """Folded text written as year-month-day, whether or not there is such a day; else NULL."""
    parts = tuple(f"regexp_extract({sql}, '{_PARTS}', {n})" for n in (1, 2, 3))
    cut = tuple(f"substr({sql}, {at}, {n})" for at, n in ((1, 4), (5, 2), (7, 2)))
    branches = (
        (_ISO, sql),
        (f"(?:{_SEPARATED})|(?:{_CHINESE})", _glued(*parts)),
        (_COMPACT, _glued(*cut)),
        (_SERIAL, f"strftime(DATE '1899-12-30' + {_days(sql)}, '%Y-%m-%d')"),
        (_NUMERALS, _from_numerals(sql)),
    )
    cases = " ".join(f"WHEN {matches(sql, shape)} THEN {value}" for shape, value in branches)
    return f"CASE {cases} END"


def iso_date(written: str, sql: str) -> str:
    """`written` if it is a day of the calendar people may mean, else the text as it came."""
    day = f"try_cast({written} AS DATE)"
    return f"CASE WHEN year({day}) >= {EARLIEST_YEAR} THEN {written} ELSE {sql} END"


def day_of(sql: str) -> str:
    """The normalised text as a DATE, NULL when it is none."""
    return f"CASE WHEN {matches(sql, _ISO)} THEN try_cast({sql} AS DATE) END"


def _days(text: str) -> str:
    return f"CAST(regexp_extract({text}, '^\\d+') AS INTEGER)"


def _glued(year: str, month: str, day: str) -> str:
    return f"{year} || '-' || lpad({month}, 2, '0') || '-' || lpad({day}, 2, '0')"


def _from_numerals(text: str) -> str:
    year, month, day = (f"regexp_extract({text}, '{_NUMERAL_PARTS}', {n})" for n in (1, 2, 3))
    digits = f"translate({year}, '〇○零{_ONES}', '000123456789')"
    place = (
        f"CAST(list_position({_CALENDAR_NUMERALS}, {part}) AS VARCHAR)" for part in (month, day)
    )
    return _glued(digits, *place)
