"""How a text table is cut: its delimiter, told from the first lines."""

from collections import Counter

DELIMITERS = (",", "\t", ";", "|", "，")
SAMPLE_LINES = 60
_ODD = frozenset("\u3000\ufeff")
BLANKS = "\u3000 \t\r\n\ufeff\x1a"


def sniff_delimiter(text: str) -> str:
    """The delimiter that cuts most of the first lines into the same number of cells, >= 2."""
    lines = [line for line in text[: 1 << 18].splitlines()[: SAMPLE_LINES * 2] if line.strip()]
    sample = lines[:SAMPLE_LINES]
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        widths = Counter(_width(line, delimiter) for line in sample)
        width, count = max(
            ((w, n) for w, n in widths.items() if w > 1), key=lambda p: (p[1], p[0]), default=(1, 0)
        )
        # Agreement counts first; a wider cut breaks ties.
        score = count / max(len(sample), 1) + min(width, 50) / 1000
        if count and score > best_score:
            best, best_score = delimiter, score
    return best


def _width(line: str, delimiter: str) -> int:
    inside, width = False, 1
    for character in line:
        if character == '"':
            inside = not inside
        elif character == delimiter and not inside:
            width += 1
    return width


def clean_cell(cell: str) -> str:
    """A cell of nothing but spaces is blank; ="001" is how tables force text."""
    first = cell[:1]
    if first > "=" and first not in _ODD and cell[-1] not in "\r\n":
        return cell  # most cells: nothing to look at
    bare = cell.strip(BLANKS)
    if not bare:
        return ""
    if bare.startswith('="') and bare.endswith('"') and len(bare) > 2:  # noqa: PLR2004
        return bare[2:-1]
    return cell.rstrip("\r\n")
