"""What a machine can get wrong before any verb is called."""

from chengxin.kernel.errors import CreditError


class MappingUnreadable(CreditError):
    """The mapping is no JSON object."""

    code = "API-MAPPING-UNREADABLE"
    zh = "mapping 须为 JSON 对象：表头 → 数据项，不用的列写 null。请更正后重试。"
    en = "`mapping` must be a JSON object: header → field, null to leave a column out."


class BodyTooLarge(CreditError):
    """A JSON body over the limit. Facts: limit_mb."""

    code = "API-BODY-TOO-LARGE"
    zh = "请求内容超过{limit_mb}MB。请减少条数，或作为文件、分段上传。"
    en = "The body is over {limit_mb} MB. Send fewer rows, a file, or an upload in parts."
    status = 413
