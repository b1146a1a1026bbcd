"""Documents of other rooms, set and signed as reports are."""

from pathlib import Path

from chengxin.kernel.clock import SHANGHAI, now
from chengxin.policy.values import Rulebook
from chengxin.reports.rendering import other_page
from chengxin.reports.services.keeping import signing_keys
from chengxin.reports.signing import sign


def signed_page(template: Path, *, content: str, reason: str, book: Rulebook) -> bytes:
    """A document of another room's own template, from `content` (JSON), signed.

    Raises: `PageNotMade`, `NoAuthority`.
    """
    moment = now().replace(microsecond=0)
    keys = signing_keys(book, moment)
    made = other_page(template, content=content, at=moment.astimezone(SHANGHAI))
    return sign(made, keys=keys, at=moment, reason=reason, name=book.site.operator)
