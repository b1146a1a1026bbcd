"""Questions about evaluations: what is in effect, what waits, what the public sees, the kit."""

from chengxin.evaluation.models import Evaluation
from chengxin.evaluation.queries.packing import kit
from chengxin.evaluation.queries.replaying import Stood, stood
from chengxin.evaluation.queries.standing import (
    Standing,
    evaluation,
    history,
    in_force,
    latest,
    objection_end,
    runs,
    shown,
    standings,
    waiting,
    waiting_rows,
)

__all__ = [
    "Evaluation",
    "Standing",
    "Stood",
    "evaluation",
    "history",
    "in_force",
    "kit",
    "latest",
    "objection_end",
    "runs",
    "shown",
    "standings",
    "stood",
    "waiting",
    "waiting_rows",
]
