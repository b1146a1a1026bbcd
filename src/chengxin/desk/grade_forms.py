"""Forms about evaluations; the verbs judge their content."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.desk.forms import ReasonForm


class ServedForm(forms.Form):
    """The day a notice was delivered, with proof of service."""

    served_on = forms.DateField(
        label=_("送达日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("以送达回证为准。"),
    )

    def facts(self) -> dict[str, Any]:
        """As the verb takes it."""
        return dict(self.cleaned_data)


class ObjectionForm(forms.Form):
    """What the subject says against the grade."""

    text = forms.CharField(
        label=_("异议内容"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("照原话记录；加密保存，查阅留痕。"),
    )

    def facts(self) -> dict[str, Any]:
        """As the verb takes it."""
        return dict(self.cleaned_data)


class DecisionForm(ReasonForm):
    """The reasons of a decision; they answer the objections."""

    def facts(self) -> dict[str, Any]:
        """As the verbs take it."""
        return dict(self.cleaned_data)
