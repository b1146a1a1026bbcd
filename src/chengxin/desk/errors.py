"""What the workbench itself can refuse."""

from chengxin.kernel.errors import CreditError


class UploadUnknown(CreditError):
    """The address of a preview is not one this officer was given, or it is too old."""

    code = "DESK-UPLOAD-UNKNOWN"
    zh = "这份预览已失效，或不是由您上传的。文件没有报送；请重新选择文件上传。"
    en = (
        "This preview has expired, or the file was uploaded by somebody else. Nothing was "
        "submitted; choose the file and upload it again."
    )
    status = 404


class PersonNotShown(CreditError):
    """A record about a natural person, or none at all: the workbench answers the same."""

    code = "DESK-RECORD-NOT-SHOWN"
    zh = (
        "没有编号为“{asked}”、可在工作台查看的信用信息。"
        "自然人信息不在此显示，须依法定职权或授权另行查阅。"
    )
    en = (
        "There is no record “{asked}” to be seen at the workbench. Records about natural persons "
        "are not shown here; they need a statutory power or consent."
    )
    status = 404


class LineUnknown(CreditError):
    """Nothing is held of that line: it is not in the file, or not released yet."""

    code = "DESK-LINE-UNKNOWN"
    zh = "批次{number}中没有第{line}行的记录：文件没有这一行，或该批次尚未审核入库。"
    en = "Nothing is held of line {line} of batch {number}: no such line, or not released yet."
    status = 404
