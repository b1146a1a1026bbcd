"""Credit codes one slip away from a code as written. Offered to a person, never applied."""

from operator import mul
from typing import Final

from chengxin.kernel.ids.checksums import USCC_ALPHABET, uscc_holds
from chengxin.subjects.values import Party

LENGTH: Final = 18
_SIZE: Final = len(USCC_ALPHABET)
_PLACES: Final = {sign: place for place, sign in enumerate(USCC_ALPHABET)}
_WEIGHTS: Final = (*(pow(3, place, _SIZE) for place in range(LENGTH - 1)), 1)
_INVERSES: Final = tuple(pow(weight, -1, _SIZE) for weight in _WEIGHTS)
# Letters that GB 32100-2015 leaves out, and the digit each is written for.
_LOOKALIKES: Final = str.maketrans({"O": "0", "I": "1", "S": "5", "Z": "2"})


def near_codes(text: str) -> frozenset[str]:
    """Every right code that differs from `text` by one slip.

    A slip is one character wrong, two neighbours swapped, one character too few or too many, or
    letters that no code has written for digits. The check character leaves one solution for each
    place, so a code has at most 35 neighbours, and a right code none.
    """
    if len(text) == LENGTH:
        strange = [place for place, sign in enumerate(text) if sign not in _PLACES]
        if not strange:
            return frozenset(_exchanged(text))
        read = text.translate(_LOOKALIKES)
        found = {read} if _right(read) else set()
        if len(strange) == 1:
            found.add(_solved(text[: strange[0]], text[strange[0] + 1 :]))
        return frozenset(found)
    if len(text) == LENGTH - 1 and set(text) <= _PLACES.keys():
        return frozenset(_solved(text[:place], text[place:]) for place in range(LENGTH))
    if len(text) == LENGTH + 1:
        shorter = {text[:place] + text[place + 1 :] for place in range(LENGTH + 1)}
        return frozenset(code for code in shorter if _right(code))
    return frozenset()


def _right(code: str) -> bool:
    return set(code) <= _PLACES.keys() and uscc_holds(code)


def _exchanged(code: str) -> list[str]:
    values = [_PLACES[sign] for sign in code]
    over = sum(map(mul, values, _WEIGHTS)) % _SIZE
    if not over:
        return []
    found = []
    for place, value in enumerate(values):
        right = (value - over * _INVERSES[place]) % _SIZE
        found.append(code[:place] + USCC_ALPHABET[right] + code[place + 1 :])
        if (
            place
            and not (over + (value - values[place - 1]) * (_WEIGHTS[place - 1] - _WEIGHTS[place]))
            % _SIZE
        ):
            found.append(code[: place - 1] + code[place] + code[place - 1] + code[place + 1 :])
    return found


def _solved(before: str, after: str) -> str:
    """The code with the one character between that makes its check hold."""
    place = len(before)
    values = [_PLACES[sign] for sign in f"{before}0{after}"]
    over = sum(map(mul, values, _WEIGHTS)) % _SIZE
    return before + USCC_ALPHABET[-over * _INVERSES[place] % _SIZE] + after


def slips_of(party: Party) -> frozenset[str]:
    """The codes one slip away from the party's wrong one; none if it is right or missing."""
    if "uscc" in party.codes:
        return near_codes(party.codes["uscc"]) if "uscc" in party.held else frozenset()
    return near_codes(party.misread)
