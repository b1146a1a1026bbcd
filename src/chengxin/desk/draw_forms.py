"""Forms of random inspections; the verbs judge their content."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.desk.forms import ReasonForm

DAY = forms.TextInput(attrs={"placeholder": "2026-12-01", "inputmode": "numeric"})


class CommitForm(forms.Form):
    """Whom to draw from, who goes, and which public chance decides."""

    plan = forms.ChoiceField(
        label=_("按哪个抽查计划"),
        required=False,
        help_text=_("选了计划，名录按计划的范围；不选为计划外抽查。"),
    )
    matter = forms.CharField(label=_("抽查事项"), max_length=200)
    item = forms.ChoiceField(
        label=_("从有哪类信息的单位中抽"),
        help_text=_("本单位报送过该类信息、仍在业的单位列入名录。"),
    )
    division = forms.RegexField(
        r"^\d{6}$",
        label=_("行政区划代码"),
        required=False,
        help_text=_("只抽一个县区时填写6位代码，如 320706；不填为全部。"),
    )
    inspectors = forms.CharField(
        label=_("执法人员工号"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("每行或用逗号隔开一个工号；不填姓名和身份证号。"),
    )
    source = forms.CharField(
        label=_("公开随机数来源"),
        max_length=200,
        help_text=_("将来公布、谁也不能控制、人人可查的数字，如“福彩3D第2026320期开奖号码”。"),
    )
    source_on = forms.DateField(label=_("公布日期"), widget=DAY, help_text=_("必须晚于今天。"))
    public_from = forms.DateField(
        label=_("名单公开日期"),
        widget=DAY,
        help_text=_("检查不宜事先走漏的，填检查结束之后的日期。"),
    )

    def __init__(
        self,
        items: list[tuple[str, str]],
        plans: list[tuple[str, str]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = items  # type: ignore[attr-defined]
        self.fields["plan"].choices = [("", _("计划外")), *plans]  # type: ignore[attr-defined]

    def clean_inspectors(self) -> list[str]:
        """The service numbers, apart."""
        given = str(self.cleaned_data["inspectors"])
        return [one for one in given.replace("，", ",").replace(",", " ").split() if one]


class PlanForm(forms.Form):
    """A year's plan: its name, what is inspected, and whom from."""

    title = forms.CharField(label=_("计划名称"), max_length=200)
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2999)
    item = forms.ChoiceField(
        label=_("从有哪类信息的单位中抽"),
        help_text=_("本单位报送的该类信息现在有效、仍在业的单位列入名录。"),
    )
    division = forms.RegexField(
        r"^\d{6}$",
        label=_("行政区划代码"),
        required=False,
        help_text=_("只抽一个县区时填写6位代码，如 320706；不填为全部。"),
    )
    matters = forms.CharField(
        label=_("检查事项"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("每行一项，会公开。"),
    )

    def __init__(self, items: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = items  # type: ignore[attr-defined]

    def clean_matters(self) -> list[str]:
        """The matters, one a line."""
        given = str(self.cleaned_data["matters"])
        return [one.strip() for one in given.splitlines() if one.strip()]


class ChanceForm(forms.Form):
    """What the public source said."""

    chance = forms.CharField(
        label=_("公布的数字"),
        max_length=400,
        help_text=_("照公布的顺序完整录入；标点和空格不影响结果。"),
    )


class AbandonForm(ReasonForm):
    """Why a draw is not carried out; the public reads it."""
