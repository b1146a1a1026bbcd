"""`{% load passport %}`: a fact's row and its passport 信息来源凭证.

Written as functions and not as templates, because a page may hold many facts: fifty of
them are drawn in a few milliseconds, which template tags would need for one or two.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengxin.publication.values import FieldValue, Passport, PublicFact
from chengxin.web.templatetags.ui import chinese, day, definitions, moment, said
from chengxin.web.templatetags.web import LABELS
from chengxin.web.values import FactGroup

register = template.Library()

Row = tuple[Promise | str, str]

CELL_LENGTH: Final = 60
EDITION_SHOWN: Final = 12
SEVERITIES: Final = {
    "serious": (gettext_lazy("严重"), " cx-badge--red"),
    "ordinary": (gettext_lazy("一般"), " cx-badge--amber"),
    "minor": (gettext_lazy("轻微"), ""),
}


@register.filter
def severity_badge(severity: str) -> str:
    """Severity of an act 失信程度 in a word; never said of an organisation."""
    if severity not in SEVERITIES:
        return "—"
    word, tone = SEVERITIES[severity]
    return format_html('<span class="cx-badge{}">{}</span>', tone, word)


@register.simple_tag
def fact_cells(fact: PublicFact, group: FactGroup, headings: Sequence[str]) -> SafeString:
    """The cells of a fact's row; each carries its heading, for screens that stack them."""
    values = {one.name: one for one in fact.fields}
    cells: list[Row] = [
        (heading, _shortened(values[name]) if name in values else "—")
        for name, heading in zip(group.columns, headings, strict=True)
    ]
    if group.with_severity:
        cells.append((_("行为的失信程度"), severity_badge(fact.passport.severity)))
    heading, text = cells[0]
    first = format_html(
        '<th scope="row" data-label="{}"><span>{}{}</span></th>',
        heading,
        text,
        marks(fact.passport),
    )
    rest = format_html_join("", '<td data-label="{}"><span>{}</span></td>', cells[1:])
    return first + rest


@register.filter
def marks(passport: Passport) -> SafeString:
    """The marks 标注 beside a fact while a case about it runs."""
    badge = ' <span class="cx-badge cx-badge--amber">{}</span>'
    return format_html_join("", badge, ((said(one),) for one in passport.marks))


def _shortened(field: FieldValue) -> str:
    text = said(field, "value")
    return text if len(text) <= CELL_LENGTH else f"{text[: CELL_LENGTH - 1]}…"


@register.simple_tag
def decided(fact: PublicFact) -> SafeString:
    """What was decided: every open field of the fact."""
    if chinese():
        return definitions((LABELS.get(one.name, one.label), one.value) for one in fact.fields)
    return definitions((LABELS.get(one.name, one.label_en), _english(one)) for one in fact.fields)


def _english(field: FieldValue) -> str:
    """The value; marked as Chinese where it was not put into English."""
    if field.value != field.value_en or field.value.isascii():
        return field.value_en
    return format_html('<span lang="zh-Hans">{}</span>', field.value)


@register.simple_tag
def source(fact: PublicFact) -> SafeString:
    """Where a fact comes from, and under which law it is shown."""
    return definitions(_source(fact))


def _source(fact: PublicFact) -> Iterator[Row]:
    passport = fact.passport
    yield _("信源单位"), said(passport, "source_unit_name")
    yield _("作出决定的机关"), passport.authority or "—"
    yield _("公示依据"), _basis(passport)
    if passport.severity:
        yield _("行为的失信程度"), _severity(fact)
    yield _("文书号"), passport.document_number or "—"
    yield _("目录事项"), said(passport, "item_label")


def _basis(passport: Passport) -> SafeString:
    laws = format_html_join(SafeString("<br>"), "{}", ((law,) for law in passport.basis))
    if not passport.basis_unconfirmed:
        return laws
    return laws + _hint(_("其中部分取值尚待主管部门确认。"))


def _severity(fact: PublicFact) -> SafeString:
    how = (
        _("由作出决定的机关认定；是对这一行为的认定，不是对主体的评价。")
        if fact.showing.severity_stated
        else _("按处罚种类依规则判定；是对这一行为的认定，不是对主体的评价。")
    )
    return format_html("{} {}", severity_badge(fact.passport.severity), _hint(how))


def _hint(text: str) -> SafeString:
    return format_html('<span class="cx-hint">{}</span>', text)


@register.simple_tag
def course(passport: Passport) -> SafeString:
    """The four days of a fact: decided, received, published, no longer shown."""
    until = passport.public_until
    steps = (
        (_("作出决定"), day(passport.decided_on)),
        (_("归集入库"), day(passport.recorded_at)),
        (_("开始公示"), day(passport.public_since)),
        (_("停止公示"), day(until) if until else _("未定期限")),
    )
    items = format_html_join("", "<li><span>{}</span>{}</li>", steps)
    return format_html('<ol class="cx-way">{}</ol>', items)


@register.simple_tag(takes_context=True)
def proof(context: template.Context, passport: Passport) -> SafeString:
    """What lets anyone check that the fact is the one received, and its lasting address."""
    return definitions(_proof(passport, context["request"].get_host()))


def _proof(passport: Passport, host: str) -> Iterator[Row]:
    yield _("原始文件指纹"), _hash(f"SHA-256 {passport.file_sha256}")
    yield _("规则库版本"), _hash(passport.edition[:EDITION_SHOWN])
    if passport.corrected_at:
        yield _("最近更正"), moment(passport.corrected_at)
    if passport.proof:
        at = moment(passport.proof.at)
        entry = format_html(_("第 {} 条，{}"), passport.proof.sequence, at)
        yield _("操作日志"), format_html("{}<br>{}", entry, _hash(passport.proof.hash))
    address = reverse("web-record", args=[passport.record])
    yield _("永久网址"), format_html('<a href="{}">{}{}</a>', address, host, address)


def _hash(text: str) -> SafeString:
    return format_html('<span class="cx-hash">{}</span>', text)
