"""Makes identifiers 代码 that pass their check characters, and some that do not.

Written apart from `kernel.ids` on purpose: an instrument that measured the checker with the
checker's own arithmetic would find nothing. Law: GB 32100-2015, GB 11714, GB 11643-1999,
工商注册号编制规则 GS15-2006; `domain.md` §2.
"""

from datetime import date
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ORG_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
USCC_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORG_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

PERSON_REGION: Final = "320799"
"""Region of every fictional ID number 公民身份号码: inside Jiangsu, never assigned to a county
(GB/T 2260 has 3207 01-07, 11, 21-24; 71 and 72 are statistical), so no real person has it."""

PLACEHOLDER: Final = "0" * 17 + "X"
"""What tables write for a sole trader without a code; fails the check by design."""


def org_code(body: str) -> str:
    """An organisation code 组织机构代码: 8 characters and their check, without the dash."""
    total = sum(ORG_ALPHABET.index(c) * w for c, w in zip(body, ORG_WEIGHTS, strict=True))
    return body + "0123456789X0"[11 - total % 11]


def uscc(kind: str, region: str, inner: str) -> str:
    """A valid USCC 统一社会信用代码 of a two-character kind, six digits and an org code."""
    body = kind + region + inner
    total = sum(ALPHABET.index(c) * w for c, w in zip(body, USCC_WEIGHTS, strict=True))
    return body + ALPHABET[-total % 31]


def wrong_check(code: str, by: int) -> str:
    """The same USCC with another last character: one that some real bodies carry."""
    return code[:-1] + ALPHABET[(ALPHABET.index(code[-1]) + 1 + by % 30) % 31]


def id_number(born_on: date, order: int) -> str:
    """A fictional ID number that passes its check; `order` 0-999, odd for men."""
    body = f"{PERSON_REGION}{born_on:%Y%m%d}{order:03d}"
    total = sum(int(c) * w for c, w in zip(body, ID_WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def registration_15(region: str, serial: int) -> str:
    """A 15-digit registration number 工商注册号, check by mod 11,10."""
    body = f"{region}{serial:08d}"
    product = 10
    for digit in body:
        total = (product + int(digit)) % 10 or 10
        product = 2 * total % 11
    return body + str((11 - product) % 10)


def registration_13(region: str, serial: int) -> str:
    """A 13-digit registration number of before 2007, which had no check digit."""
    return f"{region}{serial:07d}"


def base31(number: int, width: int) -> str:
    """`number` in the USCC alphabet, `width` characters."""
    text = ""
    for _ in range(width):
        number, digit = divmod(number, 31)
        text = ALPHABET[digit] + text
    return text
