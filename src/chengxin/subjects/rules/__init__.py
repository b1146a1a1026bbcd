"""When two descriptions name the same subject 同一主体认定. Pure; evidence in, judgement out."""

from chengxin.subjects.rules.judging import judge

__all__ = ["judge"]
