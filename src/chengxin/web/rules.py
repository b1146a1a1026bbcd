"""Small pure rules of showing."""

from chengxin.kernel.text import normalise_name


def split_at_match(text: str, query: str) -> tuple[str, str, str]:
    """Text before, at and after the first place that matches; all before when none does.

    Matching is the search's own: width, case, brackets and spaces do not count, so that
    `（连云港）` is found by `(连云港)`.
    """
    needle = normalise_name(query)
    folded, places = _folded(text)
    start = folded.find(needle) if needle else -1
    if start < 0:
        return text, "", ""
    first, last = places[start], places[start + len(needle) - 1]
    return text[:first], text[first : last + 1], text[last + 1 :]


def _folded(text: str) -> tuple[str, list[int]]:
    """The text as it is matched, and for each of its characters the place it came from."""
    pieces = [(normalise_name(character), place) for place, character in enumerate(text)]
    places = [place for piece, place in pieces for _ in piece]
    return "".join(piece for piece, _ in pieces), places
