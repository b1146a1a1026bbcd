"""Why a catalogue item does not compile, or is not there."""

from chengxin.kernel.errors import CreditError


class UnknownItem(CreditError):
    """The catalogue has no item of that code."""

    code = "CATALOGUE-UNKNOWN-ITEM"
    zh = "目录中没有事项“{item}”，现有事项：{known}。目录以外的信息不得归集。"
    en = "The catalogue has no item {item}; it has {known}. Nothing outside it may be collected."
    status = 404


class CatalogueRefused(CreditError):
    """Some item does not compile; `chengxin rulebook check` names file and line."""

    code = "CATALOGUE-REFUSED"
    zh = "目录事项“{item}”未通过编译：{reason_zh}请运行 chengxin rulebook check 查看全部。"
    en = (
        "Catalogue item {item} does not compile: {reason_en} "
        "Run `chengxin rulebook check` to see all faults."
    )
    status = 500
