"""What can be wrong with a file as a whole.

Every refusal says what happened, why, and what to do; the original file is never touched.
"""

from chengxin.kernel.errors import CreditError


class EmptyFile(CreditError):
    """The file has no bytes, or no cell that holds anything."""

    code = "INTAKE-EMPTY"
    zh = "文件“{filename}”是空的，没有可读取的内容。请打开原文件确认已填写并保存，再重新上传。"
    en = (
        "“{filename}” is empty. Open it, check that it was filled in and saved, then send it again."
    )


class FileTooLarge(CreditError):
    """More bytes than one submission may have."""

    code = "INTAKE-FILE-TOO-LARGE"
    zh = (
        "文件“{filename}”有{size_mb}MB，超过单个文件{limit_mb}MB的上限，未读取。"
        "请按月份或单位拆成几个文件分别上传。"
    )
    en = (
        "“{filename}” has {size_mb} MB, over the limit of {limit_mb} MB for one file; it was not "
        "read. Split it, for example by month, and send the parts."
    )
    status = 413


class NotATable(CreditError):
    """A PDF, an image, a letter, an archive: something that holds no table of rows."""

    code = "INTAKE-NOT-A-TABLE"
    zh = (
        "文件“{filename}”的内容是{kind_zh}，不是表格（按内容判断，与扩展名无关）。"
        "请上传 .xlsx、.xls、.csv、.json 或 .parquet 格式的数据表，或它们的 .zip 压缩包。"
    )
    en = (
        "“{filename}” holds {kind_en}, not a table (judged by its content, not its extension). "
        "Send the data as .xlsx, .xls, .csv, .json or .parquet, or a .zip of these."
    )
    status = 415


class DisguisedTable(CreditError):
    """A web page or an XML export that only bears the extension of a workbook."""

    code = "INTAKE-DISGUISED-TABLE"
    zh = (
        "文件“{filename}”其实是{kind_zh}，只是用了表格的扩展名，各软件读法不一，未读取。"
        "请用 Excel 或 WPS 打开，另存为“Excel 工作簿 (.xlsx)”后再上传。"
    )
    en = (
        "“{filename}” is really {kind_en} under a workbook's extension; programs read these "
        "differently, so it was not read. Open it in Excel or WPS, save it as an Excel workbook "
        "(.xlsx) and send that."
    )
    status = 415


class UnknownContent(CreditError):
    """Bytes that are neither a known kind of file nor text."""

    code = "INTAKE-UNKNOWN-CONTENT"
    zh = (
        "无法识别文件“{filename}”的内容：既不是 Excel 工作簿，也不是文本表格。"
        "文件可能已损坏；请重新导出为 .xlsx 或 .csv 后再上传。"
    )
    en = (
        "The content of “{filename}” is neither an Excel workbook nor a text table; it may be "
        "damaged. Export it again as .xlsx or .csv."
    )
    status = 415


class Encrypted(CreditError):
    """A workbook that opens only with a password."""

    code = "INTAKE-ENCRYPTED"
    zh = (
        "文件“{filename}”设有打开密码，系统不会也不能代为解密。"
        "请在 Excel 或 WPS 中取消密码（文件—信息—保护工作簿），另存后再上传。"
    )
    en = (
        "“{filename}” is protected by a password, and this system will not break it. Remove the "
        "password in Excel or WPS (File, Info, Protect Workbook), save, and send it again."
    )


class Corrupt(CreditError):
    """A file that begins like a workbook and cannot be read as one."""

    code = "INTAKE-CORRUPT"
    zh = (
        "文件“{filename}”已损坏或不完整，无法作为{kind}读取。"
        "请用 Excel 或 WPS 打开检查，另存为 .xlsx 后再上传；若打不开，请重新导出。"
    )
    en = (
        "“{filename}” is damaged or incomplete and cannot be read as {kind}. Open it in Excel or "
        "WPS and save it as .xlsx; if it does not open, export it again."
    )


class ZipBomb(CreditError):
    """A compressed workbook that would unfold beyond any honest table."""

    code = "INTAKE-ZIP-BOMB"
    zh = (
        "文件“{filename}”解压后大得反常（超过{limit_mb}MB，或为压缩前的400倍以上），"
        "为保护系统未予读取。"
        "请删除图片和多余工作表，或拆分为几个文件后再上传。"
    )
    en = (
        "“{filename}” would unpack to more than {limit_mb} MB or 400 times its size, so it "
        "was not read. Remove pictures and spare sheets, or split the file, and send it again."
    )
    status = 413


class TooWide(CreditError):
    """A sheet whose used area is far wider or larger than any table of this register."""

    code = "INTAKE-TOO-WIDE"
    zh = (
        "文件“{filename}”的工作表“{sheet}”占用{columns}列、{rows}行，远超数据表应有的范围，未读取。"
        "多半是右侧或下方留有空白格式或零星内容：请选中多余的列和行，删除后另存再上传。"
    )
    en = (
        "Sheet “{sheet}” of “{filename}” covers {columns} columns and {rows} rows, far beyond a "
        "table of this kind, so it was not read. Usually stray cells lie far right or below: "
        "delete those columns and rows, save, and send it again."
    )


class UnreadableText(CreditError):
    """A text file whose characters could not be told."""

    code = "INTAKE-ENCODING"
    zh = (
        "无法判断文件“{filename}”的文字编码，强行读取会产生乱码，未读取。"
        "请用 Excel 或 WPS 打开确认文字正常，另存为“CSV UTF-8”或 .xlsx 后再上传。"
    )
    en = (
        "The character encoding of “{filename}” could not be told, and guessing would garble it. "
        "Open it in Excel or WPS, check the text, save it as “CSV UTF-8” or .xlsx, and send that."
    )


class LineTooLong(CreditError):
    """A text without line breaks: no table has such rows."""

    code = "INTAKE-LINE-TOO-LONG"
    zh = (
        "文件“{filename}”中有一行超过{limit_mb}MB没有换行，不像一行一条的数据表，未读取。"
        "请检查导出设置（每条记录应换行），重新导出后再上传。"
    )
    en = (
        "“{filename}” has a line of more than {limit_mb} MB without a break, which no table of one "
        "record per line has, so it was not read. Check how it was exported and export it again."
    )


class BadRecords(CreditError):
    """A JSON file that is broken, or holds no records."""

    code = "INTAKE-BAD-RECORDS"
    zh = (
        "文件“{filename}”是 JSON，但第{line}行附近无法解析（{what}），为防止漏读，整个文件未读取。"
        "请从业务系统重新导出，或改用 .xlsx、.csv。"
    )
    en = (
        "“{filename}” is JSON and cannot be read near line {line} ({what_en}); so that no record "
        "is lost, nothing was read. Export it again, or send .xlsx or .csv."
    )


class NoRecords(CreditError):
    """A JSON file in which no list of records stands."""

    code = "INTAKE-NO-RECORDS"
    zh = (
        "文件“{filename}”是 JSON，但其中没有找到记录列表"
        "（应为对象的数组，或 data 等字段下的数组）。请按“一个对象一条记录”导出后再上传。"
    )
    en = (
        "“{filename}” is JSON without a list of records (an array of objects, or one under a key "
        "such as data). Export it with one object per record and send it again."
    )


class UnsafeArchive(CreditError):
    """A zip whose members reach outside it, hide another archive, or are too many."""

    code = "INTAKE-UNSAFE-ARCHIVE"
    zh = (
        "压缩包“{filename}”中的“{member}”{why}，为保护系统，整个压缩包未读取。"
        "请只把数据表直接压缩（不套压缩包、不加密、不用特殊路径）后再上传。"
    )
    en = (
        "In the archive “{filename}”, “{member}” {why_en}; to be safe nothing of the archive was "
        "read. Pack only the tables themselves (no archive inside, no password, plain names)."
    )


class NoTableInside(CreditError):
    """An archive that holds files, and no table among them."""

    code = "INTAKE-NO-TABLE-INSIDE"
    zh = "压缩包“{filename}”中没有数据表（内有：{members}）。请放入 .xlsx、.xls 或 .csv 等数据表。"
    en = (
        "The archive “{filename}” holds no table (it has: {members}). Put tables such as .xlsx, "
        ".xls or .csv into it."
    )
    status = 415


class NoHeader(CreditError):
    """No row of column names was found: a letter, a form, or bare data."""

    code = "INTAKE-NO-HEADER"
    zh = (
        "在文件“{filename}”的前{rows}行没有找到表头（一行并列的列名，下面逐行是数据）。"
        "它可能是一份表单或公文。请按目录事项的模板整理成“一行一条”的数据表后再上传。"
    )
    en = (
        "No header row (column names side by side, with one record per row below) was found in the "
        "first {rows} rows of “{filename}”; it may be a form or a letter. Arrange the data as one "
        "record per row, as in the item's template, and send it again."
    )


class NoSuchSheet(CreditError):
    """The sheet that was named is not in the workbook."""

    code = "INTAKE-NO-SUCH-SHEET"
    zh = "文件“{filename}”中没有名为“{sheet}”的工作表。现有工作表：{sheets}。请从中选一个。"
    en = "“{filename}” has no sheet named “{sheet}”. It has: {sheets}. Choose one of these."
    status = 404


class BadMapping(CreditError):
    """A mapping that names a column or a field that does not exist, or a field twice."""

    code = "INTAKE-BAD-MAPPING"
    zh = "列对应关系有误：{what}。请只使用文件中的列名和该事项的字段名，且每个字段只对应一列。"
    en = (
        "The column mapping is wrong: {what}. Use only columns of the file and fields of the item, "
        "each field once."
    )


class NoMatchingItem(CreditError):
    """The headers fit no item of the catalogue."""

    code = "INTAKE-NO-MATCHING-ITEM"
    zh = (
        "文件“{filename}”的表头与目录中的任何事项都不匹配，因此不能归集。"
        "不在公共信用信息目录内的信息不得采集；如属目录事项，请指定事项并核对列名。"
    )
    en = (
        "The headers of “{filename}” fit no item of the catalogue, so it cannot be taken in. What "
        "is outside the catalogue may not be collected; if it is inside, name the item and check "
        "the column names."
    )
