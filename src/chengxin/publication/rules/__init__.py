"""What shows, until when, and in which words."""

from chengxin.publication.rules.display import in_words, shown_fields
from chengxin.publication.rules.showing import showing
from chengxin.publication.rules.terms import severity_of

__all__ = ["in_words", "severity_of", "showing", "shown_fields"]
