"""The sentences of a fault, with the value named and persons masked."""

import re
from typing import Final

from chengxin.engine.values import Fault, Program, Rule, Severity
from chengxin.kernel.ids import Checked, IdKind, Verdict, check
from chengxin.kernel.ids.leaks import hide_id_numbers
from chengxin.kernel.text import mask_id, mask_name, normalise_text, tidy_text

LONGEST = 60
# A number of 15 or 18 places, also with blanks or hyphens in it.
_LONG_NUMBER = re.compile(r"\d(?:[\s\-－]*\d){13,16}[\s\-－]*[\dXx]")
DUPLICATE: Final = "INTAKE-DUPLICATE-ROW"
DIFFERENCE: Final = "{difference}"
UNSEEN: Final = (
    "（去掉了看不见的字符或多余的空格）",
    " (unseen characters or spare spaces were taken out)",
)
NOT_SHOWN: Final = ("（改动在没有显示出来的部分）", " (the change is in a part not shown here)")


class Wording:
    """Turns what a rule found into a fault people can read."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def fault(
        self,
        rule: Rule,
        row: int,
        *,
        received: str,
        normalised: str,
        proposal: str | None,
        personal: bool,
        kind: str | None,
    ) -> Fault:
        """The fault of `rule` at `row`; `personal` says that this row's value is a person's."""
        hidden = personal or rule.field in self._program.personal
        words = {
            "{value}": shown(received, hidden=hidden),
            "{proposal}": shown(proposal or "", hidden=hidden),
            "{basis}": rule.basis,
        }
        zh, en = rule.message_zh, rule.message_en
        if rule.id_kind is not None:
            reason = self._reason(rule, normalised, kind)
            zh, en = zh.replace("{reason}", reason[0]), en.replace("{reason}", reason[1])
        if DIFFERENCE in zh:
            differs = difference(received, proposal or "", hidden=hidden)
            zh, en = zh.replace(DIFFERENCE, differs[0]), en.replace(DIFFERENCE, differs[1])
        for mark, text in words.items():
            zh, en = zh.replace(mark, text), en.replace(mark, text)
        return Fault(
            row, rule.field, rule.code, zh, en, proposal, rule.basis, rule.severity, hidden
        )

    def repeated(self, row: int, first: int) -> Fault:
        """The fault of a row that reports the same act as row `first` (both from 0)."""
        key = self._program.natural_key
        labels = [self._program.labels.get(name, (name, name)) for name in key]
        zh, en = "、".join(zh for zh, _ in labels), ", ".join(en for _, en in labels)
        return Fault(
            row,
            self._program.natural_key[0],
            DUPLICATE,
            f"本行与数据第{first + 1}条重复（{zh}均相同），同一件事只能报一次。"
            "请删去重复的一条；若确为两件，请核对文号。",
            f"This row reports the same act as record {first + 1} (same {en}). "
            "Delete one of the two, or check the document number.",
            None,
            self._program.basis,
            Severity.ERROR,
        )

    def _reason(self, rule: Rule, normalised: str, kind: str | None) -> tuple[str, str]:
        named = IdKind(kind) if kind in set(IdKind) else IdKind.ID_NUMBER
        checked = Checked(named, Verdict(rule.id_verdict), normalised, rule.code, publishable=False)
        return checked.message_zh, checked.message_en


def difference(before: str, after: str, *, hidden: bool) -> tuple[str, str]:
    """What to say of two texts that look alike though they differ; nothing where one sees it."""
    if tidy_text(before) == tidy_text(after):
        return UNSEEN
    alike = shown(before, hidden=hidden) == shown(after, hidden=hidden)
    return NOT_SHOWN if alike else ("", "")


def shown(value: str, *, hidden: bool) -> str:
    """A value as a message may name it: short, on one line, persons masked.

    A text that is itself a person's number is masked in whatever column it stands; one that
    contains such a number has it masked inside.
    """
    text = " ".join(value.split())
    if hidden:
        return mask_id(text) if any(c.isdigit() for c in text) else mask_name(text)
    if _LONG_NUMBER.search(text):
        text = _LONG_NUMBER.sub(_masked, hide_id_numbers(normalise_text(text)))
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _masked(found: re.Match[str]) -> str:
    number = found.group()
    is_person = check(number, IdKind.ID_NUMBER).verdict is Verdict.VALID
    return mask_id(number) if is_person else number
