"""What can be wrong with the rulebook, or with a question put to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chengxin.kernel.errors import CreditError


@dataclass(frozen=True, order=True)
class RulebookFault:
    """One fault of a rulebook file: where, what, and the way out, in both languages."""

    file: str
    line: int
    code: str
    reason_zh: str
    reason_en: str
    way_out_zh: str
    way_out_en: str

    def text(self, language: str) -> str:
        """One sentence for people, beginning with file and line."""
        if language.startswith("zh"):
            return f"{self.file}:{self.line}：{self.reason_zh}{self.way_out_zh}"
        return f"{self.file}:{self.line}: {self.reason_en} {self.way_out_en}"

    def as_json(self) -> dict[str, Any]:
        """As `chengxin rulebook check --json` prints it."""
        return {
            "file": self.file,
            "line": self.line,
            "code": self.code,
            "reason_zh": self.reason_zh,
            "reason_en": self.reason_en,
            "way_out_zh": self.way_out_zh,
            "way_out_en": self.way_out_en,
        }


class RulebookRefused(CreditError):
    """The rulebook has faults; `.faults` lists them all."""

    code = "POLICY-RULEBOOK-REFUSED"
    zh = (
        "规则库有{count}处错误，未予加载。第一处：{first_zh}"
        "请运行 chengxin rulebook check 查看全部。"
    )
    en = (
        "The rulebook has {count} fault(s) and was not loaded. First: {first_en} "
        "Run `chengxin rulebook check` to see them all."
    )
    status = 500

    def __init__(self, faults: Sequence[RulebookFault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(
            count=len(self.faults), first_zh=first.text("zh"), first_en=first.text("en")
        )


class RulebookMissing(CreditError):
    """There is no rulebook at the path given."""

    code = "POLICY-RULEBOOK-MISSING"
    zh = (
        "在 {path} 找不到规则库（应含 layers.yaml 与 schemas 目录）。"
        "请检查 CHENGXIN_RULEBOOK 或 --dir。"
    )
    en = (
        "No rulebook at {path} (it should hold layers.yaml and schemas). "
        "Check CHENGXIN_RULEBOOK or --dir."
    )
    status = 500


class ParameterNotInForce(CreditError):
    """No value of the parameter applies on the day that selects it."""

    code = "POLICY-PARAMETER-NOT-IN-FORCE"
    zh = (
        "政策参数“{label}”（{name}）在{day}没有有效值，最早的值自{first}起施行。"
        "请核对所用日期，或由规则管理员补录该期间的规定。"
    )
    en = (
        "Parameter {name} has no value in force on {day}; its first value applies from {first}. "
        "Check the date used, or have the rule editor add the rule of that period."
    )
    status = 409


class BeyondCalendar(CreditError):
    """The working-day calendar does not cover the day asked about."""

    code = "POLICY-BEYOND-CALENDAR"
    zh = (
        "工作日历只含{first}至{last}年，无法判断{day}是否工作日。"
        "请在国务院发布该年放假通知后补录，系统不作推测。"
    )
    en = (
        "The working-day calendar covers {first} to {last} only and cannot answer for {day}. "
        "Add that year once the State Council has published its notice; the system does not guess."
    )
    status = 409


class UnknownName(CreditError):
    """The rulebook has nothing of that name."""

    code = "POLICY-UNKNOWN-NAME"
    zh = "规则库中没有名为“{name}”的{kind}。请用 chengxin rulebook show 查看现有名称。"
    en = "The rulebook has no {kind_en} named {name}. See `chengxin rulebook show` for the names."
    status = 404


class EditionNotKept(CreditError):
    """This database never worked with that edition, or its short form names several."""

    code = "POLICY-EDITION-NOT-KEPT"
    zh = (
        "本库未保存规则库版本“{asked}”，或该简写对应多个版本。"
        "请用 chengxin rulebook editions 查看已保存的版本，并写全其编号。"
    )
    en = (
        "This database has kept no rulebook edition {asked}, or several begin so. "
        "See `chengxin rulebook editions` and give the whole number."
    )
    status = 404


class EditionSpoilt(CreditError):
    """The kept files of an edition do not give that edition any more."""

    code = "POLICY-EDITION-SPOILT"
    zh = "规则库版本 {edition} 的留存文件与其编号不符，已拒绝使用。请保留现场，并从备份恢复数据库。"
    en = (
        "The kept files of rulebook edition {edition} do not give that edition and were refused. "
        "Keep them as evidence and restore the database from backup."
    )
    status = 500
