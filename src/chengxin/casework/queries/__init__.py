"""Questions about cases: the queues of officers, a subject's own, one case whole, the way out."""

from chengxin.casework.models import Case
from chengxin.casework.queries.courses import course_of, standing_of
from chengxin.casework.queries.finding import (
    case_for,
    cases_of,
    granted,
    of_subject,
    open_of,
    queue,
    speaks,
    waiting,
)
from chengxin.casework.queries.ways import situation, way_out_of, ways_out

__all__ = [
    "Case",
    "case_for",
    "cases_of",
    "course_of",
    "granted",
    "of_subject",
    "open_of",
    "queue",
    "situation",
    "speaks",
    "standing_of",
    "waiting",
    "way_out_of",
    "ways_out",
]
