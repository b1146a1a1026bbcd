"""Files as DuckDB writes them."""


def quoted(file: object) -> str:
    """The path of a file as a text of SQL."""
    return "'" + str(file).replace("'", "''") + "'"
