"""Questions about cases: the queues of officers, a subject's own, one case whole, the way out."""

from chengxin.casework.queries.courses import course_of, standing_of
from chengxin.casework.queries.finding import case_for, cases_of, of_subject, open_of, queue
from chengxin.casework.queries.ways import situation, way_out_of

__all__ = [
    "case_for",
    "cases_of",
    "course_of",
    "of_subject",
    "open_of",
    "queue",
    "situation",
    "standing_of",
    "way_out_of",
]
