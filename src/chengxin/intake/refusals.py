"""What a batch, or a decision about one, can be refused for."""

from chengxin.kernel.errors import CreditError


class AlreadySubmitted(CreditError):
    """The very same file is in already; nothing was doubled."""

    code = "INTAKE-ALREADY-SUBMITTED"
    zh = (
        "该文件已于{submitted_at}提交，批次号{number}，状态：{state}。"
        "本次未重复入库，无需再次提交。"
    )
    en = (
        "This very file was submitted at {submitted_at} as batch {number} ({state_en}). Nothing "
        "was stored twice; there is no need to send it again."
    )
    status = 409


class NothingGiven(CreditError):
    """Neither the bytes nor the path of a file was given."""

    code = "INTAKE-NOTHING-GIVEN"
    zh = "没有收到文件。请选择要报送的文件后重新提交。"
    en = "No file was received. Choose the file and submit again."
    status = 422


class NothingToAccept(CreditError):
    """No faulty row of the batch has such a proposal."""

    code = "INTAKE-NOTHING-TO-ACCEPT"
    zh = (
        "批次 {number} 中没有可采纳的建议：所选问题没有建议值，或已被采纳。"
        "请下载待改文件，逐行更正后重新报送。"
    )
    en = (
        "Batch {number} has no such proposal to accept: none was made, or it has been accepted. "
        "Download the rows to mend, correct them and send them again."
    )
    status = 409


class NothingToMend(CreditError):
    """Every row of the batch passed."""

    code = "INTAKE-NOTHING-TO-MEND"
    zh = "批次 {number} 没有需要改正的数据行，无需下载待改文件。"
    en = "Batch {number} has no rows to mend; there is nothing to download."
    status = 409


class NotItsRows(CreditError):
    """The file says it mends rows of a batch that is not this unit's, or not of this item."""

    code = "INTAKE-NOT-ITS-ROWS"
    zh = (
        "文件标明改正的是批次 {number}，但没有该批次，或它不属于本单位、本事项。"
        "请使用本单位从该批次下载的待改文件；若是新报的数据，请删去“原批次…行号”一列。"
    )
    en = (
        "The file says it mends batch {number}, but there is no such batch of this unit and item. "
        "Use the file this unit downloaded from the batch; for new data delete the column "
        "“原批次…行号”."
    )
    status = 409


class HeldRowsChanged(CreditError):
    """Reading and checking the original anew gives other rows than were submitted."""

    code = "INTAKE-HELD-ROWS-CHANGED"
    zh = (
        "批次 {number} 提交后校验规则已有变化：原通过 {before} 行，现为 {after} 行，或各行的内容"
        "有所不同，不能按原结果入库。请退回该批次，由报送单位按现行规则重新提交。"
    )
    en = (
        "The checks have changed since batch {number} was submitted: {before} rows passed then, "
        "{after} do now, or what they say differs, so it cannot be released as it was seen. "
        "Return it to be sent anew."
    )
    status = 409


class HeldFileTampered(CreditError):
    """The held file of a batch does not say any more what it said at submission."""

    code = "INTAKE-HELD-FILE-TAMPERED"
    zh = (
        "批次 {number} 的待入库文件与提交时不一致，已拒绝入库，未写入任何信息。请保留该文件备查"
        "并查明原因；由运维人员将其移走后可再次审核，系统会按原件重新生成。"
    )
    en = (
        "What is held of batch {number} is no longer what was submitted: nothing was released. "
        "Keep the file as evidence and find out why; once an operator has moved it away the "
        "batch can be released again, made anew from the original."
    )
    status = 500


class UnknownBatch(CreditError):
    """No batch with that number."""

    code = "INTAKE-UNKNOWN-BATCH"
    zh = "没有编号为“{asked}”的批次。请核对批次号。"
    en = "There is no batch “{asked}”. Check the number."
    status = 404


class UnknownUnit(CreditError):
    """The rulebook lists no such unit."""

    code = "INTAKE-UNKNOWN-UNIT"
    zh = "规则库中没有单位“{unit}”，不能归集其信息。请核对单位代码。"
    en = "The rulebook lists no unit “{unit}”, so nothing can be taken in for it. Check the code."
    status = 404


class BatchNotOpen(CreditError):
    """The batch has been decided."""

    code = "INTAKE-BATCH-NOT-OPEN"
    zh = "批次{number}的状态为“{state}”，不能再办理该操作。"
    en = "Batch {number} is “{state_en}”; this can no longer be done."
    status = 409


class OwnBatch(CreditError):
    """Two persons: who submits, or answers for the channel that does, does not release."""

    code = "INTAKE-OWN-BATCH"
    zh = (
        "批次{number}由您本人提交，或由您负责的归集渠道送来，"
        "须由另一位审核人审核入库（经办、审核分离）。"
    )
    en = (
        "You submitted batch {number} yourself, or answer for the channel that did; "
        "a second officer has to release it."
    )
    status = 403


class QuestionsOpen(CreditError):
    """The file raises questions only the clerk can answer."""

    code = "INTAKE-QUESTIONS-OPEN"
    zh = "文件有{count}处疑问须先确认：{questions} 请确认各列的含义，或更正文件后重新提交。"
    en = (
        "The file raises {count} question(s) to settle first: {questions_en} Confirm the columns, "
        "or correct the file and submit it again."
    )
    status = 409


class NothingToRelease(CreditError):
    """Not one row passed its checks."""

    code = "INTAKE-NOTHING-TO-RELEASE"
    zh = "批次{number}没有通过校验的数据行，不能入库。请退回并请报送单位更正后重新提交。"
    en = (
        "Not one row of batch {number} passed its checks. Return it, and ask the unit to correct "
        "and resubmit."
    )
    status = 409


class ReasonMissing(CreditError):
    """Returning a batch or settling a doubt needs a reason."""

    code = "INTAKE-REASON-MISSING"
    zh = "请填写理由，报送单位将看到该理由。"
    en = "Give a reason; the unit that submitted will see it."


class RowNotWaiting(CreditError):
    """The row's subject is not in doubt."""

    code = "INTAKE-ROW-NOT-WAITING"
    zh = "第{row}行的状态为“{state}”，无需认定主体。"
    en = "Row {row} is “{state_en}”; its subject is not in question."
    status = 409


class ChoiceNotOffered(CreditError):
    """A subject was chosen that is not among the candidates, or a new one without a valid code."""

    code = "INTAKE-CHOICE-NOT-OFFERED"
    zh = "第{row}行不能这样认定：所选主体不存在，或该行没有有效代码可据以新建主体。"
    en = (
        "Row {row} cannot be settled that way: the subject chosen does not exist, or the row has "
        "no valid code from which to open a new one."
    )
    status = 409


class RowDoesNotDiffer(CreditError):
    """The row is not waiting to be compared with what is held."""

    code = "INTAKE-ROW-DOES-NOT-DIFFER"
    zh = "第{row}行的状态为“{state}”，没有与已有信息的差异需要处理。"
    en = "Row {row} is “{state_en}”; there is no difference from what is held to settle."
    status = 409


class NotACorrection(CreditError):
    """What differs cannot be corrected: number, day or party make it another decision."""

    code = "INTAKE-NOT-A-CORRECTION"
    zh = (
        "第{row}行不能作为更正采纳：{fields}不同，属于另一决定或另一主体。"
        "请不予采纳；如原信息有误，撤销后重新报送。"
    )
    en = (
        "Row {row} cannot be taken as a correction: {fields} differ, which makes it another "
        "decision or another subject. Decline it; if what is held is wrong, revoke it and send "
        "it anew."
    )
    status = 409


class NothingRemembered(CreditError):
    """No mapping of columns with that number is remembered."""

    code = "INTAKE-NOTHING-REMEMBERED"
    zh = "没有编号为{asked}的已记住列对应，可能已被删除。请刷新后再试。"
    en = (
        "No remembered mapping of columns has number {asked}; it may be gone. Reload and try again."
    )
    status = 404
