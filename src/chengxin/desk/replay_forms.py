"""The question of a replay; whether it may be asked is the verb's business."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from chengxin.policy.values import Rulebook

PURPOSES = "query_purpose"
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]


def _moment(label: Any, *, required: bool, hint: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(
        attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S"
    )
    return forms.DateTimeField(
        label=label, required=required, help_text=hint, widget=widget, input_formats=FORMATS
    )


class ReplayForm(forms.Form):
    """Whom, which legal day, known when, for which purpose; beside it another moment."""

    code = forms.CharField(
        label=_("统一社会信用代码"), max_length=40, help_text=_("也可填公开编号或旧代码。")
    )
    on = forms.DateField(label=_("法律日"), widget=DAY, help_text=_("问的是哪一天的情况。"))
    known = _moment(_("知悉时刻"), required=True, hint=_("当时知道什么，就说什么。"))
    other = _moment(_("与另一时刻比较"), required=False, hint=_("可不填；填写后列出两次的差别。"))
    purpose = forms.ChoiceField(label=_("查询目的"), help_text=_("每次查看都记入操作日志。"))

    def __init__(self, book: Rulebook, now: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chinese = (get_language() or "zh-hans").startswith("zh")
        self.fields["purpose"].choices = [  # type: ignore[attr-defined]
            (one.code, one.label if chinese else one.label_en)
            for one in book.codelist(PURPOSES).entries
        ]
        self.fields["on"].initial, self.fields["known"].initial = now.date(), now
