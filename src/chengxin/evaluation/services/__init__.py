"""Verbs of evaluation: take a snapshot, tell, object, confirm or drop."""

from chengxin.evaluation.services.deciding import (
    confirm,
    drop,
    object_to,
    read_objections,
    serve,
)
from chengxin.evaluation.services.following import follow
from chengxin.evaluation.services.snapshots import evaluate, evaluate_one

__all__ = [
    "confirm",
    "drop",
    "evaluate",
    "evaluate_one",
    "follow",
    "object_to",
    "read_objections",
    "serve",
]
