"""Taking a report back, and the signed list of what no longer stands."""

from datetime import datetime

from django.db import transaction

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.policy.values import Rulebook
from chengxin.reports.errors import AlreadyWithdrawn, NoSuchReport, ReasonWanted
from chengxin.reports.models import Report, Withdrawal
from chengxin.reports.queries import withdrawn_places
from chengxin.reports.rules import status
from chengxin.reports.services.issuing import status_address
from chengxin.reports.services.keeping import signing_keys

VERB = "reports.withdraw"
LONGEST_REASON = 500
KEPT = status.FRESH / 3  # a list is signed anew at most this often

_lists: dict[tuple[str, str], tuple[datetime, str]] = {}


@transaction.atomic
def withdraw(*, report: Report, reason: str, by: Actor, at: datetime) -> Withdrawal:
    """Take a report back 撤回报告: it was wrong in something no fact of the register says.

    A fact corrected or withdrawn takes its reports along by itself; this is for the rest, and
    an official answers for it with a reason.
    Raises: `NotPermitted`, `ReasonWanted`, `AlreadyWithdrawn`.
    """
    by.require(VERB)
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        raise ReasonWanted(longest=LONGEST_REASON)
    # The row itself is append-only; locking it makes two officers queue.
    held = Report.objects.select_for_update().get(id=report.id)
    if Withdrawal.objects.filter(report=held).exists():
        raise AlreadyWithdrawn(number=held.number)
    made = Withdrawal.objects.create(
        report=held, reason=said, withdrawn_at=at, withdrawn_by=by.login
    )
    audit.note(by=by, verb=VERB, target=f"report:{held.number}", facts={"reason": said})
    _lists.clear()
    return made


def status_list(month: str, *, book: Rulebook) -> str:
    """The signed status list 状态列表 of the reports of a month (YYYYMM), at most 5 minutes old.

    Raises: `NoSuchReport` for a month in which none was issued, `NoAuthority`.
    """
    moment = now().replace(microsecond=0)
    address = status_address(month)
    kept = _lists.get((address, book.edition))
    if kept is not None and moment - kept[0] < KEPT:
        return kept[1]
    if not Report.objects.filter(status_month=month).exists():
        raise NoSuchReport(code=month)
    keys = signing_keys(book, moment)
    token = status.write(
        uri=address,
        withdrawn=withdrawn_places(month, book),
        at=moment,
        key=keys.attester.curve,
        certificate=keys.attester.certificate,
    )
    _lists[address, book.edition] = (moment, token)
    return token
