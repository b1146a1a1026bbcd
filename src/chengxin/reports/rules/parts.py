"""The parts of an organisation's report, in the national order 公共信用信息报告."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from chengxin.catalogue.values import Disclosure, Item
from chengxin.reports.values import Fact, Heading, Line, Part, PartState


@dataclass(frozen=True)
class Chapter:
    """A part of the form: its titles, and the classes of information (code list) it takes in."""

    code: str
    title: str
    title_en: str
    classes: tuple[str, ...] = ()
    split: bool = False  # count each item apart in the summary


REGISTRATION = Chapter(
    "registration", "登记注册基础信息", "Registration", classes=("registration",)
)
OTHER = Chapter("other", "其他信息", "Other information")
CHAPTERS = (
    REGISTRATION,
    Chapter(
        "administration",
        "行政管理信息",
        "Administrative acts",
        classes=("administration",),
        split=True,
    ),
    Chapter("honour", "诚实守信相关荣誉信息", "Honours", classes=("honour",)),
    Chapter(
        "serious_breach_list",
        "严重失信主体名单信息",
        "Serious-breach lists",
        classes=("serious_breach_list",),
    ),
    Chapter(
        "abnormal_operation",
        "经营（活动）异常名录（状态）信息",
        "Abnormal operation",
        classes=("abnormal_operation",),
    ),
    Chapter("commitment", "信用承诺信息", "Commitments", classes=("commitment", "contract")),
    Chapter("evaluation", "信用评价信息", "Evaluations by authorities", classes=("evaluation",)),
    Chapter("judicial", "司法判决及执行信息", "Judgments and enforcement", classes=("judicial",)),
    OTHER,
)


def parts_of(
    *,
    registration: Sequence[Line],
    facts: Iterable[Fact],
    items: Iterable[Item],
    collected: Collection[str],
) -> tuple[Part, ...]:
    """Sort public facts into the parts of the form; none is left out.

    `collected` are the items of which anything was ever taken in. A part is held, empty (collected,
    and there is nothing) or not collected: nothing of its class ever came in, whatever the
    catalogue allows, so its silence proves nothing. An item of a class no part takes in goes to
    "other". Facts keep the order in which they were given.
    """
    open_items = [
        item for item in items if item.disclosure is Disclosure.PUBLIC and item.code in collected
    ]
    given = list(facts)
    return tuple(
        _part(chapter, registration, given, [i for i in open_items if chapter_of(i) is chapter])
        for chapter in CHAPTERS
    )


def chapter_of(item: Item) -> Chapter:
    """The part an item is printed in."""
    return next((c for c in CHAPTERS if item.class_code in c.classes), OTHER)


def _part(
    chapter: Chapter, registration: Sequence[Line], facts: Sequence[Fact], items: Sequence[Item]
) -> Part:
    # Permits before penalties, as the national form has them; inside an item, as given.
    items = sorted(items, key=lambda item: (item.adverse, item.code))
    codes = [item.code for item in items]
    mine = sorted((f for f in facts if f.item in codes), key=lambda fact: codes.index(fact.item))
    lines = tuple(registration) if chapter is REGISTRATION else ()
    state = _state(collected=bool(codes or lines), count=len(mine) + len(lines))
    return Part(
        code=chapter.code,
        title=chapter.title,
        title_en=chapter.title_en,
        state=state,
        headings=tuple(_headings(chapter, state, mine, items)),
        lines=lines,
        facts=tuple(mine),
    )


def _headings(
    chapter: Chapter, state: PartState, facts: Sequence[Fact], items: Sequence[Item]
) -> Iterable[Heading]:
    if chapter is REGISTRATION:
        return
    if not (chapter.split and items):
        yield Heading(chapter.title, chapter.title_en, state, len(facts))
        return
    for item in items:
        count = sum(fact.item == item.code for fact in facts)
        yield Heading(item.label, item.label_en, _state(collected=True, count=count), count)


def _state(*, collected: bool, count: int) -> PartState:
    if not collected:
        return PartState.NOT_COLLECTED
    return PartState.HELD if count else PartState.EMPTY
