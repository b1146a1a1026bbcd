"""The verbs of the register. Nothing here changes a row; every verb appends one."""

from chengxin.register.services.appending import append, append_table
from chengxin.register.services.cases import close_case, open_case, read_case
from chengxin.register.services.correction import correct
from chengxin.register.services.erasing import erase
from chengxin.register.services.links import Grounds, link_again, unlink, write_link
from chengxin.register.services.marking import end_shield, hold, mark, resume, seal, shield, unmark
from chengxin.register.services.personal import open_personal
from chengxin.register.services.writing import end_publication, revoke

__all__ = [
    "Grounds",
    "append",
    "append_table",
    "close_case",
    "correct",
    "end_publication",
    "end_shield",
    "erase",
    "hold",
    "link_again",
    "mark",
    "open_case",
    "open_personal",
    "read_case",
    "resume",
    "revoke",
    "seal",
    "shield",
    "unlink",
    "unmark",
    "write_link",
]
