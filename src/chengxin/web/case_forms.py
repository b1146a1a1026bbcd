"""Forms of a subject's cases; the verbs judge their content."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.casework.values import Paper, Said


class SeveralFiles(forms.ClearableFileInput):
    """A control that takes several files at once."""

    allow_multiple_selected = True


class PapersField(forms.FileField):
    """Several uploaded files; what they are is judged by the verb."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Every file by itself, empty ones left out."""
        files = data if isinstance(data, list | tuple) else [data]
        return [one for one in (super(PapersField, self).clean(f, initial) for f in files) if one]


class SaidForm(forms.Form):
    """What somebody says for the subject, and the papers that prove it."""

    statement = forms.CharField(
        label=_("说明"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    contact = forms.CharField(
        label=_("联系方式（可不填）"),
        required=False,
        max_length=100,
        help_text=_("需要补充材料时用；加密保存，只有经办人员可以查阅，查阅留痕。"),
    )
    papers = PapersField(
        label=_("证明材料（可不附）"),
        required=False,
        help_text=_("PDF、JPG 或 PNG，每个不超过 5 MB。"),
    )

    def said(self) -> Said:
        """As the verbs take it."""
        found = self.cleaned_data
        return Said(
            found.get("statement", ""),
            value=found.get("value", ""),
            contact=found.get("contact", ""),
            papers=tuple(Paper(one.name or "", one.read()) for one in found.get("papers") or ()),
        )


class ObjectionForm(SaidForm):
    """Which field, why, and what is right."""

    field = forms.ChoiceField(label=_("哪一项不对"), required=False, widget=forms.RadioSelect)
    ground = forms.ChoiceField(label=_("属于哪种情形"))
    value = forms.CharField(
        label=_("应当是什么"),
        required=False,
        max_length=500,
        help_text=_("照证明材料填写；不清楚的可以留空，只写说明。"),
    )
    field_order = ("field", "ground", "value", "statement", "papers", "contact")

    def __init__(
        self,
        fields: list[tuple[str, str]],
        grounds: list[tuple[str, str]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = fields  # type: ignore[attr-defined]
        self.fields["ground"].choices = grounds  # type: ignore[attr-defined]


class ProceedingForm(SaidForm):
    """Which proceeding, before whom, under which number."""

    proceeding = forms.ChoiceField(label=_("程序"))
    body = forms.CharField(label=_("受理机关"), required=False, max_length=200)
    document = forms.CharField(
        label=_("受理通知书文号"),
        required=False,
        max_length=200,
        help_text=_("请在下面附上通知书。"),
    )
    field_order = ("proceeding", "body", "document", "papers", "statement", "contact")

    def __init__(self, kinds: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proceeding"].choices = kinds  # type: ignore[attr-defined]


class ComplaintForm(SaidForm):
    """What was done wrong, and by which unit."""

    infringement = forms.BooleanField(
        label=_("我的权利受到侵害（如信息泄露、错误使用造成损失）"), required=False
    )
    against = forms.ChoiceField(label=_("投诉哪个单位"))
    field_order = ("against", "infringement", "statement", "papers", "contact")

    def __init__(self, units: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["against"].choices = units  # type: ignore[attr-defined]
