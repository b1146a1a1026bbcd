"""The verbs of cases: who files, who takes in, who proposes, who decides; one transaction each."""

from chengxin.casework.services.erasing import erase_minor, seal_minor
from chengxin.casework.services.false_papers import judge_false, notify_false
from chengxin.casework.services.filing import (
    file_complaint,
    file_objection,
    file_proceeding,
    request_repair,
)
from chengxin.casework.services.handling import (
    accept,
    ask_supplement,
    close_gone,
    decide,
    propose,
    refuse,
    send_back,
)
from chengxin.casework.services.papers import open_paper, read_said
from chengxin.casework.services.proceedings import carry_out, conclude
from chengxin.casework.services.retention import prove_retention
from chengxin.casework.services.reviewing import ask_review, review
from chengxin.casework.services.shielding import end_shield, shield
from chengxin.casework.services.speaking import supplement, withdraw
from chengxin.casework.services.watching import watch

__all__ = [
    "accept",
    "ask_review",
    "ask_supplement",
    "carry_out",
    "close_gone",
    "conclude",
    "decide",
    "end_shield",
    "erase_minor",
    "file_complaint",
    "file_objection",
    "file_proceeding",
    "judge_false",
    "notify_false",
    "open_paper",
    "propose",
    "prove_retention",
    "read_said",
    "refuse",
    "request_repair",
    "review",
    "seal_minor",
    "send_back",
    "shield",
    "supplement",
    "watch",
    "withdraw",
]
