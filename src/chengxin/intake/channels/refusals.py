"""What a channel can be refused, or can fail, for."""

from chengxin.kernel.errors import CreditError


class BadDeclaration(CreditError):
    """A part of a declaration is missing or makes no sense. Facts: part, problem, problem_en."""

    code = "INTAKE-BAD-DECLARATION"
    zh = "渠道声明中的“{part}”不可用：{problem}。请更正后重新声明。"
    en = "“{part}” of the declaration cannot be used: {problem_en}. Correct it and declare again."


class QueryRefused(CreditError):
    """The declared query is not one plain SELECT. Facts: reason, reason_en."""

    code = "INTAKE-QUERY-REFUSED"
    zh = "查询语句不予接受：{reason}。只接受一条只读的 SELECT 语句。"
    en = "The query is not accepted: {reason_en}. Only one reading SELECT statement is."


class UnknownChannel(CreditError):
    """No channel with that code."""

    code = "INTAKE-UNKNOWN-CHANNEL"
    zh = "没有代码为“{asked}”的渠道。请核对代码。"
    en = "There is no channel “{asked}”. Check the code."
    status = 404


class UnknownDelivery(CreditError):
    """No delivery with that number."""

    code = "INTAKE-UNKNOWN-DELIVERY"
    zh = "没有编号为“{asked}”的送达件。请从渠道页面重新打开。"
    en = "There is no delivery “{asked}”. Open it again from the page of its channel."
    status = 404


class ChannelNotThere(CreditError):
    """The act does not fit the channel's state. Facts: channel, state, state_en."""

    code = "INTAKE-CHANNEL-STATE"
    zh = "渠道“{channel}”的状态为“{state}”，不能这样办理。"
    en = "Channel “{channel}” is “{state_en}”; this cannot be done now."
    status = 409


class OwnDeclaration(CreditError):
    """Who declared a query cannot confirm it."""

    code = "INTAKE-OWN-DECLARATION"
    zh = "渠道“{channel}”由您本人声明，须由另一人核对后确认（声明、确认分离）。"
    en = "You declared channel “{channel}” yourself; somebody else has to check and confirm it."
    status = 403


class NotAnOfficerOfUnit(CreditError):
    """Who answers for a channel must be an active officer of its unit."""

    code = "INTAKE-CHANNEL-ANSWERS"
    zh = "账号“{login}”不是单位“{unit}”在用的账号，不能作为渠道责任人。"
    en = "Account “{login}” is no active account of unit “{unit}” and cannot answer for a channel."


class ChannelBusy(CreditError):
    """Another process is running this channel at the moment."""

    code = "INTAKE-CHANNEL-BUSY"
    zh = "渠道“{channel}”正在运行，请稍后再看结果。"
    en = "Channel “{channel}” is running at this moment; look again in a while."
    status = 409


class FolderUnusable(CreditError):
    """The drop folder is missing, a link, or cannot be written. Facts: folder, said."""

    code = "INTAKE-FOLDER-UNUSABLE"
    zh = "收件文件夹“{folder}”不可用：{said}。请检查文件夹是否存在、已挂载、可读写，且不是链接。"
    en = (
        "The drop folder “{folder}” cannot be used: {said}. Check that it exists, is mounted and "
        "writable, and is no link."
    )
    status = 503


class NotAPlainFile(CreditError):
    """A link, a device, or a file with a second name. Facts: filename."""

    code = "INTAKE-NOT-A-PLAIN-FILE"
    zh = "“{filename}”是链接或特殊文件，不是独立的普通文件，未读取其指向的内容。请放入文件本身。"
    en = (
        "“{filename}” is a link or a special file, not a plain file of its own; what it points to "
        "was not read. Put the file itself here."
    )


class DigestDiffers(CreditError):
    """The file is not what its sidecar says. Facts: filename, said, found."""

    code = "INTAKE-DIGEST-DIFFERS"
    zh = "文件“{filename}”的 SHA-256 为 {found}，与随附的 {said} 不一致，可能传输不全。请重新投放。"
    en = (
        "The SHA-256 of “{filename}” is {found}, not {said} as its sidecar says; it may have been "
        "cut off. Put it here again."
    )


class SecretMissing(CreditError):
    """The file with the password is missing or open to others. Facts: name, said, said_en."""

    code = "INTAKE-SECRET-MISSING"
    zh = "密码文件“{name}”不可用：{said}。请在密码文件夹中放好该文件，权限设为 600。"
    en = (
        "The password file “{name}” cannot be used: {said_en}. Put it into the folder of "
        "passwords with mode 600."
    )
    status = 503


class SourceUnavailable(CreditError):
    """The department's database does not answer. Facts: host, said."""

    code = "INTAKE-SOURCE-UNAVAILABLE"
    zh = "连不上数据源 {host}（{said}）。系统会自动重试；如持续如此，请联系该单位的系统管理员。"
    en = (
        "The source {host} cannot be reached ({said}). It will be tried again; if this goes on, "
        "call the unit's administrator."
    )
    status = 503


class SourceSlow(CreditError):
    """The query took longer than allowed. Facts: host, seconds."""

    code = "INTAKE-SOURCE-SLOW"
    zh = "数据源 {host} 在{seconds}秒内没有给出结果，已停止查询。请为查询条件和游标列建索引。"
    en = (
        "The source {host} gave no result within {seconds} s; the query was stopped. Index the "
        "columns it filters by and the cursor column."
    )
    status = 503


class SourceRefuses(CreditError):
    """The source does not accept the query. Facts: host, said."""

    code = "INTAKE-SOURCE-REFUSES"
    zh = "数据源 {host} 不接受查询：{said}。表或列可能已改动，或账号没有读取权限。"
    en = (
        "The source {host} does not accept the query: {said}. A table or column may have changed, "
        "or the account may not read it."
    )
    status = 409


class ColumnsChanged(CreditError):
    """The result has other columns than when the query was confirmed. Facts: missing, added."""

    code = "INTAKE-SOURCE-COLUMNS"
    zh = "查询结果的列与确认时不同（缺少：{missing}；多出：{added}），未读取。请重新声明并确认。"
    en = (
        "The result has other columns than when it was confirmed (missing: {missing}; new: "
        "{added}); nothing was read. Declare and confirm the channel anew."
    )
    status = 409


class CursorUnusable(CreditError):
    """The cursor column is empty in a row, or of a type without order. Facts: column."""

    code = "INTAKE-SOURCE-CURSOR"
    zh = (
        "游标列“{column}”有空值，或不是整数、日期、时间、文本，无法据以续读。请改用每行都有值的列。"
    )
    en = (
        "The cursor column “{column}” is empty in some row, or is no integer, date, time or text, "
        "so reading cannot go on from it. Use a column that every row fills."
    )
    status = 409


class DeliveryRefused(CreditError):
    """What was read from a source could not be taken in. Facts: said, said_en."""

    code = "INTAKE-DELIVERY-REFUSED"
    zh = "从数据源读到的数据未能接收：{said}读取位置未前移，更正后会重新读取。"
    en = "What was read could not be taken in: {said_en} It will be read again once that is mended."
    status = 409


class UnknownUpload(CreditError):
    """No upload with that number of this account, or it has expired."""

    code = "INTAKE-UNKNOWN-UPLOAD"
    zh = "没有编号为“{asked}”的上传，或已过期清除。请重新开始上传。"
    en = "There is no upload “{asked}”, or it has expired. Begin a new one."
    status = 404


class TooManyUploads(CreditError):
    """The account has too many uploads open. Facts: most."""

    code = "INTAKE-TOO-MANY-UPLOADS"
    zh = "该账号已有{most}个未完成的上传。请先完成或取消其中一些。"
    en = "This account has {most} uploads open. Complete or drop some first."
    status = 429


class WrongOffset(CreditError):
    """A part does not begin where the upload stands. Facts: offset, expected."""

    code = "INTAKE-WRONG-OFFSET"
    zh = "该段从第{offset}字节起，而已收到的到第{expected}字节。请从第{expected}字节续传。"
    en = "This part begins at byte {offset}; {expected} are here. Go on from byte {expected}."
    status = 409


class PartTooLarge(CreditError):
    """A part is larger than one may be, or goes beyond the end of the file. Facts: limit."""

    code = "INTAKE-PART-TOO-LARGE"
    zh = "该段超过{limit}字节（单段上限或文件剩余部分），未保存。请按此大小分段。"
    en = "This part is over {limit} bytes (a part's limit, or what is left); it was not kept."
    status = 413


class UploadIncomplete(CreditError):
    """Not all bytes are here. Facts: received, size."""

    code = "INTAKE-UPLOAD-INCOMPLETE"
    zh = "文件共{size}字节，只收到{received}字节。请从第{received}字节续传后再完成。"
    en = "The file has {size} bytes and {received} are here. Go on from there, then complete."
    status = 409


class UploadDigestDiffers(CreditError):
    """What arrived is not what was announced; it starts over. Facts: said, found."""

    code = "INTAKE-UPLOAD-DIGEST"
    zh = "收到的文件 SHA-256 为 {found}，与声明的 {said} 不一致，已作废。请从头重传。"
    en = "What arrived has SHA-256 {found}, not {said}; it was thrown away. Send it from byte 0."
    status = 409


class KeyUsed(CreditError):
    """An Idempotency-Key already stands for another sending. Facts: key."""

    code = "INTAKE-KEY-USED"
    zh = "Idempotency-Key“{key}”已用于另一份内容。不同的内容请用不同的值。"
    en = "The Idempotency-Key “{key}” already stands for other content. Use a new one."
    status = 422


class RowsUnreadable(CreditError):
    """Rows sent as JSON hold something that is no cell. Facts: row, column."""

    code = "INTAKE-ROWS-UNREADABLE"
    zh = "第{row}条的“{column}”不是文本、数字、真假或空值，不能作为单元格。请更正后重发。"
    en = "“{column}” of row {row} is no text, number, true, false or null. Correct and resend."


class NoRows(CreditError):
    """Nothing, or too much, was sent as rows. Facts: most."""

    code = "INTAKE-NO-ROWS"
    zh = "应发送1至{most}条数据。更多的请作为文件上传。"
    en = "Send 1 to {most} rows. For more, upload a file."
