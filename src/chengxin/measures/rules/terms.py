"""When an entry may be decided, when it ends, when its subject may ask to leave early."""

from collections.abc import Mapping
from datetime import date

from chengxin.kernel.dates import add_months
from chengxin.law.values import Answer
from chengxin.measures.values import EntryState, Life
from chengxin.policy.values import CreditList, Rulebook


def waits_until(period: str, told_on: date, book: Rulebook) -> Answer[date]:
    """First day on which the effect may be decided, after the notice was delivered on `told_on`.

    The day of delivery does not count; the first day after the last working day of the period.
    Law: the parameter `period`. Raises: `BeyondCalendar`, `ParameterNotInForce`.
    """
    rule = book.on(told_on, period)
    last = book.calendar.add_working_days(told_on, int(rule.value))
    return rule.then(lambda _: date.fromordinal(last.toordinal() + 1))


def ends_on(
    listed: CreditList, decided_on: date, book: Rulebook, *, sooner: date | None = None
) -> Answer[date]:
    """First day an entry decided on `decided_on` no longer stands: its term, or the list's end.

    `sooner`: an end the decision itself names. Law: the parameter `term` of the list.
    Raises: `ParameterNotInForce`.
    """
    rule = _months(listed.term, listed.item_code, decided_on, book)
    days = [add_months(decided_on, rule.value), listed.until, sooner]
    return rule.then(lambda _: min(day for day in days if day is not None))


def removal_from(listed: CreditList, decided_on: date, book: Rulebook) -> Answer[date]:
    """First day of an early removal 提前移出. Law: the parameter `early_removal` of the list."""
    rule = _months(listed.early_removal, listed.item_code, decided_on, book)
    return rule.then(lambda months: add_months(decided_on, months))


def _months(name: str, code: str, day: date, book: Rulebook) -> Answer[int]:
    answer: Answer[object] = book.on(day, name)
    if isinstance(answer.value, Mapping):
        found: Answer[int] = book.on_key(day, name, code)
        return found
    return Answer(int(str(answer.value)), answer.basis, answer.status)


def standing_state(
    life: Life, on: date, ends: date | None, listed_until: date | None
) -> EntryState:
    """Where an entry stands on a day: by its events, its term, and the law of its list."""
    if life.state is not EntryState.IN_EFFECT:
        return life.state
    if listed_until is not None and listed_until <= on:
        return EntryState.REPEALED
    if ends is not None and ends <= on:
        return EntryState.EXPIRED
    if life.served_on is not None and on < life.served_on:
        return EntryState.DECIDED
    return EntryState.IN_EFFECT
