"""ID numbers 公民身份号码 hidden in text that was meant for the public."""

import re

from chengxin.kernel.ids.choose import check
from chengxin.kernel.ids.values import IdKind, Verdict
from chengxin.kernel.text import mask_id

# Eighteen characters not inside a longer run of letters and digits: those are other numbers.
_CANDIDATE = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")


def hide_id_numbers(text: str) -> str:
    """The text with every valid ID number masked. What only looks like one is left alone."""
    return _CANDIDATE.sub(_masked, text)


def holds_id_number(text: str) -> bool:
    """Whether there is a valid ID number in a text, among others or alone."""
    return hide_id_numbers(text) != text


def _masked(found: re.Match[str]) -> str:
    number = found.group()
    valid = check(number, IdKind.ID_NUMBER).verdict is Verdict.VALID
    return mask_id(number) if valid else number
