"""What each verdict of a verification says to people, and what it proves and what not."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from chengxin.reports.rules.status import StatusList
from chengxin.reports.values import Statement, Verdict

BEIJING = timezone(timedelta(hours=8))
SENTENCES: Mapping[Verdict, tuple[str, str]] = {
    Verdict.VALID: (
        "核验通过：本报告由所信任的机构签名出具，出具后未被改动。",
        "Valid: this report was signed by the trusted authority and has not been changed since.",
    ),
    Verdict.WITHDRAWN: (
        (
            "请勿采信：本报告确由所信任的机构出具，但所载信息中已有停止公示、更正或者撤销的，"
            "或者报告已被撤回。请取得新的报告。"
        ),
        (
            "Do not rely on it: this report is genuine, but a fact on it has left publication or "
            "was corrected, or the report was withdrawn. Take a new report."
        ),
    ),
    Verdict.REVOKED: (
        (
            "核验不通过：签名所用的密钥已被出具机构吊销，不能证明报告由其出具。"
            "请在出具网站用核验码查询。"
        ),
        (
            "Not valid: it was signed with a key the authority has revoked, so nothing proves who "
            "issued it. Look the code up on the issuing site."
        ),
    ),
    Verdict.ALTERED: (
        (
            "核验不通过：文件在签名后被改动，或签名已损坏。"
            "请勿采信；请向提供者索取原始文件，或在出具网站用核验码查询。"
        ),
        (
            "Not valid: the file was changed after it was signed, or its signature is damaged. "
            "Do not rely on it; ask for the original file, or look the code up on the issuing site."
        ),
    ),
    Verdict.FOREIGN: (
        "核验不通过：文件有签名，但不是由所信任的机构签发的信用报告。请核对出具网站及其根证书。",
        (
            "Not valid: the file is signed, but it is not a credit report of the trusted "
            "authority. Check the issuing site and its certificate."
        ),
    ),
    Verdict.NOT_SIGNED: (
        (
            "核验不通过：文件没有电子签名，不能证明其来源（打印件、截图或另存的文件没有签名）。"
            "请索取原始文件，或在出具网站用核验码查询。"
        ),
        (
            "Not valid: the file carries no signature, so nothing proves where it came from (a "
            "print, a picture or a re-saved copy has none). Ask for the original file, or look the "
            "code up on the issuing site."
        ),
    ),
    Verdict.UNREADABLE: (
        "无法核验：这不是可读取的 PDF 文件，或文件过大、不完整。请重新获取原始文件。",
        (
            "Cannot be checked: this is no readable PDF file, or it is too large or incomplete. "
            "Obtain the original file again."
        ),
    ),
}


def statements(
    twin: Mapping[str, Any],
    *,
    stamped_at: datetime | None,
    standing: bool | None,
    listed: StatusList | None,
    checked_at: datetime | None,
) -> tuple[Statement, ...]:
    """What the check of one genuine report proves, then what it does not."""
    proven = list(_proven(twin, stamped_at, listed, standing=standing))
    return (*proven, *_not_proven(twin, listed, checked_at, standing=standing))


def _proven(
    twin: Mapping[str, Any],
    stamped_at: datetime | None,
    listed: StatusList | None,
    *,
    standing: bool | None,
) -> Iterator[Statement]:
    issuer, day = twin["issuer"], twin["as_of"]
    yield Statement(
        proven=True,
        zh=f"由{issuer['operator']}的签名根证书签发，逐字节未被改动。",
        en=f"Signed under the authority of {issuer['operator_en']}; not a byte was changed.",
    )
    if stamped_at is not None:
        yield Statement(
            proven=True,
            zh=f"{_zh(stamped_at)}已经存在（出具机构自己的时间戳）。",
            en=f"It existed at {_en(stamped_at)} (by the issuer's own timestamp).",
        )
        yield Statement(
            proven=True,
            zh="内嵌的机器可读数据另有签名，核对无误，页面由它排成。",
            en="The machine-readable twin inside has a signature of its own, which holds; "
            "the pages were set from it.",
        )
    yield Statement(
        proven=True,
        zh=f"所载信息是 {day} 当日依法公示的内容。",
        en=f"What it says is what was lawfully public on {day}.",
    )
    if standing is not None and listed is not None:
        yield Statement(
            proven=True,
            zh=f"截至 {_zh(listed.at)} 的状态列表：" + ("仍然有效。" if standing else "已失效。"),
            en=f"By the status list of {_en(listed.at)}: "
            + ("it stands." if standing else "it no longer stands."),
            about_status=True,
        )


def _not_proven(
    twin: Mapping[str, Any],
    listed: StatusList | None,
    checked_at: datetime | None,
    *,
    standing: bool | None,
) -> Iterator[Statement]:
    if standing is None:
        why = ("没有提供", "none was given") if listed is None else ("不含这份报告", "not in it")
        yield Statement(
            proven=False,
            zh=f"所载信息出具之后是否停止公示或者更正：未知（状态列表{why[0]}）。请扫码或者联网查询。",
            en="Whether a fact on it has since left publication or was corrected: unknown (status "
            f"list: {why[1]}). Scan the code or look it up.",
            about_status=True,
        )
    elif listed is not None and checked_at is not None and checked_at > listed.until:
        yield Statement(
            proven=False,
            zh=f"{_zh(listed.at)}之后的变动：状态列表已过期，请换用新的。",
            en=f"What happened after {_en(listed.at)}: the status list is old; get a newer.",
            about_status=True,
        )
    yield Statement(
        proven=False,
        zh=f"{twin['as_of']} 之后新产生的信息：报告不反映。",
        en=f"Whatever came up after {twin['as_of']}: the report does not know it.",
    )
    if any(part["state"] == "not_collected" for part in twin["parts"]):
        yield Statement(
            proven=False,
            zh="标明“未归集”的类别：报告不能说明有无。",
            en="Classes marked as not collected: the report says nothing about them.",
        )
    yield Statement(
        proven=False,
        zh="信息本身的真实性由数据来源单位负责；报告证明的是来源、依据和公示状态。",
        en="The truth of each fact is its source's to answer for; the report proves source, basis "
        "and publication.",
    )


def _zh(moment: datetime) -> str:
    return f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M}"


def _en(moment: datetime) -> str:
    return f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M} (Beijing)"
