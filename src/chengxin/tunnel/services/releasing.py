"""Release an edition 发布 with its report; answer for harm; adopt the first."""

from datetime import date
from pathlib import Path

from django.db import connection, transaction

from chengxin.audit import queries as log
from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.clock import now
from chengxin.policy.services import edition_in
from chengxin.policy.services.keeping import KEEP, TAKE_UP, keep_edition, take_up_edition
from chengxin.policy.values import Rulebook
from chengxin.tunnel.errors import (
    AlreadyInForce,
    BudgetExceeded,
    LogDiffers,
    NothingExceeded,
    NothingInForce,
    OfficialNeeded,
    OtherCode,
    OtherOrigin,
    OtherTarget,
    ReasonNeeded,
    ReportFromFuture,
    ReportStale,
    ReportUsed,
    SameOfficer,
    ThirdPersonNeeded,
    UnknownSimulation,
)
from chengxin.tunnel.models import Overruling, Release, Simulation
from chengxin.tunnel.queries.program import program
from chengxin.tunnel.queries.reading import Manifest, read_report
from chengxin.tunnel.services.simulating import NOBODY, faultless
from chengxin.tunnel.values import ADOPT, LINES, OVERRULE, RELEASE, VALIDITY

ONE_AT_A_TIME = "LOCK TABLE tunnel_release IN SHARE ROW EXCLUSIVE MODE"


@transaction.atomic
def adopt_first(*, root: Path, by: Actor, on: date) -> str | None:
    """The rulebook in `root` becomes the first in force here, where none is yet; else nothing.

    Returns: the edition adopted, or None. Raises: `NotPermitted`, `RulebookMissing`,
    `RulebookRefused`, `CatalogueRefused`.
    """
    by.require(ADOPT)
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
    if Release.objects.exists():
        return None
    book = faultless(root)
    moment = now()
    edition = _in_use(root, by)
    if edition != book.edition:
        raise OtherTarget(reported=book.edition_short, found=edition[:12], path=str(root))
    Release.objects.create(
        number=1, edition_id=edition, at=moment, on=on, released_by=by.login, simulation=None
    )
    audit.note(by=by, verb=ADOPT, target=f"edition:{edition}", facts={"first": True})
    return edition


@transaction.atomic
def overrule(*, report: Path, reason: str, by: Actor, book: Rulebook) -> Overruling:
    """Let a change beyond the harm budget pass 准予超预算, by name and with reasons.

    It releases nothing; it only stops the budget from standing in the way.
    Raises: `NotPermitted`, `OfficialNeeded`, what `read_report` raises, `UnknownSimulation`,
    `NothingExceeded`, `ThirdPersonNeeded`, `ReasonNeeded`.
    """
    by.require(OVERRULE)
    if by.login in NOBODY or not by.unit:
        raise OfficialNeeded
    tried = _noted(read_report(report))
    if not tried.exceeded:
        raise NothingExceeded
    if by.login == tried.made_by:
        raise ThirdPersonNeeded(login=by.login)
    if not reason.strip():
        raise ReasonNeeded
    found, made = Overruling.objects.get_or_create(
        simulation=tried,
        defaults={"reason": reason.strip(), "at": now(), "login": by.login, "unit": by.unit},
    )
    if made:
        facts = {"exceeded": tried.exceeded, "edition": book.edition, "reason": found.reason}
        audit.note(by=by, verb=OVERRULE, target=f"simulation:{tried.id}", facts=facts)
    return found


@transaction.atomic
def release(*, target: Path, report: Path, by: Actor, on: date, book: Rulebook) -> Release:
    """Release the edition in `target` with its signed report 发布; from now on it is in force.

    `book` is the edition in force. The report binds both editions, the register, the code and the
    verdict; whoever simulated does not release, and beyond the budget a third has answered for it.
    Raises: `NotPermitted`, `OfficialNeeded`, what `read_report` and `faultless` raise, and the
    refusals of this room.
    """
    by.require(RELEASE)
    if by.login in NOBODY:
        raise OfficialNeeded
    manifest = read_report(report)
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
    last = Release.objects.order_by("-number").first()
    if last is None:
        raise NothingInForce
    tried = _noted(manifest)
    _require_fitting(manifest, last, edition_in(target), target)
    _require_fresh(manifest, on, book)
    _require_persons(tried, by, book)
    moment = now()
    # Read only now, and kept only if it is still what was tried: files may change meanwhile.
    for edition in (faultless(target).edition, _in_use(target, by)):
        if edition != manifest.after:
            raise OtherTarget(reported=manifest.after[:12], found=edition[:12], path=str(target))
    made = Release.objects.create(
        number=last.number + 1,
        edition_id=edition,
        before=last.edition_id,
        simulation=tried,
        at=moment,
        on=on,
        released_by=by.login,
    )
    facts = {
        "before": last.edition_id,
        "simulation": str(tried.id),
        "manifest": tried.manifest_sha256,
        "simulated_by": tried.made_by,
        "exceeded": tried.exceeded,
    }
    audit.note(by=by, verb=RELEASE, target=f"edition:{edition}", facts=facts)
    return made


def _noted(manifest: Manifest) -> Simulation:
    """The simulation as this installation noted it when it was made."""
    row = Simulation.objects.filter(
        id=manifest.id, manifest_sha256=manifest.sha256, made_by=manifest.simulated_by
    ).first()
    if row is None:
        raise UnknownSimulation(id=str(manifest.id))
    return row


def _require_fitting(manifest: Manifest, last: Release, after: str, target: Path) -> None:
    """The report is of this change, over this register, by this code, and was not used."""
    used = Release.objects.filter(simulation=manifest.id).first()
    if used is not None:
        raise ReportUsed(at=used.at)
    if after == last.edition_id:
        raise AlreadyInForce(edition=after[:12])
    if after != manifest.after:
        raise OtherTarget(reported=manifest.after[:12], found=after[:12], path=str(target))
    if manifest.before != last.edition_id:
        raise OtherOrigin(reported=manifest.before[:12], found=last.edition_id[:12])
    if manifest.program != program():
        raise OtherCode(reported=manifest.program, found=program())
    if not log.holds(manifest.log_sequence, manifest.log_hash):
        raise LogDiffers(sequence=manifest.log_sequence)


def _require_fresh(manifest: Manifest, on: date, book: Rulebook) -> None:
    if manifest.made_on > on:
        raise ReportFromFuture(made_on=manifest.made_on, on=on)
    rule = book.on(manifest.made_on, VALIDITY)
    until = book.calendar.add_working_days(manifest.made_on, int(rule.value))
    if on > until:
        raise ReportStale(made_on=manifest.made_on, until=until, basis=str(rule.basis))


def _require_persons(tried: Simulation, by: Actor, book: Rulebook) -> None:
    """Another officer than who simulated; beyond the budget, a third answered for it."""
    if by.login == tried.made_by:
        raise SameOfficer(login=by.login)
    if not tried.exceeded:
        return
    passed = Overruling.objects.filter(simulation=tried).first()
    if passed is None:
        lines = [book.codelist(LINES).by_code[code] for code in tried.exceeded]
        raise BudgetExceeded(
            lines="、".join(one.label for one in lines),
            lines_en="; ".join(one.label_en for one in lines),
        )
    if passed.login == by.login:
        raise ThirdPersonNeeded(login=by.login)


def _in_use(root: Path, by: Actor) -> str:
    """Keep the files and note them as in use, in the name of who releases."""
    powers = dict.fromkeys((KEEP, TAKE_UP), Scope.ALL)
    keeper = Actor(by.login, by.name, by.unit, powers)
    keep_edition(root=root, by=keeper)
    return take_up_edition(root=root, by=keeper)
