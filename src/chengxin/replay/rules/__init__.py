"""What was served, spelled; which sentence decided; what differs between two moments."""

from chengxin.replay.rules.comparing import compare
from chengxin.replay.rules.sentences import sentences
from chengxin.replay.rules.serving import file_of

__all__ = ["compare", "file_of", "sentences"]
