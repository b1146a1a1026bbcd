"""Questions about what stood and what was served."""

from chengxin.replay.queries.explaining import public_explanation, stood
from chengxin.replay.queries.serving import organisation_file, served_file
from chengxin.replay.queries.whom import edition_of, whom

__all__ = [
    "edition_of",
    "organisation_file",
    "public_explanation",
    "served_file",
    "stood",
    "whom",
]
