"""`chengxin verify`: check a report anywhere, without network, database or home."""

import json
import re
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from chengxin.reports.rules.verification import Aids
    from chengxin.reports.values import VerifyResult

PRESENTATION = re.compile(rb"\s*eyJ[\w-]*\.")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@click.option("--ca", type=FILE, help="Certificate of the issuing authority 签名根证书 (PEM, DER).")
@click.option("--status", type=FILE, help="Signed status list, from the issuing site 状态列表.")
@click.option("--crl", type=FILE, help="The authority's revoked certificates 吊销列表 (PEM, DER).")
@click.option("--pages", is_flag=True, help="Set the pages again from the twin and compare 重排.")
@click.option(
    "--twin", type=click.Path(path_type=Path), help="Write the twin here 另存数据 (JSON)."
)
@click.option(
    "--asked",
    nargs=2,
    default=("", ""),
    metavar="AUDIENCE NONCE",
    help="Of a presentation: whom it must be made for, and our number for it 出示对象 随机数.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify(
    file: Path,
    ca: Path | None,
    status: Path | None,
    crl: Path | None,
    twin: Path | None,
    *,
    asked: tuple[str, str],
    pages: bool,
    as_json: bool,
) -> int:
    """核验报告文件 Check that a report was issued here, not changed, and still stands.

    No network, no database. Says what is proven and what is not. Exit 0 when valid, 1 when not.
    Without --ca the certificate of this installation is used; without --status nothing is said
    about what happened after the report was issued.
    """
    from chengxin.reports.rules.authorities import AUTHORITY_FILE, read_certificate
    from chengxin.reports.rules.verification import examine, read_twin

    if ca is None:
        from chengxin.site.environment import Environment

        ca = Environment.read().keys / AUTHORITY_FILE
    trusted = read_certificate(ca)
    data = file.read_bytes()
    if PRESENTATION.match(data):
        return _presentation(data, trusted, _aids(trusted, status, crl), asked, as_json=as_json)
    found = examine(data, authority=trusted, aids=_aids(trusted, status, crl))
    reset = _set_again(data) if pages and found.genuine else None
    written = read_twin(data) if twin and found.genuine else None
    if twin and written:
        twin.write_bytes(written[1])
    if as_json:
        click.echo(json.dumps(_plain(found, file, reset), ensure_ascii=False))
    else:
        _print(found, file, reset)
    return 0 if found.valid and reset != "differ" else 1


def _presentation(
    data: bytes, trusted: Any, aids: "Aids", asked: tuple[str, str], *, as_json: bool
) -> int:
    from chengxin.kernel.clock import now
    from chengxin.reports.errors import PresentationRefused
    from chengxin.reports.rules.credentials import check

    audience, nonce = asked
    try:
        shown = check(
            data.decode("ascii"),
            authority=trusted,
            audience=audience,
            nonce=nonce,
            at=now(),
            status=aids.status,
        )
    except PresentationRefused as refused:
        if as_json:
            click.echo(json.dumps({"valid": False, "error": refused.as_json()}, ensure_ascii=False))
        else:
            click.echo(f"{refused.text('zh')}\n{refused.text('en')}")
        return 1
    if as_json:
        answer = asdict(shown) | {"valid": True}
        click.echo(json.dumps(answer, ensure_ascii=False, default=str))
        return 0
    click.echo(f"核验通过：{shown.issuer} 签发，持有者对本次核验出示，内容未被改动。")
    click.echo("Valid: issued by the trusted authority, shown by its holder for this check.")
    click.echo(f"  机构 Organisation: {shown.party['name']} {shown.party['uscc']}")
    for claim in shown.claims.values():
        click.echo(f"✓ {claim['zh']}\n  {claim['en']}\n  依据 Basis: {'；'.join(claim['basis'])}")
    click.echo(f"？ 另有 {shown.hidden} 项没有出示。 {shown.hidden} more claims were not shown.")
    if shown.standing is None:
        click.echo("？ 是否已被撤回：未知，没有提供状态列表。 Whether it was withdrawn: unknown.")
    return 0


def _aids(trusted: Any, status: Path | None, crl: Path | None) -> "Aids":
    from chengxin.reports.rules.verification import Aids

    if status is None and crl is None:
        return Aids()
    from chengxin.kernel.clock import now
    from chengxin.reports.errors import BadStatusList
    from chengxin.reports.rules.authorities import read_revoked
    from chengxin.reports.rules.jws import NotOurs
    from chengxin.reports.rules.status import read

    listed = None
    if status is not None:
        try:
            listed = read(status.read_text(encoding="ascii"), authority=trusted)
        except (NotOurs, ValueError) as fault:
            raise BadStatusList(file=status.name) from fault
    return Aids(revoked=read_revoked(crl) if crl else None, status=listed, at=now())


def _set_again(data: bytes) -> str:
    """Whether the pages are, byte for byte, what the twin gives: same, differ or other_edition."""
    import os

    import django

    # Settings, but no database: nothing is asked of one.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengxin.site.settings")
    django.setup()
    from chengxin.reports.services import set_again

    return set_again(data)


PAGES = {
    "same": (
        "页面由内嵌数据重新排版，逐字节一致。",
        "Set again from the twin inside, the pages are the same byte for byte.",
    ),
    "differ": ("页面与内嵌数据不一致，请勿采信。", "The pages are not what the twin gives."),
    "other_edition": (
        "本机的版式与出具时不同，无法重新排版比对；签名不受影响。",
        (
            "This machine has another edition of the form and cannot set the pages again; the "
            "signature is not affected."
        ),
    ),
}


def _print(found: "VerifyResult", file: Path, reset: str | None) -> None:
    click.echo(f"{file}: {found.message_zh}")
    click.echo(found.message_en)
    for label, value in (
        ("机构 Organisation", found.subject),
        ("统一社会信用代码 USCC", found.uscc),
        ("报告编号 Number", found.number),
        ("核验码 Code", found.code),
        ("信息截止日期 As of", found.as_of),
        ("出具时间 Issued", found.issued_at),
        ("文件 SHA-256", found.sha256),
    ):
        if value:
            click.echo(f"  {label}: {value}")
    for one in found.statements:
        mark = "✓" if one.proven else "？"
        click.echo(f"{mark} {one.zh}\n  {one.en}")
    if reset is not None:
        mark = {"same": "✓", "differ": "✗"}.get(reset, "？")
        click.echo(f"{mark} {PAGES[reset][0]}\n  {PAGES[reset][1]}")
    sys.stdout.flush()


def _plain(found: "VerifyResult", file: Path, reset: str | None) -> dict[str, Any]:
    answer = asdict(found) | {"file": str(file), "valid": found.valid, "pages": reset}
    for name in ("as_of", "issued_at", "stamped_at", "status_at"):
        value = getattr(found, name)
        answer[name] = value.isoformat() if value else None
    answer.pop("content")
    return answer
