"""The verbs of the room. Nothing here changes a row; every verb appends."""

from chengxin.measures.services.deciding import decide_entry, drop_entry, serve_decision
from chengxin.measures.services.ending import remove_entry, revoke_entry
from chengxin.measures.services.executing import acknowledge, decline, feed_back, impose
from chengxin.measures.services.following import follow_entries
from chengxin.measures.services.proposing import (
    give_notice,
    propose_entry,
    read_statements,
    record_hearing,
    record_statement,
)
from chengxin.measures.services.triggering import propose_measures

__all__ = [
    "acknowledge",
    "decide_entry",
    "decline",
    "drop_entry",
    "feed_back",
    "follow_entries",
    "give_notice",
    "impose",
    "propose_entry",
    "propose_measures",
    "read_statements",
    "record_hearing",
    "record_statement",
    "remove_entry",
    "revoke_entry",
    "serve_decision",
]
