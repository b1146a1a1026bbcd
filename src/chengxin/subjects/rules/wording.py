"""What pieces of evidence say, in Chinese and in English: derived when shown, never stored."""

from collections.abc import Mapping
from typing import Any, Final

_SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "uscc": ("统一社会信用代码相同", "the same unified social credit code"),
    "org_code": ("组织机构代码相同", "the same organisation code"),
    "registration": ("工商注册号相同", "the same registration number"),
    "tax": ("税务登记号相同", "the same tax number"),
    "id_number": ("证件号码相同", "the same ID number"),
    "inner_uscc": (
        "信用代码第9至17位（组织机构代码）相同，其余各位不同",
        "the organisation code inside the credit code (places 9-17) is the same, the rest is not",
    ),
    "inner_org_code": (
        "组织机构代码与该主体信用代码第9至17位相同",
        "the organisation code stands inside the credit code of this subject",
    ),
    "inner_tax": (
        "税务登记号中的组织机构代码与该主体相同",
        "the organisation code inside the tax number is the subject's",
    ),
    "name": ("名称一致", "the name fits"),
    "former_name": ("与曾用名一致", "it is a former name"),
    "name_form": (
        "名称仅组织形式或括号的写法不同",
        "the names differ only in how the legal form or brackets are written",
    ),
    "name_differs": (
        "名称与该代码已知的名称不一致",
        "the name differs from those known for this code",
    ),
    "near_code": (
        "信用代码与候选主体的只差一处（一位不同、相邻两位对调、多一位或少一位）",
        "the credit code is one slip away (a character wrong, swapped, missing or too many)",
    ),
    "same_name": ("名称相同，但代码不同或缺失", "the same name, but another code or none"),
    "new_code": ("代码有效且尚未登记", "a valid code, not seen before"),
    "name_in_batch": ("同一批次内同一代码出现不同名称", "one code with two names in this batch"),
    "no_code": ("没有可据以认定的有效代码", "no valid code to go by"),
}


def evidence_text(piece: Mapping[str, Any]) -> tuple[str, str]:
    """The sentences of a stored piece of evidence.

    Pieces of `sameness-1` carry theirs: a pair, or one text in Chinese.
    """
    text = piece.get("text")
    if isinstance(text, Mapping):
        return str(text["zh"]), str(text["en"])
    if text is not None:
        return str(text), str(text)
    return _SENTENCES.get(piece["field"], (piece["field"], piece["field"]))
