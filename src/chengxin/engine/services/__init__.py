"""Run compiled programs over columns of text: check, normalise, and the digest of what was found.

Embedded, DuckDB runs the SQL in this process. The same SQL runs partition by partition on a
cluster; `digest` is how the two are proven equal.
"""

from chengxin.engine.services.checking import Normalised, check, examine
from chengxin.engine.services.digests import digest
from chengxin.engine.services.files import Examined, examine_file
from chengxin.engine.services.forms import check_field
from chengxin.engine.services.normalising import normalise

__all__ = [
    "Examined",
    "Normalised",
    "check",
    "check_field",
    "digest",
    "examine",
    "examine_file",
    "normalise",
]
