"""What is said about each fault: what happened, why, and the way out, in both languages.

`{label}` and other words in braces are filled in when the item is compiled; `{value}`,
`{proposal}`, `{basis}` and `{difference}` (what the eye cannot see between the two) when a
fault is found.
"""

# ruff: noqa: E501  a sentence is easier to judge on one line

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "INTAKE-REQUIRED": (
        "“{label}”未填写。该项为必填（{basis}）。请补填。{hint}",
        "“{label_en}” is blank, and it is required ({basis}). Fill it in. {hint_en}",
    ),
    "INTAKE-REQUIRED-WHEN": (
        "“{label}”未填写。{condition}时必填（{basis}）。请补填，或核对“{other}”是否填错。",
        (
            "“{label_en}” is blank; it is required when {condition_en} ({basis}). Fill it in, or check "
            "“{other_en}”."
        ),
    ),
    "INTAKE-BLANK-WHEN": (
        "“{label}”填了“{value}”，但{condition}时应为空（{basis}）。请清空，或核对“{other}”是否填错。",
        (
            "“{label_en}” holds “{value}”, but must be blank when {condition_en} ({basis}). Clear it, or "
            "check “{other_en}”."
        ),
    ),
    "INTAKE-TOO-LONG": (
        "“{label}”超过{limit}个字（{basis}）。请按决定书精简后填写，不要粘贴全文。",
        (
            "“{label_en}” is longer than {limit} characters ({basis}). Shorten it to what the decision "
            "says."
        ),
    ),
    "INTAKE-NOT-A-DATE": (
        "“{label}”的“{value}”不是一个确定的日期。请写成 2016-03-05 这样的年-月-日。",
        "“{label_en}”: “{value}” is not one certain day. Write it like 2016-03-05.",
    ),
    "INTAKE-DATE-ORDER": (
        "“{label}”（{value}）早于“{other}”，次序不对。请对照决定书核实两个日期。",
        "“{label_en}” ({value}) is before “{other_en}”. Check both days against the decision.",
    ),
    "INTAKE-DATE-ORDER-AFTER": (
        "“{label}”（{value}）晚于“{other}”，次序不对。请对照决定书核实两个日期。",
        "“{label_en}” ({value}) is after “{other_en}”. Check both days against the decision.",
    ),
    "INTAKE-FUTURE-DATE": (
        "“{label}”（{value}）晚于报送当日，尚未发生的不能报送。请对照决定书核实日期。",
        "“{label_en}” ({value}) is after the day of submission. Check it against the decision.",
    ),
    "INTAKE-NOT-AN-AMOUNT": (
        "“{label}”的“{value}”不是金额。请只写数字，单位为{unit}。",
        "“{label_en}”: “{value}” is not an amount. Write a number only, in {unit_en}.",
    ),
    "INTAKE-NEGATIVE-AMOUNT": (
        "“{label}”为负数（{value}），金额不能小于零。请对照决定书核实。",
        "“{label_en}” is negative ({value}). Check it against the decision.",
    ),
    "INTAKE-NOT-AN-INTEGER": (
        "“{label}”的“{value}”不是整数。请只写数字。",
        "“{label_en}”: “{value}” is not a whole number. Write digits only.",
    ),
    "INTAKE-UNKNOWN-CODE": (
        "“{label}”的“{value}”不在“{list}”中。可填：{entries}。请改为其中之一。",
        "“{label_en}”: “{value}” is not in the list “{list_en}”. Use one of: {entries}.",
    ),
    "INTAKE-REWRITTEN": (
        "“{label}”的写法“{value}”已识别，将按规范写法“{proposal}”保存{difference}。无需处理；不对请修改。",
        (
            "“{label_en}”: “{value}” was understood and will be kept as “{proposal}”{difference}. Nothing "
            "to do unless that is wrong."
        ),
    ),
    "INTAKE-DAMAGED-TEXT": (
        "“{label}”含有已损坏的文字（�），原字在源文件中已丢失，系统不猜补。请从业务系统重新导出该行。",
        "“{label_en}” holds characters damaged in the source (�); they are lost. Export the row again.",
    ),
    "INTAKE-ID-IN-TEXT": (
        "“{label}”是公开内容，却含有身份证号码（{value}）。个人证件号码不得公开；请删去或遮盖后再报。",
        (
            "“{label_en}” is public text but contains a resident's ID number ({value}). Such numbers are "
            "never published: remove or mask it and send the row again."
        ),
    ),
    "INTAKE-MINOR": (
        "当事人在决定作出时未满{age}周岁，不得归集其信用信息（{basis}）。请撤下本行，不要报送。",
        (
            "The party was under {age} when the decision was made; nothing about a minor is taken in "
            "({basis}). Take this row out."
        ),
    ),
    "INTAKE-DUPLICATE-ROW": (
        "本行与第{first}行是同一件事（{key}相同）。请删去重复的一行；若确为两件，请核对文号。",
        (
            "This row reports the same act as row {first} (same {key}). Delete one of them, or check "
            "the document number."
        ),
    ),
    "IDS": (
        "“{label}”填写的是“{value}”。{reason}",
        "“{label_en}” holds “{value}”. {reason}",
    ),
}


def sentences(code: str, **words: str) -> tuple[str, str]:
    """The two templates for a fault with the words of one field put in."""
    zh, en = SENTENCES[code]
    for name, text in words.items():
        zh, en = zh.replace(f"{{{name}}}", text), en.replace(f"{{{name}}}", text)
    return zh, en
