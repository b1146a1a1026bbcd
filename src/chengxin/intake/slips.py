"""What a monthly count, a find or a sample can be refused for."""

from collections.abc import Sequence
from typing import Any

from chengxin.intake.rules.counting import CountProblem
from chengxin.kernel.errors import CreditError


class CountFaulty(CreditError):
    """A monthly count that does not add up; `problems` says what, field by field."""

    code = "INTAKE-COUNT-FAULTY"
    zh = "{unit}的{month}产生数报表未保存：{problems_zh}"
    en = "The monthly count of {unit} for {month} was not saved: {problems_en}"

    def __init__(self, problems: Sequence[CountProblem] = (), **facts: Any) -> None:
        self.problems = tuple(problems)
        super().__init__(
            problems_zh="".join(one.zh for one in problems),
            problems_en=" ".join(one.en for one in problems),
            **facts,
        )


class CountNotAsked(CreditError):
    """A month that is not over, or an item no monthly count is asked for."""

    code = "INTAKE-COUNT-NOT-ASKED"
    zh = "不能填报“{item}”{month}的产生数：该月尚未结束，或规则库没有要求填报该事项。"
    en = "No count of “{item}” for {month} can be filed: the month is not over, or no rule asks it."
    status = 409


class CountChanged(CreditError):
    """Somebody filed another version meanwhile."""

    code = "INTAKE-COUNT-CHANGED"
    zh = "该报表已有第{version}版，您看到的不是最新内容，未保存。请刷新后再填。"
    en = "Version {version} has been filed meanwhile, so nothing was saved. Reload and try again."
    status = 409


class UnknownCount(CreditError):
    """No such monthly count."""

    code = "INTAKE-UNKNOWN-COUNT"
    zh = "没有找到该月度产生数报表。请核对单位、事项和月份。"
    en = "There is no such monthly count. Check unit, item and month."
    status = 404


class CountDecided(CreditError):
    """The version has been confirmed or sent back, or a newer one stands."""

    code = "INTAKE-COUNT-DECIDED"
    zh = "该版报表已经办理，或已有更新的版本，不能再办理。请刷新页面。"
    en = "This version has been decided, or a newer one stands. Reload the page."
    status = 409


class OwnCount(CreditError):
    """Two persons: who files does not confirm."""

    code = "INTAKE-OWN-COUNT"
    zh = "该报表由您本人填报，须由另一位审核人确认（经办、审核分离）。"
    en = "You filed this count yourself; a second officer has to confirm it."
    status = 403


class FindFaulty(CreditError):
    """A decision found elsewhere that cannot be noted."""

    code = "INTAKE-FIND-FAULTY"
    zh = "没有登记：请填写文书号、不晚于今天的决定日期和发现渠道；同一决定只登记一次。"
    en = (
        "Nothing was noted: give the document number, a day of decision no later than today, and "
        "where it was found. A decision is noted once."
    )


class AlreadyReported(CreditError):
    """The decision is in the register."""

    code = "INTAKE-ALREADY-REPORTED"
    zh = "文书号“{document_number}”已在库中，该单位已经报送，不需登记。"
    en = "“{document_number}” is in the register: the unit has reported it, nothing to note."
    status = 409


class NothingToSample(CreditError):
    """No records of that unit, item and month, or a sample is there."""

    code = "INTAKE-NOTHING-TO-SAMPLE"
    zh = "不能抽样：该单位该月没有可抽取的入库信息，或者已经抽过样，或者该月尚未结束。"
    en = (
        "No sample can be drawn: the unit has no records of that month to draw from, a sample has "
        "been drawn, or the month is not over."
    )
    status = 409


class UnknownSample(CreditError):
    """No such sample or row of it."""

    code = "INTAKE-UNKNOWN-SAMPLE"
    zh = "没有找到该样本或样本中的数据行。"
    en = "There is no such sample, or no such row in it."
    status = 404


class VerdictFaulty(CreditError):
    """A verdict about fields that were not compared, or without a word on what is wrong."""

    code = "INTAKE-VERDICT-FAULTY"
    zh = "核对结果未保存：只能指出表中列出的项目，判为有误的请在备注中写明错在哪里。"
    en = "The verdict was not saved: name listed fields only, and say in the note what is wrong."
