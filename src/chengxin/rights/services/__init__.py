"""The verbs of the room."""

from chengxin.rights.services.administrators import open_administrator
from chengxin.rights.services.asking import answer, ask_why
from chengxin.rights.services.copying import copy_json, copy_pdf

__all__ = ["answer", "ask_why", "copy_json", "copy_pdf", "open_administrator"]
