"""Running channels: what is due, one process at a time each, and a rest after a failure."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.db import connection, transaction

from chengxin.audit import services as audit
from chengxin.intake.channels.models import Channel, ChannelState, DeliveryState
from chengxin.intake.channels.refusals import ChannelBusy, ChannelNotThere, UnknownChannel
from chengxin.intake.rules.schedules import Schedule, wait_after
from chengxin.intake.services.channels.declaring import RUN, declared
from chengxin.intake.services.channels.delivering import answered
from chengxin.intake.services.channels.folders import SETTLE_SECONDS, sweep
from chengxin.intake.services.channels.pulling import BATCH_ROWS, pull
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.errors import CreditError
from chengxin.policy.values import Rulebook


class ChannelFailed(CreditError):
    """Something nobody foresaw; the log of the worker has the lines. Facts: kind."""

    code = "INTAKE-CHANNEL-FAILED"
    zh = "渠道运行中断（{kind}）。系统会自动重试；如持续如此，请看任务进程的输出。"
    en = "The run broke off ({kind}). It will be tried again; else see the worker's output."
    status = 500


def run_due(
    *, on: date, book: Rulebook, stop: Callable[[], bool] = lambda: False
) -> dict[str, CreditError | None]:
    """Run every channel that is due; what went wrong is noted with it and returned by code.

    `stop` is asked between two files or readings: a worker told to stop ends there.
    """
    moment = now()
    due = Channel.objects.filter(state=ChannelState.ACTIVE, next_run_at__lte=moment)
    ran: dict[str, CreditError | None] = {}
    for code in due.order_by("next_run_at").values_list("code", flat=True):
        if stop():
            break
        try:
            ran[code] = _run(code, on=on, book=book, stop=stop, moment=moment)
        except ChannelBusy:
            continue
    return ran


def run_channel(
    *,
    code: str,
    by: Actor,
    on: date,
    book: Rulebook,
    settle_seconds: float = SETTLE_SECONDS,
) -> Channel:
    """Run a channel now 立即运行, whatever its schedule; a failure is noted and raised.

    Raises: `UnknownChannel`, `NotPermitted`, `ChannelNotThere`, `ChannelBusy`, and what went wrong.
    """
    channel = Channel.objects.filter(code=code).first()
    if channel is None:
        raise UnknownChannel(asked=code)
    by.require(RUN, unit=channel.unit)
    if channel.state != ChannelState.ACTIVE:
        state = ChannelState(channel.state)
        raise ChannelNotThere(channel=code, state=state.label, state_en=state.value)
    with transaction.atomic():
        audit.note(
            by=by,
            verb="intake.channel_run",
            target=f"channel:{channel.id}",
            unit=channel.unit,
            facts={"channel": code, "on": on.isoformat()},
        )
    problem = _run(code, on=on, book=book, settle_seconds=settle_seconds)
    if problem is not None:
        raise problem
    channel.refresh_from_db()
    return channel


def _run(
    code: str,
    *,
    on: date,
    book: Rulebook,
    stop: Callable[[], bool] = lambda: False,
    moment: datetime | None = None,
    settle_seconds: float = SETTLE_SECONDS,
) -> CreditError | None:
    with _alone(code):
        channel = Channel.objects.get(code=code)
        if moment is not None and not (channel.next_run_at and channel.next_run_at <= moment):
            return None  # another process ran it while we waited for our turn
        problem: CreditError | None = None
        try:
            _fetch(channel, on=on, book=book, stop=stop, settle_seconds=settle_seconds)
        except CreditError as error:
            problem = error
        except Exception as error:  # noqa: BLE001 – one channel must not keep the others waiting
            problem = ChannelFailed(kind=type(error).__name__)
            problem.__cause__ = error
        _note(channel, problem)
        return problem


def _fetch(
    channel: Channel,
    *,
    on: date,
    book: Rulebook,
    stop: Callable[[], bool],
    settle_seconds: float,
) -> None:
    for waiting in channel.deliveries.filter(state=DeliveryState.QUESTION):
        answered(channel, waiting)
    if not declared(channel).pulled:
        sweep(channel, on=on, book=book, stop=stop, settle_seconds=settle_seconds)
        return
    while pull(channel, on=on, book=book, most=BATCH_ROWS):
        if stop():
            return


def _note(channel: Channel, problem: CreditError | None) -> None:
    """What a run came to, and when the next one is; a pause meanwhile is respected."""
    moment = now()
    failures = channel.failures + 1 if problem is not None else 0
    scheduled = Schedule.parse(channel.declaration["schedule"]).after(moment)
    Channel.objects.filter(id=channel.id).update(
        failures=failures,
        problem=problem.as_json() | {"at": moment.isoformat()} if problem is not None else None,
        last_run_at=moment,
    )
    Channel.objects.filter(id=channel.id, state=ChannelState.ACTIVE).update(
        next_run_at=moment + wait_after(failures) if failures else scheduled
    )


@contextmanager
def _alone(code: str) -> Iterator[None]:
    """Hold the channel for this connection; a process that dies lets go at once.

    Raises: `ChannelBusy`.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_lock(hashtext('chengxin.channel'), hashtext(%s))", [code]
        )
        if not cursor.fetchone()[0]:
            raise ChannelBusy(channel=code)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_unlock(hashtext('chengxin.channel'), hashtext(%s))", [code]
            )
