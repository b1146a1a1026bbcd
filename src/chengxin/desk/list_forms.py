"""Forms about list entries and measures; the verbs judge their content."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.desk.forms import ReasonForm
from chengxin.measures.values import Service

WIDE = {"rows": 4}


def _long(label: Any, hint: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs=WIDE)
    return forms.CharField(
        label=label, required=False, max_length=2000, widget=area, help_text=hint
    )


class ProposeForm(forms.Form):
    """Which list, the facts, the reasons."""

    list_code = forms.ChoiceField(label=_("名单"))
    facts = _long(_("事实"), _("写明认定的事实；将告知当事人，请勿写入他人的个人信息。"))
    reason = _long(_("理由"), _("为什么属于该名单规定的严重情形；不得以次数累计为由。"))

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["list_code"].choices = choices  # type: ignore[attr-defined]


class PaperForm(forms.Form):
    """How a paper was given to the subject, and when."""

    how = forms.ChoiceField(
        label=_("送达方式"),
        choices=[
            (Service.HANDED.value, _("直接送达（有送达回证）")),
            (Service.POSTED.value, _("邮寄（按规则视为送达）")),
        ],
    )
    given_on = forms.DateField(
        label=_("送达或者寄出日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def facts(self) -> dict[str, Any]:
        """As the verbs take it."""
        found = self.cleaned_data
        return {"how": Service(found["how"]), "given_on": found["given_on"]}


class StatementForm(forms.Form):
    """What the subject said, and whether it asks for a hearing."""

    statement = _long(_("陈述申辩内容"), _("照原话记录；加密保存，查阅留痕。"))
    asks_hearing = forms.BooleanField(label=_("当事人要求听证"), required=False)

    def facts(self) -> dict[str, Any]:
        """As the verb takes it."""
        return dict(self.cleaned_data)


class HearingForm(forms.Form):
    """The record of the hearing."""

    record = _long(_("听证笔录"), _("加密保存，查阅留痕。"))

    def facts(self) -> dict[str, Any]:
        """As the verb takes it."""
        return dict(self.cleaned_data)


class DecideForm(forms.Form):
    """The decision: its reasons, its document, the superior's approval."""

    reason = _long(_("决定理由"), _("写入决定书，并随名单公示。"))
    document_number = forms.CharField(label=_("决定书文号"), required=False, max_length=200)
    approval = forms.CharField(
        label=_("上级同意文号"),
        required=False,
        max_length=200,
        help_text=_("该名单要求上级同意的必须填写。"),
    )

    def facts(self) -> dict[str, Any]:
        """As the verb takes it."""
        return dict(self.cleaned_data)


class GroundsForm(ReasonForm):
    """A reason for what is decided."""

    def facts(self) -> dict[str, Any]:
        """As the verbs take it."""
        return dict(self.cleaned_data)


class ResultForm(forms.Form):
    """What the executing unit did."""

    result = _long(_("执行情况"))

    def facts(self) -> dict[str, Any]:
        """As the verb takes it."""
        return dict(self.cleaned_data)


class TakeForm(forms.Form):
    """Nothing to fill: the press of the button is the act."""

    def facts(self) -> dict[str, Any]:
        """As the verb takes it."""
        return {}
