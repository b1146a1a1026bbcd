"""Reading a table that is no catalogue item, such as a registration list."""

from collections.abc import Iterable

from chengxin.intake.rules.headers import find_table, header_key
from chengxin.intake.rules.readers import pick_sheet, read_file
from chengxin.intake.values import Table


def read_table(data: bytes, filename: str, *, known: Iterable[str] = ()) -> Table:
    """The first table of a file, with its header found among the `known` names.

    Raises: the errors of `chengxin.intake.errors` about a whole file.
    """
    reading = read_file(data, filename)
    sheet = pick_sheet(reading, filename, None)
    return find_table(sheet, frozenset(header_key(name) for name in known), filename)
