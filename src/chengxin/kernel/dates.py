"""Calendar days: months of a legal term, and the many ways people write a date."""

import calendar
import re
import unicodedata
from datetime import date, timedelta

EARLIEST_YEAR = 1800
MONTHS_PER_YEAR = 12

# Excel counts days from here; it believes in a 29 February 1900, so days before
# 1 March 1900 are off by one and are not dates anyone sends.
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_FIRST = 61
_EXCEL_LAST = 2_958_465

_TIME = r"(?:[ T]*\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?)?[秒分]?(?:Z|[+-]\d\d:?\d\d)?)?"
_SEPARATED = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _TIME, re.ASCII)
_CHINESE = re.compile(r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]" + _TIME, re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})" + r"(?:\d{6})?", re.ASCII)
_CHINESE_NUMERALS = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}


def add_months(day: date, months: int) -> date:
    """The same day `months` calendar months later (earlier if negative).

    A month without that day ends on its last: 31 January + 1 month = 28 or 29 February.
    Raises: `ValueError` beyond the calendar.
    """
    year, month0 = divmod(day.year * MONTHS_PER_YEAR + day.month - 1 + months, MONTHS_PER_YEAR)
    last = calendar.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


def parse_date(text: str) -> date | None:
    """Read a date as Chinese tables write it, or None if it is none or could be two.

    Reads `2024-01-05`, `2024/1/5`, `2024.1.5`, `2024年1月5日`, `二〇二四年一月五日`, `20240105`,
    each full-width too and with a time of day after it, which is dropped. Refuses two-digit
    years and day-first orders: nobody can know which day was meant.
    """
    compact = unicodedata.normalize("NFKC", text).strip()
    for form in (_SEPARATED, _CHINESE, _COMPACT):
        found = form.fullmatch(compact)
        if found:
            year, month, day = (int(g) for g in found.groups() if g.isdigit())
            return _day(year, month, day)
    found = _CHINESE_NUMERALS.fullmatch(compact)
    if found:
        year = int("".join(str(_DIGITS[c]) for c in found[1]))
        return _day(year, _numeral(found[2]), _numeral(found[3]))
    return None


def from_excel_serial(serial: float) -> date | None:
    """The day of an Excel date number (1900 system), its time of day dropped; None if outside."""
    if not _EXCEL_FIRST <= serial < _EXCEL_LAST + 1:
        return None
    return _EXCEL_EPOCH + timedelta(days=int(serial))


def _day(year: int, month: int, day: int) -> date | None:
    if year < EARLIEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _numeral(text: str) -> int:
    """一 … 三十一 as a number; 0 for what is no numeral, which no calendar has."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS[text] if len(text) == 1 else 0
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return 0
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
