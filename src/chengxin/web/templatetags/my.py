"""`{% load my %}`: the words of looks and uses, for whom they are about."""

from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chengxin.policy.queries import current_rulebook
from chengxin.web.templatetags.ui import said

register = template.Library()

VIAS: Final[dict[str, Promise]] = {
    "desk": _("工作台"),
    "api": _("数据接口"),
    "own": _("本人或经办人"),
    "web": _("网站"),
    "command": _("命令行"),
    "sql": _("数据库管理"),
}
# What a page of the workbench is for, by the start of its address's name.
PURPOSES: Final[tuple[tuple[str, Promise], ...]] = (
    ("desk-correct", _("更正信用信息")),
    ("desk-revoke", _("撤销信用信息")),
    ("desk-record", _("查看信用信息")),
    ("desk-not-me", _("受理“不是我”")),
    ("desk-case", _("核查案件")),
    ("desk-undo", _("撤销关联")),
    ("desk-list", _("办理名单事项")),
    ("desk-entry", _("办理名单事项")),
    ("desk-measure", _("办理措施")),
    ("desk-line", _("核对报送数据")),
    ("desk-batch", _("核对报送数据")),
    ("desk-sample", _("数据质量抽样核对")),
    ("desk-match", _("认定信息主体")),
    ("desk-decide", _("认定信息主体")),
    ("desk-merge", _("办理主体合并")),
    ("desk", _("履行职责办理业务")),
    ("api:", _("通过数据接口办理业务")),
    ("command:", _("系统运行维护")),
    ("sql:", _("数据库管理")),
    ("own", _("本人或经办人查看")),
)
FIELDS: Final[dict[str, Promise]] = {
    "case": _("核查案件"),
    "statement": _("陈述内容"),
    "list_entry": _("名单记录"),
    "measure": _("措施"),
    "evaluation": _("评价"),
}
FEW: Final = 6


@register.filter
def via_label(via: str) -> str:
    """By which door a look came."""
    return str(VIAS.get(via, via))


@register.filter
def purpose_label(purpose: str) -> str:
    """What a look was for: a registered purpose, or the business of the page it was made on."""
    registered = current_rulebook().codelist("query_purpose").find(purpose)
    if registered is not None:
        return said(registered)
    if purpose.startswith("sql:"):
        return f"{VIAS['sql']}：{purpose.removeprefix('sql:')}"
    return next((str(words) for start, words in PURPOSES if purpose.startswith(start)), purpose)


@register.filter
def unit_label(code: str) -> str:
    """A unit by its name; nobody's unit is the platform's own."""
    unit = current_rulebook().units.get(code)
    return said(unit, "name") if unit else code or str(_("信用平台"))


@register.filter
def fields_label(fields: tuple[str, ...]) -> str:
    """Which fields were looked at, in words; many are counted."""
    known = [str(FIELDS[one]) for one in fields if one in FIELDS]
    rest = len(fields) - len(known)
    if rest:
        known.append(str(_("%(n)s 个数据项")) % {"n": rest})
    return "、".join(known[:FEW])
