"""Why a catalogue item does not compile, or is not there."""

from collections.abc import Mapping
from typing import Any, Final

from chengxin.kernel.errors import CreditError
from chengxin.policy.errors import RulebookFault


class UnknownItem(CreditError):
    """The catalogue has no item of that code."""

    code = "CATALOGUE-UNKNOWN-ITEM"
    zh = "目录中没有事项“{item}”，现有事项：{known}。目录以外的信息不得归集。"
    en = "The catalogue has no item {item}; it has {known}. Nothing outside it may be collected."
    status = 404


class ItemEnded(CreditError):
    """The item was there, and is no longer: it ended, or the law behind it did."""

    code = "CATALOGUE-ITEM-ENDED"
    zh = "目录自{until}起没有事项“{item}”，不再归集。{reason_zh}已有信息的历史保留。"
    en = "There is no item {item_en} since {until}; nothing is taken in. {reason_en} History stays."
    status = 404


class CatalogueRefused(CreditError):
    """Some item does not compile; `.faults` names each file and line."""

    code = "CATALOGUE-REFUSED"
    zh = (
        "目录有{count}处错误，未通过编译。第一处：{first_zh}"
        "请运行 chengxin rulebook check 查看全部。"
    )
    en = (
        "The catalogue does not compile, {count} fault(s). First: {first_en} "
        "Run `chengxin rulebook check` to see them all."
    )
    status = 500

    def __init__(self, faults: list[RulebookFault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(
            count=len(self.faults), first_zh=first.text("zh"), first_en=first.text("en")
        )


# cause → reason zh, reason en, way out zh, way out en
TEXTS: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "NO-BASIS": (
        "事项“{item}”没有依据。", "Item {item} cites no legal basis.",
        "没有法律依据的信息不得归集（依据：{grounds}）：请写明 basis，否则删去该事项。",
        "Nothing may be collected without one ({grounds}): give its basis, or remove the item.",
    ),
    "NO-ARTICLE": (
        "地方增加的事项“{item}”没有写明已核对的条款。依据：{grounds}。",
        "The local item {item} names no article that has been read. Basis: {grounds}.",
        "请写明法律、法规允许归集的条款，核对原文后登记在 laws 中。",
        "Name the article of the law that allows it, after reading it, and list it under laws.",
    ),
    "WEAK-BASIS": (
        "事项“{item}”的依据效力不够，或者只是总括性文件。依据：{grounds}。",
        "The basis of item {item} is of too low a rank, or only frames others. Basis: {grounds}.",
        "国家事项请引用法律、法规或党中央、国务院政策文件；地方增加的事项须有法律或者法规。",
        "Cite a law, a regulation or central policy; a local addition needs a law or regulation.",
    ),
    "BASIS-NOT-IN-FORCE": (
        "事项“{item}”自{day}起施行，当日依据已废止或者尚未施行：{titles}。依据：{grounds}。",
        "Item {item} starts on {day}, when its basis is not in force: {titles}. Basis: {grounds}.",
        "请核对施行日期与依据。", "Check its first day and its basis.",
    ),
    "REPEALED": (
        "事项“{item}”的依据《{title}》自{until}起废止，事项自该日起停止，已有信息停止公示。",
        "Item {item} rests on {title}, which ends on {until}: the item stops that day.",
        "有新法接替的，请把新法加入 basis。", "If a new law follows, add it to the basis.",
    ),
    "NO-PURPOSE": (
        "事项“{item}”没有写明归集目的（purpose 与 purpose_en）。依据：{grounds}。",
        "Item {item} states no purpose (purpose and purpose_en). Basis: {grounds}.",
        "请写明为什么归集。", "Say why it is collected.",
    ),
    "PROHIBITED": (
        "“{text}”含有禁止归集的内容“{label}”：{reason}依据：{basis}。",
        "“{text}” holds prohibited content, {label_en}: {reason_en} Basis: {basis}.",
        "请删去该事项或数据项；没有任何设置可以放开。",
        "Remove the item or field; no setting lifts this.",
    ),
    "PERSON-PUBLIC": (
        "自然人的信息不得向社会公开。依据：{grounds}。",
        "Information about natural persons may not be public. Basis: {grounds}.",
        "请改为 by_consent 或 closed。", "Use by_consent or closed.",
    ),
    "PERSON-ITEM": (
        "事项“{item}”涉及自然人，不在可以涉及自然人的事项之内。依据：{grounds}。",
        "Item {item} is about natural persons and not among those that may be. Basis: {grounds}.",
        "目录外的个人信息不得作为公共信用信息：请删去该事项。",
        "Nothing about persons outside the catalogue is credit information: remove the item.",
    ),
    "PERSONAL-BEYOND": (
        "数据项“{field}”收集当事人以外的个人信息。依据：{grounds}。",
        "The field {field} collects personal data beyond the party. Basis: {grounds}.",
        "请删去。", "Remove it.",
    ),
    "NO-DOCUMENT": (
        "不利事项“{item}”没有必填的文书号（document_number），不是以有法律效力的文书认定。依据：{grounds}。",
        "The adverse item {item} asks for no decision with legal effect. Basis: {grounds}.",
        "请写明作为依据的决定文书，并设为必填；没有决定文书的行为不得归集。",
        "Name the decision it rests on and require its number; without one, nothing is held.",
    ),
    "NO-END": (
        "不利事项“{item}”没有按规则确定的终止（parameters.maximum_term：{name}）。依据：{grounds}。",
        "The adverse item {item} has no end by rule (maximum_term: {name}). Basis: {grounds}.",
        "请写明以月计的最长期限，且每种情形都有值。",
        "Give a longest term in months with a value for every case.",
    ),
    "LIST-WITHOUT-LAW": (
        "名单“{name}”没有法律、法规或党中央、国务院政策文件设立。依据：{grounds}。",
        "No law, regulation or central policy creates the list {name}. Basis: {grounds}.",
        "部门、地方不得自行设立名单，也不得以次数累计列入：请删去。",
        "No department or city may create a list of its own: remove it.",
    ),
    "KINDS-DIFFER": (
        "事项“{item}”的主体类别与“主体类别”代码集 {name} 不一致。依据：{grounds}。",
        "The kinds of subject of {item} differ from its code list {name}. Basis: {grounds}.",
        "请使两处一致。", "Make them the same.",
    ),
    "NO-PARTY": (
        "缺少数据项 {missing}：看不出是谁、哪一天的事。依据：{grounds}。",
        "The fields {missing} are missing: whom and what day it is about. Basis: {grounds}.",
        "请引用行政相对人数据项组，并写明 decided_on。",
        "Use a party block, and give decided_on.",
    ),
    "PERSONAL-PUBLIC": (
        "个人信息数据项“{field}”标为公开。", "The personal field {field} is marked public.",
        "请写 public: false。", "Write public: false.",
    ),
    "UNKNOWN-FIELD": (
        "“{field}”提到的数据项“{name}”不存在。",
        "{field} speaks of a field {name} that is not there.",
        "请改正名称。", "Correct the name.",
    ),
    "DUPLICATE-FIELD": (
        "数据项“{field}”定义了两次。", "The field {field} is defined twice.",
        "请只保留一个。", "Keep one of them.",
    ),
    "INCOMPLETE-FIELD": (
        "新增的数据项“{field}”缺少 {missing}。", "The added field {field} lacks {missing}.",
        "请补全。", "Complete it.",
    ),
    "NO-CODELIST": (
        "数据项“{field}”是代码类型，没有写明代码集。",
        "The field {field} holds codes but names no list.",
        "请写明 codelist。", "Give its codelist.",
    ),
    "UNKNOWN-CODELIST": (
        "数据项“{field}”的代码集“{name}”不存在。",
        "The code list {name} of field {field} is not there.",
        "请在 codelists 目录增加，或改正名称。", "Add it under codelists, or correct the name.",
    ),
    "UNKNOWN-CODE": (
        "条件中的代码“{code}”不在数据项“{name}”的代码集里。",
        "The code {code} of the condition is not in the code list of {name}.",
        "请改正代码。", "Correct the code.",
    ),
    "NOT-A-DATE": (
        "日期先后只能用于日期：“{field}”与“{name}”。",
        "Only dates have an order: {field} and {name}.",
        "请改正类型或删去先后要求。", "Correct the type or remove the order.",
    ),
    "NO-UNIT": (
        "金额“{field}”没有写明来源单位。", "The amount {field} does not state its unit.",
        "请写 source_unit: 元 或 万元。", "Write source_unit: 元 or 万元.",
    ),
    "HEADER-CLASH": (
        "表头“{text}”既指“{first}”又指“{field}”。",
        "The header {text} means both {first} and {field}.",
        "请只留在一处；只在某一版式中成立的写入 profiles。",
        "Keep it in one place; put what holds in one layout only under profiles.",
    ),
    "UNKNOWN-PARAMETER": (
        "政策参数“{name}”不存在。", "There is no parameter {name}.",
        "请在 parameters 目录增加，或改正名称。", "Add it under parameters, or correct the name.",
    ),
    "UNKNOWN-CLASS": (
        "信息类别“{name}”不在代码集 information_class 中。",
        "The class {name} is not in the code list information_class.",
        "请改正。", "Correct it.",
    ),
}  # fmt: skip


def item_fault(cause: str, where: tuple[str, int], **facts: Any) -> RulebookFault:
    """A fault of a catalogue item at a file and line."""
    texts = (text.format_map(facts) for text in TEXTS[cause])
    return RulebookFault(*where, f"CATALOGUE-{cause}", *texts)
