"""Names made comparable: one definition, as Python and as SQL (DuckDB and PostgreSQL alike)."""

from typing import Final

from chengxin.subjects.values import NAME_FORMS

UNCHANGED: Final = "[一-鿿!-Z^-`|~·]*"
"""Names that are normalised as they stand: ASCII without spaces, small letters, `[`, `]`, `{`, `}`
and backslash, and Chinese characters, which NFKC leaves as they are."""

PLAIN: Final = "[一-鿿!-Z^-z|~·（）]*"
"""Names in which full-width brackets and small letters are all there is to normalise.

`kernel.text.normalise_name` is the definition; a test proves the two equal, sign by sign.
"""


def name_key(normalised: str) -> str:
    """A normalised name without what a legal form or brackets may be written like."""
    for written, meant in NAME_FORMS:
        normalised = normalised.replace(written, meant)
    return normalised


def name_key_sql(column: str) -> str:
    """`name_key` as SQL over a column of normalised names."""
    for written, meant in NAME_FORMS:
        column = f"replace({column}, '{written}', '{meant}')"
    return column


def normalised_sql(column: str) -> str:
    """`kernel.text.normalise_name` as SQL, for names that are plain; NULL for the others."""
    return (
        f"CASE WHEN regexp_full_match({column}, '{UNCHANGED}') THEN {column} "
        f"WHEN regexp_full_match({column}, '{PLAIN}') "
        f"THEN upper(translate({column}, '（）', '()')) END"
    )
