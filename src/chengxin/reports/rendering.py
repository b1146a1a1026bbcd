"""Set a report as a page file 排版: typst, with the fonts that travel with the code.

No network, no system font, no temporary file. The same content gives the same bytes.
"""

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Final

import segno
import typst

from chengxin.reports.coverage import spelled_out
from chengxin.reports.errors import PageNotMade
from chengxin.reports.packing import packed

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE / "templates"
FONTS = HERE / "fonts"
REGULAR = FONTS / "NotoSansSC_400Regular.ttf"
# For archives: tagged for screen readers, fonts inside, attachments allowed.
STANDARD: Final = "a-3a"
QUIET_ZONE = 1  # the page around the code is white already

_one_at_a_time = Lock()


@dataclass(frozen=True)
class Sheet:
    """What a page is set from: the twin as written, its detached token, two values of it."""

    twin: str
    token: str
    verify_url: str
    generated_at: datetime


def page_file(sheet: Sheet) -> bytes:
    """The report as PDF/A-3a with its twin attached, not yet signed. Raises: `PageNotMade`."""
    inputs = {
        "content": sheet.twin,
        "token": sheet.token,
        "qr": _code_picture(sheet.verify_url),
    }
    shown = spelled_out(sheet.twin, REGULAR)
    if shown != sheet.twin:
        inputs["shown"] = shown
    try:
        with _one_at_a_time:
            made = _compiler(TEMPLATES / "report.typ").compile(
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=[STANDARD],
                timestamp=_fixed_offset(sheet.generated_at),
            )
    except typst.TypstError as fault:
        raise PageNotMade(reason=str(fault)) from fault
    if not isinstance(made, bytes):
        raise PageNotMade(reason="no page")
    return packed(made)


def other_page(template: Path, *, content: str, at: datetime) -> bytes:
    """A document of another room's own template, from `content` (JSON), with the same fonts.

    Raises: `PageNotMade`.
    """
    inputs = {"content": content}
    shown = spelled_out(content, REGULAR)
    if shown != content:
        inputs["shown"] = shown
    try:
        with _one_at_a_time:
            made = _compiler(template).compile(
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=[STANDARD],
                timestamp=_fixed_offset(at),
            )
    except typst.TypstError as fault:
        raise PageNotMade(reason=str(fault)) from fault
    if not isinstance(made, bytes):
        raise PageNotMade(reason="no page")
    return packed(made)


@cache
def edition() -> str:
    """The edition of the page's form 版式: whoever has the same sets the same bytes again."""
    digest = hashlib.sha256(version("typst").encode())
    for path in sorted((*TEMPLATES.glob("*.typ"), *FONTS.glob("*.ttf"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def _compiler(template: Path) -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    return typst.Compiler(
        template, root=template.parent, font_paths=fonts, ignore_system_fonts=True
    )


def _code_picture(address: str) -> str:
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        picture, kind="svg", border=QUIET_ZONE, dark="#17212b", xmldecl=False, svgns=True
    )
    return picture.getvalue().decode()


def _fixed_offset(moment: datetime) -> datetime:
    offset = moment.utcoffset() or timedelta()
    return moment.astimezone(timezone(offset))
