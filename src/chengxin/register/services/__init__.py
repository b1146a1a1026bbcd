"""The verbs of the register. Nothing here changes a row; every verb appends one."""

from chengxin.register.services.appending import append, append_table
from chengxin.register.services.correction import correct
from chengxin.register.services.personal import open_personal
from chengxin.register.services.writing import revoke

__all__ = ["append", "append_table", "correct", "open_personal", "revoke"]
