"""The arithmetic of check characters. Texts are normalised: capitals, nothing else.

Standards: GB 32100-2015 (USCC), GB 11714-1997 (organisation code), GB 11643-1999 (ID number),
GS15-2006 (registration number).
"""

from operator import mul

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I O S V Z
ID_CHECKS = "10X98765432"

# Weight 1 on the check character itself turns "is the check right" into one sum.
_USCC_WEIGHTS: tuple[int, ...] = (*(pow(3, place, 31) for place in range(17)), 1)
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ID_WEIGHTS: tuple[int, ...] = (*(pow(2, 17 - place, 11) for place in range(17)), 1)


def _values(alphabet: str) -> bytes:
    """A translation table from an ASCII character to its place in the alphabet."""
    table = bytearray(256)
    for value, character in enumerate(alphabet):
        table[ord(character)] = value
    return bytes(table)


_USCC_VALUES = _values(USCC_ALPHABET)
_ORG_VALUES = _values("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_ID_VALUES = _values("0123456789X")


def _weigh(values: bytes, weights: tuple[int, ...]) -> int:
    total: int = sum(map(mul, values, weights))
    return total


def uscc_holds(code: str) -> bool:
    """Whether the last of 18 characters of the USCC alphabet is the right check character."""
    values = code.encode().translate(_USCC_VALUES)
    return _weigh(values, _USCC_WEIGHTS) % 31 == 0


def uscc_check(body: str) -> str:
    """The check character of the first 17 characters of a USCC."""
    values = body.encode().translate(_USCC_VALUES)
    return USCC_ALPHABET[-_weigh(values, _USCC_WEIGHTS) % 31]


def org_check(body: str) -> str:
    """The check character (0-9 or X) of the first 8 characters of an organisation code."""
    values = body.encode().translate(_ORG_VALUES)
    return "0123456789X"[-_weigh(values, _ORG_WEIGHTS) % 11]


def id_holds(number: str) -> bool:
    """Whether the last of 18 characters (17 digits and a digit or X) is the right check."""
    values = number.encode().translate(_ID_VALUES)
    return _weigh(values, _ID_WEIGHTS) % 11 == 1


def id_check(body: str) -> str:
    """The check character of the first 17 digits of an ID number."""
    values = body.encode().translate(_ID_VALUES)
    return ID_CHECKS[_weigh(values, _ID_WEIGHTS) % 11]


def registration_check(body: str) -> str:
    """The check digit of the first 14 digits of a registration number (mod 11, 10)."""
    product = 10
    for digit in body:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)
