"""The numbers that name subjects, checked by their own standards.

`check(text, kind)` is the one door for text as received: it cleans (full-width, spaces, hyphens,
lower case, a spreadsheet's `.0`), never guesses a character, never raises, and answers with a
verdict, the one way to write the number, a reason code and whether it may be published.
`USCC.parse` and `IDNumber.parse` are for code that needs a valid one or an error.
`checksums` has the bare arithmetic.

Three verdicts. `valid`; `held` 存疑, because real organisations carry numbers with a wrong check
digit and must not be turned away; `invalid`. A region is never a reason to refuse, nor the
organisation code inside a USCC. Whatever is also a valid number of a person is not publishable.

Standards: GB 32100-2015, GB 11714-1997, GB 11643-1999, GS15-2006.
"""

from chengxin.kernel.ids.choose import ANY, check
from chengxin.kernel.ids.errors import BadIdentifier
from chengxin.kernel.ids.person import IDNumber
from chengxin.kernel.ids.uscc import USCC
from chengxin.kernel.ids.values import Checked, IdKind, Verdict

__all__ = ["ANY", "USCC", "BadIdentifier", "Checked", "IDNumber", "IdKind", "Verdict", "check"]
