"""The verbs of the register. Nothing here changes a row; every verb appends one."""

from chengxin.register.services.correction import correct
from chengxin.register.services.personal import open_personal
from chengxin.register.services.writing import append, revoke

__all__ = ["append", "correct", "open_personal", "revoke"]
