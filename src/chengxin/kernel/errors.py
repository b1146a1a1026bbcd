"""Every refusal is a code for machines and a sentence for people, in Chinese and English.

A sentence says what happened, why, and what to do. Store `code` and `facts`; render late.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from chengxin.kernel.canonical import plain
from chengxin.kernel.zone import SHANGHAI


class CreditError(Exception):
    """What this house raises when it says no. Subclasses set `code`, `zh`, `en`, `status`.

    `code` is `ROOM-CAUSE`; `zh` and `en` are `str.format` templates over the facts;
    `status` is the HTTP status a door answers with.
    """

    code: ClassVar[str] = "KERNEL-ERROR"
    zh: ClassVar[str] = "操作未完成，请将本提示告知系统管理员。"
    en: ClassVar[str] = "The operation was not completed; please show this to the operator."
    status: ClassVar[int] = 400

    def __init__(self, **facts: Any) -> None:
        super().__init__(facts)
        self.facts: dict[str, Any] = facts

    def text(self, language: str) -> str:
        """The sentence in `language`: Chinese for `zh…`, English for everything else."""
        chinese = language.lower().startswith("zh")
        template = self.zh if chinese else self.en
        return template.format_map(_Readable(self.facts, chinese=chinese))

    def as_json(self) -> dict[str, Any]:
        """What the API answers and the log keeps: code, both sentences, facts as plain values."""
        return {
            "code": self.code,
            "message_zh": self.text("zh-hans"),
            "message_en": self.text("en"),
            "facts": {name: _storable(value) for name, value in self.facts.items()},
        }

    def __str__(self) -> str:
        return f"[{self.code}] {self.text('zh')} {self.text('en')}"


class NotPermitted(CreditError):
    """The actor does not hold the power, or not for this unit. Facts: login, verb, unit."""

    code = "KERNEL-NOT-PERMITTED"
    zh = (
        "账号 {login} 无权办理“{verb}”（单位：{unit}）。"
        "如确需办理，请联系本单位管理员授予相应权限。"
    )
    en = (
        "Account {login} may not do “{verb}” (unit: {unit}). "
        "If it should, ask your unit's administrator for the power."
    )
    status = 403


class _Readable(dict[str, Any]):
    """Facts as people read them.

    A fact that is missing shows its name: a sentence about a fault must never fail itself.
    """

    def __init__(self, facts: Mapping[str, Any], *, chinese: bool) -> None:
        super().__init__((name, _readable(value, chinese=chinese)) for name, value in facts.items())

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def _readable(value: Any, *, chinese: bool) -> Any:
    if value is None or value == "":
        return "—"
    if isinstance(value, datetime):
        local = value.astimezone(SHANGHAI) if value.tzinfo else value
        return f"{local:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日" if chinese else value.isoformat()
    if isinstance(value, list | tuple):
        return ("、" if chinese else ", ").join(str(_readable(v, chinese=chinese)) for v in value)
    return value


def _storable(value: Any) -> Any:
    try:
        return plain(value)
    except (TypeError, ValueError):
        return str(value)
