"""What the content of a column looks like, whatever its header says."""
# ruff: noqa: PLR2004  lengths of names and numbers, each used once

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from chengxin.catalogue.values import Field, FieldType
from chengxin.intake.values import DATE
from chengxin.kernel.dates import parse_date
from chengxin.kernel.ids import IdKind, Verdict, check
from chengxin.kernel.money import parse_amount
from chengxin.kernel.text import normalise_text
from chengxin.policy.values.codelists import CodeList
from chengxin.policy.values.rulebook import Rulebook

SAMPLE: Final = 200
LONGEST: Final = 300  # characters looked at
LIKELY: Final = 0.6  # share of values from which a column is of a kind
UNLIKELY: Final = 0.2  # share below which it is not

_USCC = re.compile(r"[0-9A-Z]{2}\d{6}[0-9A-Z]{10}|[0-9A-Z]{17,19}", re.ASCII)
_PERSON_NUMBER = re.compile(r"\d{6}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dX]|\d{15}", re.ASCII)
_ORG_CODE = re.compile(r"[0-9A-Z]{8}-?[0-9X]", re.ASCII)
_LONG_NUMBER = re.compile(r"[0-9A-Z]{13,20}", re.ASCII)
_UNIT = re.compile(
    r".{2,}(?:局|委|委员会|政府|厅|院|分行|支行|公积金中心|办公室|管委会|管理处|支队|大队|总队|分局|所|中心|站|海关|银保监会|部|"
    r"街道|镇|乡|公安局|法院|检察院)(?:[一-龥]{0,12}(?:股|科|处|室|队|所))?"
)
_COMPANY = re.compile(
    r".{2,}(?:公司|厂|店|行|部|社|中心|集团|合作社|超市|饭店|酒店|宾馆|学校|医院|银行|支行|分行|门市|经营户|工厂|"
    r"商行|商店|网吧|药房|诊所|农场|企业|事务所|协会|工作室|馆|院|场|站|堂|楼|城|坊|铺|吧|园|所|户)(?:\(.*\))?"
)
_PERSON = re.compile(r"[一-龥]{2,4}|[一-龥]{1,8}·[一-龥]{1,8}")
_DOCUMENT = re.compile(r".*(?:[\[〔(【（]\d{4}[\]〕)】）]|\d{4}).*|.*第?.*\d+.*号.*|[0-9A-Z\-]{4,}")
_SERIAL = re.compile(r"[1-7]\d{4}(?:\.\d+)?", re.ASCII)

AUTHORITIES = frozenset({"authority", "source"})
COMPANIES = frozenset({"subject_name"})
PEOPLE = frozenset({"representative"})
DOCUMENTS = frozenset({"document_number"})


class Content:
    """Shares of a column's values that look like each kind; computed when asked for."""

    def __init__(self, texts: Sequence[str], kinds: str, book: Rulebook) -> None:
        filled = [(text, kind) for text, kind in zip(texts, kinds, strict=True) if text]
        step = max(1, len(filled) // SAMPLE)
        sample = filled[::step][:SAMPLE]
        # The beginning tells what a value is; a cell of forty thousand signs took seconds to try.
        self.values = [normalise_text(text[:LONGEST]) for text, _ in sample]
        self.kinds = [kind for _, kind in sample]
        self._book = book
        self._shares: dict[str, float] = {}

    @property
    def blank(self) -> bool:
        """Whether the column has no value at all."""
        return not self.values

    @property
    def example(self) -> str:
        """The first value, for showing beside a question."""
        return self.values[0] if self.values else ""

    def codes(self) -> float:
        """Share of values that are unified social credit codes with the right check character."""
        right = sum(check(value, IdKind.USCC).verdict is Verdict.VALID for value in self.values)
        return right / len(self.values) if self.values else 0.0

    @property
    def may_be_person(self) -> bool:
        """Whether a good part of the values could be names of persons."""
        hits = sum(_PERSON.fullmatch(value) is not None for value in self.values)
        return hits > len(self.values) * UNLIKELY

    def fits(self, field: Field) -> float | None:
        """Share of values that can be what `field` holds; None when nothing can be told."""
        if self.blank:
            return None
        name = _kind_of(field)
        if name is None:
            return None
        if name not in self._shares:
            test = self._test(name, field)
            self._shares[name] = sum(map(test, range(len(self.values)))) / len(self.values)
        return self._shares[name]

    def _test(self, name: str, field: Field) -> Callable[[int], bool]:
        if name.startswith("codes:"):
            return partial(self._in_list, self._book.codelist(field.codelist or ""))
        if name == "date":
            return lambda at: self.kinds[at] == DATE or is_date(self.values[at])
        return lambda at: _TESTS[name](self.values[at])

    def _in_list(self, codelist: CodeList, at: int) -> bool:
        parts = re.split(r"[;；、,，/|]", self.values[at])
        return codelist.find(self.values[at]) is not None or all(
            codelist.find(part) is not None for part in parts if part.strip()
        )


def _kind_of(field: Field) -> str | None:
    """The name of the test for a field; fields of the same test share one answer."""
    for names, kind in (
        (AUTHORITIES, "unit"),
        (COMPANIES, "party"),
        (PEOPLE, "person"),
        (DOCUMENTS, "document"),
    ):
        if field.name in names:
            return kind
    if field.type in {FieldType.CODE, FieldType.CODES}:
        return f"codes:{field.codelist}"
    return _BY_TYPE.get(field.type)


def is_date(text: str) -> bool:
    """Whether a text is a date in any form people use, a spreadsheet's day number too."""
    return parse_date(text) is not None or _SERIAL.fullmatch(text) is not None


def _squeezed(text: str) -> str:
    return text.replace(" ", "").replace("-", "").upper()


_BY_TYPE: Final[Mapping[FieldType, str]] = {
    FieldType.DATE: "date",
    FieldType.AMOUNT: "amount",
    FieldType.INTEGER: "integer",
    FieldType.USCC: "uscc",
    FieldType.ID_NUMBER: "number",
    FieldType.ORG_CODE: "org_code",
    FieldType.REGISTRATION: "number",
    FieldType.TAX: "number",
}

_TESTS: Final[Mapping[str, Callable[[str], bool]]] = {
    "amount": lambda text: parse_amount(text, "wan") is not None and len(text) <= 16,
    "integer": lambda text: text.lstrip("+-").isdigit(),
    "uscc": lambda text: _USCC.fullmatch(_squeezed(text)) is not None,
    "org_code": lambda text: _ORG_CODE.fullmatch(text.upper()) is not None,
    "number": lambda text: (
        _LONG_NUMBER.fullmatch(_squeezed(text)) is not None
        or _ORG_CODE.fullmatch(text.upper()) is not None
        or (len(text) <= 20 and any(c.isdigit() for c in text))
    ),
    "unit": lambda text: _UNIT.fullmatch(text) is not None,
    "party": lambda text: (
        _COMPANY.fullmatch(text) is not None or _PERSON.fullmatch(text) is not None
    ),
    "person": lambda text: (
        _PERSON.fullmatch(text) is not None or (text.replace(" ", "").isalpha() and len(text) < 40)
    ),
    "document": lambda text: _DOCUMENT.fullmatch(text) is not None,
}


# What a name says of its content, for names no item knows: the last word decides.
_WORDS: Final[tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...]] = tuple(
    (re.compile(words + r"(?:\(.*\))?$"), test)
    for words, test in (
        ("(?:年度|年份)", lambda text: re.fullmatch(r"(?:19|20)\d{2}年?度?", text) is not None),
        ("(?:日期|时间|期限|有效期)", is_date),
        ("(?:级别|等级|信用级)", lambda text: len(text) <= 4 and not text[:1].isdigit()),
        ("(?:编号|序号|编码)", lambda text: re.fullmatch(r"[0-9A-Za-z-]{1,12}", text) is not None),
        ("(?:金额|余额|税额|罚款)", _TESTS["amount"]),
        ("(?:名称|名|当事人)", _TESTS["party"]),
        ("(?:机关|部门|单位)", _TESTS["unit"]),
        (
            "(?:代码|号码|识别号|登记号|注册号)",
            lambda text: _LONG_NUMBER.fullmatch(_squeezed(text)) is not None,
        ),
    )
)


def by_word(name: str, content: Content) -> float | None:
    """Share of values that suit what a column name says in general; None when it says nothing."""
    for words, test in _WORDS:
        if words.search(normalise_text(name)):
            return sum(map(test, content.values)) / max(len(content.values), 1)
    return None


def looks_personal(content: Content) -> bool:
    """Whether most values are numbers of persons, whatever the header says."""
    hits = sum(_PERSON_NUMBER.fullmatch(_squeezed(value)) is not None for value in content.values)
    long_ones = sum(len(_squeezed(value)) == 18 for value in content.values)
    return bool(content.values) and hits > len(content.values) * LIKELY and long_ones > 0
