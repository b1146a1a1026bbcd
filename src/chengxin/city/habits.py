"""How a unit fills its tables: file format, layout, order of columns, way of writing dates.

One habit per file, drawn from the unit and the item, so that a unit's files look alike but
slip now and then.
"""

from dataclasses import dataclass
from typing import Final

from chengxin.city.dice import Dice
from chengxin.city.values import PENALTY, PlannedFile
from chengxin.city.words import Header, words

FORMATS: Final = (
    (("xlsx", "", "xlsx"), 46),
    (("csv", "utf-8", "csv"), 14),
    (("csv", "utf-8-sig", "csv"), 12),
    (("csv", "gb18030", "csv"), 20),
    (("xlsx", "", "xls"), 5),  # a new workbook under the old ending
    (("csv", "gb18030", "xls"), 3),  # a text table under the old ending
)
DATE_STYLES: Final = (
    ("iso", 40),
    ("dots", 14),
    ("chinese", 12),
    ("slashes", 12),
    ("serial", 14),
    ("compact", 4),
    ("moment", 4),
)
LAYOUTS: Final = (("standard", 45), ("loose", 25), ("codes", 15), ("layout_2015", 15))
OPTIONAL: Final = frozenset(
    {
        "registration_number",
        "org_code",
        "publication_until",
        "remark",
        "severity",
        "historical_severity",
    }
)
IDENTITY: Final = frozenset({"representative_id_type", "representative_id_number"})
EXTRA_LAST: Final = ("采集日期", "数据更新时间戳", "地方编码")
SERIAL_COLUMN: Final = "序号"
SERVED_PERCENT: Final = 85


@dataclass(frozen=True)
class Column:
    """A column of the file: its header and the field it holds ("" if none of ours)."""

    header: str
    field: str


@dataclass(frozen=True)
class Habit:
    """Everything that decides how a file looks; `titles` are rows above the header."""

    format: str
    encoding: str
    ending: str
    layout: str
    date_style: str
    titles: tuple[str, ...]
    columns: tuple[Column, ...]
    separator: str
    codes_as_numbers: bool

    @property
    def header_row(self) -> int:
        """The line of the header, from 1."""
        return len(self.titles) + 1


def habit_of(seed: int, planned: PlannedFile) -> Habit:
    """The habit of a file."""
    department = planned.department
    usual = Dice(seed, "habit", department.code, planned.item)
    own = Dice(seed, "slip", planned.number)
    dice = own if own.happens(20) else usual
    format_, encoding, ending = dice.weighted(FORMATS)
    layout = dice.weighted(LAYOUTS)
    # The permits of that layout lack a field today's standard requires; nobody sends them now.
    if layout == "layout_2015" and (planned.is_current or planned.item != PENALTY):
        layout = "loose"
    return Habit(
        format=format_,
        encoding=encoding,
        ending=ending,
        layout=layout,
        date_style=dice.weighted(DATE_STYLES),
        titles=_titles(dice, planned),
        columns=_columns(dice, planned.item, layout),
        separator=dice.weighted(((";", 8), ("；", 2))),
        codes_as_numbers=dice.happens(30),
    )


def _titles(dice: Dice, planned: PlannedFile) -> tuple[str, ...]:
    what = "行政处罚" if planned.item == PENALTY else "行政许可"
    title = f"{planned.department.name}{what}信息公示表"
    line = f"填报单位：{planned.department.name}（盖章）"
    return dice.weighted((((), 38), ((title,), 42), ((title, line), 15), ((title, line, ""), 5)))


def _columns(dice: Dice, item: str, layout: str) -> tuple[Column, ...]:
    """The columns in the order of the standard, or in another that someone found handy."""
    dropped = {name for name in sorted(OPTIONAL) if dice.happens(35)}
    if dice.happens(45):
        dropped |= IDENTITY
    if not dice.happens(SERVED_PERCENT):
        dropped.add("served_on")
    if layout == "layout_2015":
        dropped |= {"severity"}
    kept = [header for header in words().headers[item] if header.field not in dropped]
    columns = [Column(_heading(dice, header, layout), header.field) for header in kept]
    if dice.happens(30):
        columns = dice.shuffled(columns)
    if dice.happens(40):
        columns.insert(0, Column(SERIAL_COLUMN, ""))
    if dice.happens(35):
        columns += [Column(extra, "") for extra in EXTRA_LAST[: dice.between(1, 3)]]
    return tuple(columns)


def _heading(dice: Dice, header: Header, layout: str) -> str:
    if layout == "codes":
        return header.code or header.label
    if layout == "layout_2015":
        return header.legacy
    if layout == "loose" and dice.happens(60):
        return dice.pick(header.variants)
    return header.label
