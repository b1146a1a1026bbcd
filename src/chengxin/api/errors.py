"""What a machine can get wrong before any verb is called."""

from chengxin.kernel.errors import CreditError


class MappingUnreadable(CreditError):
    """The mapping is no JSON object."""

    code = "API-MAPPING-UNREADABLE"
    zh = "mapping 须为 JSON 对象：表头 → 数据项，不用的列写 null。请更正后重试。"
    en = "`mapping` must be a JSON object: header → field, null to leave a column out."
