"""Forms about links; the verbs judge their content."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.desk.forms import ReasonForm, RevokeForm

AREA = forms.Textarea(attrs={"rows": 3})


class NotMeForm(forms.Form):
    """Who speaks for the subject, and what they say."""

    on_behalf_of = forms.CharField(
        label=_("由谁提出"),
        required=False,
        max_length=100,
        help_text=_("如法定代表人或受托代理人的姓名。须先核验身份和授权；内容加密保存。"),
    )
    statement = forms.CharField(
        label=_("为什么与该主体无关"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("照当事人的原话记录；加密保存，只有核查人员可以查阅，查阅留痕。"),
    )


class DecisionForm(forms.Form):
    """Yes or no, with the reason."""

    decision = forms.ChoiceField(widget=forms.RadioSelect)
    reason = forms.CharField(label=_("理由"), required=False, max_length=500, widget=AREA)

    def __init__(self, yes: str, no: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [("yes", yes), ("no", no)]  # type: ignore[attr-defined]
        self.fields["decision"].label = _("决定")

    @property
    def agreed(self) -> bool:
        """Whether it was yes."""
        return bool(self.cleaned_data["decision"] == "yes")


class WithdrawForm(RevokeForm):
    """The day a decision was set aside, the law, and the reason that is published."""

    set_aside_on = forms.DateField(
        label=_("决定被撤销的日期"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "2026-01-31"}),
        help_text=_("变更、撤销、确认违法或无效的日期；撤回公示的期限自该日起算。"),
    )
    field_order = ("set_aside_on", "basis", "reason")


class MergeForm(ReasonForm):
    """The document a merge rests on, and the reason."""

    document = forms.CharField(
        label=_("依据文书"),
        required=False,
        max_length=200,
        help_text=_("如变更登记通知书、统一代码换发通知的名称和文号。仅名称相同不足以合并。"),
    )
    field_order = ("document", "reason")
