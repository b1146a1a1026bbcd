"""What a monthly count must say to be believed 月度产生数报表: pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from chengxin.kernel.dates import add_months
from chengxin.policy.values import CodeList, Rulebook

REASONS: Final = "unreported_basis"
DUE_DAY: Final = "quality.count_form_due"
ITEMS: Final = "quality.count_form_items"
ONE_DAY: Final = timedelta(days=1)
WEB: Final = ("https://", "http://")


@dataclass(frozen=True)
class Count:
    """What a unit states 报送内容: of one item and month (`month` is its first day).

    `produced` 产生数, `published` 本单位公示数 at `published_url`, `reported` 报送数 and, per
    reason, `unreported` 未报送数; `explanation` says why `reported` is not what the system holds,
    and `correction` why an earlier version is corrected.
    """

    unit: str
    item: str
    month: date
    produced: int
    published: int
    reported: int
    published_url: str = ""
    unreported: Mapping[str, int] = field(default_factory=dict)
    explanation: str = ""
    correction: str = ""


@dataclass(frozen=True)
class Find:
    """A decision found elsewhere: `found_where` is of code list `found_where`."""

    unit: str
    item: str
    document_number: str
    decided_on: date
    found_where: str
    address: str = ""


@dataclass(frozen=True)
class CountProblem:
    """What is wrong with one field of a count, in both languages."""

    name: str
    zh: str
    en: str


def problems(count: Count, *, held: int, version: int, reasons: CodeList) -> Iterator[CountProblem]:
    """Everything that keeps a count from being filed; `held` is what the system has of it."""
    given = sum(count.unreported.values())
    for name, number in (
        ("produced", count.produced),
        ("published", count.published),
        ("reported", count.reported),
        *((f"reason_{code}", number) for code, number in count.unreported.items()),
    ):
        if number < 0:
            yield CountProblem(name, "数量不能为负。", "A number cannot be below zero.")
    for code in count.unreported:
        if code not in reasons.by_code:
            yield CountProblem(
                "unreported", f"没有未报送依据“{code}”。", f"There is no reason “{code}”."
            )
    if count.reported + given > count.produced:
        yield CountProblem(
            "produced",
            f"报送数{count.reported}加有依据未报送数{given}多于产生数{count.produced}，请核对。",
            f"Reported ({count.reported}) and lawfully unreported ({given}) come to more than was "
            f"produced ({count.produced}); check the numbers.",
        )
    if count.published > count.produced:
        yield CountProblem(
            "published",
            f"公示数{count.published}多于产生数{count.produced}，请核对。",
            f"More was published ({count.published}) than produced ({count.produced}).",
        )
    yield from _words(count, held, version)


def _words(count: Count, held: int, version: int) -> Iterator[CountProblem]:
    if count.published and not count.published_url.startswith(WEB):
        yield CountProblem(
            "published_url",
            "填了公示数，请填写公示网址（以 http 开头）。",
            "Something was published: give its address, beginning with http.",
        )
    if count.reported != held and not count.explanation.strip():
        yield CountProblem(
            "explanation",
            f"系统中有{held}条，与填写的报送数{count.reported}不同，请说明原因。",
            f"The system holds {held}, not the {count.reported} stated; say why.",
        )
    if version > 1 and not count.correction.strip():
        yield CountProblem(
            "correction",
            "更正已报送的数，请写明更正原因。",
            "Correcting what was filed: say why.",
        )


def due_on(month: date, book: Rulebook) -> date:
    """The last day on which the count of a month is on time. Raises: `ParameterNotInForce`."""
    day = int(book.on(month, DUE_DAY).value)
    return add_months(month, 1) + ONE_DAY * (day - 1)


def items_of(month: date, book: Rulebook) -> tuple[str, ...]:
    """The items the count is asked for; () where no rule asks."""
    if ITEMS not in book.parameters:
        return ()
    asked: Mapping[str, bool] = book.on(month, ITEMS).value
    return tuple(item for item, wanted in asked.items() if wanted)
