"""What is raised when a number must be valid and is not."""

from typing import Self

from chengxin.kernel.errors import CreditError
from chengxin.kernel.ids.values import Checked


class BadIdentifier(CreditError):
    """A text is not a valid number of its kind.

    Facts: kind, reason (the `IDS-` code), reason_zh, reason_en. Never the text itself: it may be
    a person's, and facts are stored.
    """

    code = "KERNEL-BAD-IDENTIFIER"
    zh = "{reason_zh}"
    en = "{reason_en}"

    @classmethod
    def because(cls, checked: Checked) -> Self:
        """The error that says why `checked` is not valid."""
        return cls(
            kind=checked.kind,
            reason=checked.code,
            reason_zh=checked.message_zh,
            reason_en=checked.message_en,
        )
