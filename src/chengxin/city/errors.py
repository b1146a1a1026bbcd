"""What can go wrong when a city is made."""

from chengxin.kernel.errors import CreditError


class CityTooSmall(CreditError):
    """Fewer organisations or records than the kinds of errors need."""

    code = "CITY-TOO-SMALL"
    zh = (
        "合成城市至少需要 {organisations} 家主体和 {records} 条记录，"
        "请加大 --organisations 或 --records。"
    )
    en = (
        "A city needs at least {organisations} organisations and {records} records; "
        "raise --organisations or --records."
    )


class CityFolderNotEmpty(CreditError):
    """The folder holds files already; they would mix with the new ones."""

    code = "CITY-FOLDER-NOT-EMPTY"
    zh = (
        "目录 {folder} 不是空的，为避免新旧文件混在一起，未写入任何内容。请换一个目录，或先清空它。"
    )
    en = (
        "The folder {folder} is not empty; nothing was written, so that old and new files do "
        "not mix. Name another folder or empty this one first."
    )
    status = 409
