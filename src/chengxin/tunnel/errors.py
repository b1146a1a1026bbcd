"""Why an edition was not simulated, or not released."""

from chengxin.kernel.errors import CreditError


class SameEdition(CreditError):
    """There is nothing to try: both are one edition."""

    code = "TUNNEL-SAME-EDITION"
    zh = "两份规则库相同（版本 {edition}），没有可试算的改动。请核对 --from 与 --to。"
    en = "Both are edition {edition}; there is no change to try. Check --from and --to."
    status = 409


class PlaceTaken(CreditError):
    """The folder for the report has something in it."""

    code = "TUNNEL-PLACE-TAKEN"
    zh = "目录 {path} 不是空的，报告不覆盖已有文件。请另选一个目录。"
    en = "The folder {path} is not empty, and a report overwrites nothing. Choose another folder."
    status = 409


class OfficialNeeded(CreditError):
    """Simulating, overruling and releasing are acts of named officers."""

    code = "TUNNEL-OFFICIAL-NEEDED"
    zh = "试算、准予超预算和发布须由具名人员办理，系统不能代办。请用本人账号办理。"
    en = "Simulating, overruling and releasing are done by named officers, not by the system."
    status = 403


class NoReport(CreditError):
    """The folder holds no simulation report."""

    code = "TUNNEL-NO-REPORT"
    zh = (
        "{path} 中没有试算报告（缺 {file}）。未经试算不得发布；"
        "请先运行 chengxin rulebook simulate。"
    )
    en = (
        "{path} holds no simulation report ({file} is missing). Nothing is released without one: "
        "run `chengxin rulebook simulate` first."
    )
    status = 409


class NotSigned(CreditError):
    """The report carries no signature."""

    code = "TUNNEL-NOT-SIGNED"
    zh = "试算报告没有签名文件 {file}，不能据以发布。请重新试算，不要增删报告目录中的文件。"
    en = (
        "The report has no signature ({file}) and releases nothing. Simulate again, and leave the "
        "files of the report as they are."
    )
    status = 409


class ReportAltered(CreditError):
    """A file of the report is not the one that was signed."""

    code = "TUNNEL-REPORT-ALTERED"
    zh = "试算报告的文件 {file} 与签名时不一致，已拒绝。请用签名时的原件，或重新试算。"
    en = (
        "The report's file {file} is not what was signed and was refused. Use the original, or "
        "simulate again."
    )
    status = 409


class SignatureBroken(CreditError):
    """The signature does not hold."""

    code = "TUNNEL-SIGNATURE-BROKEN"
    zh = "试算报告的签名不成立：内容或签名被改动过。请用签名时的原件，或重新试算。"
    en = (
        "The report's signature does not hold: it or what it covers was changed. Use the original, "
        "or simulate again."
    )
    status = 409


class ForeignReport(CreditError):
    """Another installation signed it."""

    code = "TUNNEL-FOREIGN-REPORT"
    zh = "试算报告由另一套系统签名，其登记信息与本系统不同，不能据以发布。请在本系统试算。"
    en = (
        "Another installation signed this report over another register; it releases nothing here. "
        "Simulate in this installation."
    )
    status = 409


class UnknownSimulation(CreditError):
    """Our key signed it, but nobody simulated it here."""

    code = "TUNNEL-UNKNOWN-SIMULATION"
    zh = (
        "本系统没有编号 {id} 的试算记录，报告虽有签名也不能据以发布。请重新试算，"
        "并检查签名密钥是否外泄。"
    )
    en = (
        "No simulation {id} was ever made here: signed or not, the report releases nothing. "
        "Simulate again, and find out whether the signing key has leaked."
    )
    status = 409


class LogDiffers(CreditError):
    """The log of acts it was made over is not ours."""

    code = "TUNNEL-LOG-DIFFERS"
    zh = (
        "报告所记的日志位置（第 {sequence} 条）与本系统日志不符："
        "它不是在这份登记信息上试算的。请重新试算。"
    )
    en = (
        "The log entry the report was made at (number {sequence}) is not in this log: it was not "
        "made over this register. Simulate again."
    )
    status = 409


class OtherTarget(CreditError):
    """The report is about another edition than the folder holds."""

    code = "TUNNEL-OTHER-TARGET"
    zh = (
        "报告试算的是版本 {reported}，而 {path} 现为版本 {found}：试算之后文件又有改动。"
        "请对现在的文件重新试算。"
    )
    en = (
        "The report tried edition {reported}, but {path} now holds {found}: its files were changed "
        "afterwards. Simulate the files as they are now."
    )
    status = 409


class OtherOrigin(CreditError):
    """Another edition came into force since."""

    code = "TUNNEL-OTHER-ORIGIN"
    zh = (
        "报告以版本 {reported} 为起点，而现行版本是 {found}：其间已发布过别的版本。"
        "请以现行版本为起点重新试算。"
    )
    en = (
        "The report starts from edition {reported}, but {found} is in force: another edition came "
        "between. Simulate again from the one in force."
    )
    status = 409


class AlreadyInForce(CreditError):
    """The edition is the one in force."""

    code = "TUNNEL-ALREADY-IN-FORCE"
    zh = "版本 {edition} 已是现行版本，无需发布。"
    en = "Edition {edition} is in force already; there is nothing to release."
    status = 409


class ReportStale(CreditError):
    """The register has moved on."""

    code = "TUNNEL-REPORT-STALE"
    zh = (
        "报告于{made_on}试算，有效至{until}，已过期："
        "登记信息其间已有变化。请重新试算。依据：{basis}。"
    )
    en = (
        "The report was made on {made_on} and held until {until}; the register has moved on. "
        "Simulate again. Basis: {basis}."
    )
    status = 409


class ReportFromFuture(CreditError):
    """A report made later than today."""

    code = "TUNNEL-REPORT-FROM-FUTURE"
    zh = "报告的试算日期{made_on}晚于今天{on}。请核对服务器时间，并重新试算。"
    en = "The report was made on {made_on}, after today ({on}). Check the clock and simulate again."
    status = 409


class OtherCode(CreditError):
    """Other code judges now than did then."""

    code = "TUNNEL-OTHER-CODE"
    zh = (
        "试算所用的程序（{reported}）与现在的程序（{found}）不同，"
        "结果不一定还成立。请用现在的程序重新试算。"
    )
    en = (
        "The code that simulated ({reported}) is not the code that runs now ({found}); what it "
        "found need not hold. Simulate again with the code in use."
    )
    status = 409


class SameOfficer(CreditError):
    """Two persons: who simulated does not release."""

    code = "TUNNEL-SAME-OFFICER"
    zh = "这份报告由 {login} 试算，须由另一人发布。请交有发布权限的其他人员办理。"
    en = "{login} simulated this; another officer with the power to release has to release it."
    status = 403


class BudgetExceeded(CreditError):
    """The harm budget is exceeded and nobody took responsibility."""

    code = "TUNNEL-BUDGET-EXCEEDED"
    zh = (
        "该改动超出伤害预算：{lines}。请修改规则后重新试算；确有必要的，"
        "由伤害预算监督人以 chengxin rulebook overrule 具名说明理由后再发布。"
    )
    en = (
        "The change exceeds the harm budget: {lines_en}. Change the rules and simulate again; or "
        "let an overseer of the harm budget give reasons by name: `chengxin rulebook overrule`."
    )
    status = 409


class NothingExceeded(CreditError):
    """There is nothing to overrule."""

    code = "TUNNEL-NOTHING-EXCEEDED"
    zh = "该报告未超出伤害预算，无需准予。请直接发布。"
    en = "The report keeps the harm budget; there is nothing to overrule. Release it."
    status = 409


class ReasonNeeded(CreditError):
    """A person who overrules says why."""

    code = "TUNNEL-REASON-NEEDED"
    zh = "准予超出伤害预算须写明理由。请补充后再试。"
    en = "Letting a change beyond the harm budget pass needs reasons. Give them and try again."


class ThirdPersonNeeded(CreditError):
    """Who simulated, who overrules and who releases are three persons."""

    code = "TUNNEL-THIRD-PERSON-NEEDED"
    zh = "{login} 已参与该改动的试算或准予，试算、准予、发布须由三人分别办理。请交他人办理。"
    en = (
        "{login} has already simulated or overruled this change; simulating, overruling and "
        "releasing take three persons. Have another officer do it."
    )
    status = 403


class ReportUsed(CreditError):
    """A report releases once."""

    code = "TUNNEL-REPORT-USED"
    zh = "这份报告已用于{at}的发布，不能再用。请重新试算。"
    en = "This report already released an edition at {at} and cannot be used again. Simulate again."
    status = 409


class NothingInForce(CreditError):
    """No edition was ever adopted: the installation was not set up."""

    code = "TUNNEL-NOTHING-IN-FORCE"
    zh = "本系统还没有现行版本。请先运行 chengxin migrate，由系统登记第一个版本。"
    en = "No edition is in force yet. Run `chengxin migrate` first: it adopts the first edition."
    status = 409
