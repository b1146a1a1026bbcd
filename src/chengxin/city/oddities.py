"""Files that are no batch: a list that may not be collected, an empty form, broken bytes."""

from dataclasses import dataclass
from datetime import timedelta

from chengxin.city.dice import Dice
from chengxin.city.people import adult
from chengxin.city.sheets import text_table, workbook
from chengxin.city.values import PENALTY, Department, Size
from chengxin.city.words import words


@dataclass(frozen=True)
class Oddity:
    """A file that must not become a batch: where it lies, what is expected of the reader."""

    name: str
    data: bytes
    expected: str
    format: str
    encoding: str
    header_row: int
    rows: int


def oddities(size: Size, senders: tuple[Department, ...]) -> tuple[tuple[Department, Oddity], ...]:
    """Each with the unit that sends it."""
    by_sector = {sector: unit for unit in reversed(senders) for sector in unit.sectors}
    police = by_sector.get("police", senders[0])
    civil = by_sector.get("civil", senders[0])
    market = by_sector.get("market", senders[0])
    return (
        (police, _jaywalkers(size)),
        (civil, _petitioners(size)),
        (market, _empty_form()),
        (market, _broken(size)),
        (civil, _letter()),
    )


def _jaywalkers(size: Size) -> Oddity:
    """Traffic behaviour of individuals 闯红灯: prohibited content, refused whole."""
    dice = Dice(size.seed, "jaywalkers")
    header = ("姓名", "身份证号码", "闯红灯时间", "路口", "处理结果")
    rows = []
    for _ in range(12):
        person = adult(size, dice)
        day = size.as_of - timedelta(days=dice.between(1, 60))
        corner = f"{dice.pick(words().streets)}与{dice.pick(words().streets)}路口"
        rows.append((person.name, person.id_number, day.isoformat(), corner, "批评教育"))
    data = workbook(("行人闯红灯名单",), header, rows)
    return Oddity("闯红灯人员名单.xlsx", data, "refused", "xlsx", "", 2, len(rows))


def _petitioners(size: Size) -> Oddity:
    """People who petitioned 信访: prohibited content, refused whole."""
    dice = Dice(size.seed, "petitioners")
    header = ("姓名", "证件号码", "信访事项", "信访日期")
    people = [adult(size, dice) for _ in range(8)]
    rows = [(p.name, p.id_number, "反映小区物业问题", size.as_of.isoformat()) for p in people]
    data = text_table((), header, rows, "gb18030")
    return Oddity("信访人员情况.csv", data, "refused", "csv", "gb18030", 1, len(rows))


def _empty_form() -> Oddity:
    header = [column.label for column in words().headers[PENALTY]]
    data = workbook(("行政处罚信息公示表",), header, ())
    return Oddity("行政处罚_空表.xlsx", data, "empty", "xlsx", "", 2, 0)


def _broken(size: Size) -> Oddity:
    """A workbook cut off in mid-transfer."""
    header = [column.label for column in words().headers[PENALTY]]
    whole = workbook(("行政处罚信息公示表",), header, ([str(size.seed)],))
    return Oddity(
        "行政处罚_传输中断.xlsx", whole[: len(whole) // 3], "unreadable", "xlsx", "", 0, 0
    )


def _letter() -> Oddity:
    """A covering letter saved under the ending of a table."""
    lines = (
        "关于报送行政许可信息的函",
        "市信用办：",
        "　　现将我单位本月行政许可信息报送贵单位，请查收。",
        "　　附件另行报送。",
    )
    data = "\r\n".join(lines).encode("gb18030")
    return Oddity("报送函.csv", data, "unreadable", "csv", "gb18030", 0, 0)
