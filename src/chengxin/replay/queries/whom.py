"""Whom a question is about, and which edition of the rulebook was in force."""

from datetime import datetime

from chengxin.kernel.clock import SHANGHAI, now
from chengxin.kernel.ids import IdKind, check
from chengxin.policy.queries import current_rulebook
from chengxin.policy.queries.kept import InForce, editions, in_force, kept_rulebook
from chengxin.policy.values import Rulebook
from chengxin.replay.errors import NobodyThen, NotForPersons, NotKnownYet
from chengxin.subjects import queries as subjects
from chengxin.subjects.errors import UnknownSubject
from chengxin.subjects.values import SubjectView

PERSONAL = frozenset({IdKind.ID_NUMBER, IdKind.PASSPORT})


def whom(asked: str, *, known: datetime) -> SubjectView:
    """The organisation people mean by a USCC, an old code or a public identifier, as known then.

    Raises: `NotKnownYet`, `NotForPersons`, `UnknownSubject`, `NobodyThen`.
    """
    moment = now()
    if known > moment:
        raise NotKnownYet(known=_shown(known), now=_shown(moment))
    text = asked.strip()
    found = subjects.by_public_id(text.lower(), known=known) or subjects.by_code(text, known=known)
    if found is None and text and check(text, "any").kind in PERSONAL:
        raise NotForPersons
    if found is None:
        raise UnknownSubject(asked=text)
    since = subjects.known_since([found.id])[found.id]
    if since > known:
        raise NobodyThen(asked=text, known=_shown(known), since=_shown(since))
    return found


def edition_of(known: datetime) -> tuple[Rulebook, InForce | None]:
    """The rulebook in force at a moment, and when it came into use.

    None with the oldest rulebook kept (or, with none, the one in use) where nothing was kept yet:
    the answer says that it was not noted.
    Raises: as `kept_rulebook`.
    """
    current, found = current_rulebook(), in_force(at=known)
    kept = found or next(iter(editions()), None)
    if kept is None or kept.edition == current.edition:
        return current, found
    return kept_rulebook(kept.edition), found


def _shown(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
