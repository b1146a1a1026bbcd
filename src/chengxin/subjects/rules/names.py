"""Names made comparable: one definition, as Python and as SQL (DuckDB and PostgreSQL alike)."""

from typing import Final

from chengxin.subjects.values import NAME_FORMS

PLAIN: Final = "[一-鿿!-Z^-z|~·（）]*"
"""Names that full-width brackets and small letters are all there is to normalise in.

ASCII without spaces, `[`, `]`, `{`, `}` and backslash, and Chinese characters, which NFKC leaves
as they are. `kernel.text.normalise_name` is the definition; a test proves the two equal.
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


def is_plain_sql(column: str) -> str:
    """Whether a name can be normalised by `plain_name_sql`."""
    return f"regexp_full_match({column}, '{PLAIN}')"


def plain_name_sql(column: str) -> str:
    """`kernel.text.normalise_name` as SQL, for names that are plain."""
    return f"upper(translate({column}, '（）', '()'))"
