"""What a subject asks about itself; each question needs its power for that subject."""

from chengxin.rights.queries.holding import own_data, own_fact, own_facts, uses
from chengxin.rights.queries.questions import questions_of, waiting, waiting_count
from chengxin.rights.queries.snooping import suspicious
from chengxin.rights.queries.tracking import look_count, looks, one_look, statistics

__all__ = [
    "look_count",
    "looks",
    "one_look",
    "own_data",
    "own_fact",
    "own_facts",
    "questions_of",
    "statistics",
    "suspicious",
    "uses",
    "waiting",
    "waiting_count",
]
