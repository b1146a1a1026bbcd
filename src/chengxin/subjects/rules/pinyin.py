"""How names are said 拼音: the syllables of a name, and what a reader's letters may mean.

The readings are pypinyin's, read once: of each character its first, and of the words in which a
character is read differently (银行, 重庆) those. Whoever asks pypinyin name by name waits twenty
times as long.
"""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Final

LONGEST_WORD: Final = 4
LONGEST_SYLLABLE: Final = 6
_VOWELS: Final = frozenset("aeiouv")
MOST_READINGS: Final = 8
"""Ways of cutting letters into syllables that are looked at; xian is 西安 or 先."""

_Tables = tuple[Mapping[str, str], Mapping[str, tuple[str, ...]], Mapping[str, tuple[int, ...]]]


def spoken(normalised: str) -> str:
    """The syllables of the Chinese characters of a normalised name, a space around each.

    连云港A公司 → ` lian yun gang gong si `. Other signs are left out; ü is written v.
    """
    return " ".join(("", *syllables(normalised), "")) if syllables(normalised) else ""


def initials(normalised: str) -> str:
    """First letters of the syllables; other letters and digits small: 连云港A港 → lygag."""
    return "".join(
        one[0] if is_syllable else one.lower()
        for one, is_syllable in _read(normalised)
        if is_syllable or (one.isascii() and one.isalnum())
    )


@lru_cache(maxsize=4096)
def syllables(normalised: str) -> tuple[str, ...]:
    """The syllables of the Chinese characters of a normalised name, in order."""
    return tuple(one for one, is_syllable in _read(normalised) if is_syllable)


def readings(letters: str) -> tuple[tuple[str, ...], ...]:
    """The ways to cut letters into syllables, the last of which may be unfinished.

    Fewest pieces first; none if they are no pinyin. `xinsilu` → (xin si lu).
    """
    known, begun = _sounds()
    ways: list[tuple[str, ...]] = []
    waiting: list[tuple[tuple[str, ...], str]] = [((), letters.replace("ü", "v"))]
    while waiting and len(ways) < MOST_READINGS:
        cut, rest = waiting.pop()
        if not rest:
            ways.append(cut)
            continue
        if cut and rest in begun and rest not in known:
            ways.append((*cut, rest))
        # Longest last, so that it is tried first.
        waiting += [
            ((*cut, rest[:size]), rest[size:])
            for size in range(1, min(len(rest), LONGEST_SYLLABLE) + 1)
            if rest[:size] in known
        ]
    return tuple(sorted(ways, key=len))


def _read(normalised: str) -> Sequence[tuple[str, bool]]:
    single, words, sizes = _words()
    found: list[tuple[str, bool]] = []
    at = 0
    while at < len(normalised):
        sign = normalised[at]
        for size in sizes.get(sign, ()):
            said = words.get(normalised[at : at + size])
            if said is not None:
                found += [(one, True) for one in said]
                at += size
                break
        else:
            sound = single.get(sign)
            found.append((sound, True) if sound else (sign, False))
            at += 1
    return found


@cache
def _sounds() -> tuple[frozenset[str], frozenset[str]]:
    """All syllables there are, and all beginnings of them."""
    known = frozenset(_words()[0].values())
    return known, frozenset(one[:size] for one in known for size in range(1, len(one)))


@cache
def _words() -> tuple[
    Mapping[str, str], Mapping[str, tuple[str, ...]], Mapping[str, tuple[int, ...]]
]:
    """Readings by character; words read otherwise; the lengths of such words by first character."""
    from pypinyin.contrib.tone_convert import to_normal
    from pypinyin.phrases_dict import phrases_dict
    from pypinyin.pinyin_dict import pinyin_dict

    plain: dict[str, str] = {}

    def toneless(sound: str) -> str:
        if sound not in plain:
            plain[sound] = to_normal(sound)
        return plain[sound]

    single = {
        chr(sign): toneless(sounds.partition(",")[0])
        for sign, sounds in pinyin_dict.items()
        if sounds
    }
    single = {sign: sound for sign, sound in single.items() if _VOWELS & set(sound)}
    otherwise: dict[str, tuple[str, ...]] = {}
    sizes: dict[str, set[int]] = {}
    for word, sounds in phrases_dict.items():
        if len(word) > LONGEST_WORD:
            continue
        said = tuple(toneless(one[0]) for one in sounds)
        if len(said) == len(word) and any(
            single.get(sign) != sound for sign, sound in zip(word, said, strict=True)
        ):
            otherwise[word] = said
            sizes.setdefault(word[0], set()).add(len(word))
    return single, otherwise, {sign: tuple(sorted(of, reverse=True)) for sign, of in sizes.items()}
