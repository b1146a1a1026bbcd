"""When two descriptions name the same subject 同一主体认定. Pure; evidence in, judgement out."""

from chengxin.subjects.rules.judging import judge
from chengxin.subjects.rules.names import name_key
from chengxin.subjects.rules.wording import evidence_text

__all__ = ["evidence_text", "judge", "name_key"]
