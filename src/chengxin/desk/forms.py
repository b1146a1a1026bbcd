"""The workbench's forms; their own checks are of form only, the verbs judge the content."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from chengxin.catalogue import queries as catalogue
from chengxin.catalogue.values import Field, FieldType
from chengxin.law.values import Basis
from chengxin.policy.values import CodeList, Rulebook

_UNIT = re.compile(r"\s*[(（][^()（）]*[)）]$")


def _label(thing: Any) -> str:
    chinese = (get_language() or "zh-hans").startswith("zh")
    return str(thing.label if chinese else thing.label_en or thing.label)


class UploadForm(forms.Form):
    """Which item, and the file. An empty file is left for intake to explain."""

    item = forms.ChoiceField(
        label=_("目录事项"),
        required=False,
        help_text=_("不确定时让系统按表头判断。"),
    )
    file = forms.FileField(
        label=_("数据文件"),
        allow_empty_file=True,
        error_messages={"required": _("请选择要报送的文件。")},
        help_text=_("Excel（.xlsx、.xls）或 CSV，一行一条，最大 200 MB。"),
    )

    def __init__(self, book: Rulebook, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = catalogue.items(book).values()
        classes = book.codelist("information_class").entries
        grouped = (
            (_label(entry), [(one.code, _label(one)) for one in items if one.class_code == code])
            for entry in classes
            for code in [entry.code]
        )
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            ("", _("由系统判断")),
            *((label, choices) for label, choices in grouped if choices),
        ]


class ReasonForm(forms.Form):
    """A reason; whether one is needed is the verb's business."""

    reason = forms.CharField(
        label=_("理由"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RevokeForm(ReasonForm):
    """A reason and the law it rests on."""

    basis = forms.ChoiceField(label=_("依据"))
    field_order: Sequence[str] = ("basis", "reason")

    def __init__(self, bases: Sequence[Basis], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bases = bases
        choices = [(str(at), str(basis)) for at, basis in enumerate(bases)]
        self.fields["basis"].choices = choices  # type: ignore[attr-defined]
        self.fields["reason"].help_text = _("理由将一并公开，请勿写入个人信息。")

    def chosen_basis(self) -> Basis:
        """The basis that was chosen."""
        return self.bases[int(self.cleaned_data["basis"])]


class CorrectForm(RevokeForm):
    """The open fields of a record, each as it stands, to be changed one by one."""

    def __init__(
        self,
        bases: Sequence[Basis],
        *args: Any,
        fields: Sequence[Field],
        codelists: Mapping[str, CodeList],
        **kwargs: Any,
    ) -> None:
        super().__init__(bases, *args, **kwargs)
        self.names = [field.name for field in fields]
        for field in fields:
            self.fields[field.name] = _control(field, codelists)
        self.order_fields([*self.names, "basis", "reason"])

    def changes(self) -> dict[str, str]:
        """Field → text, for the fields on the page."""
        return {name: _joined(self.cleaned_data[name]) for name in self.names}


def as_initial(fields: Sequence[Field], facts: Mapping[str, str]) -> dict[str, Any]:
    """The facts as the form's controls take them."""
    return {
        field.name: facts.get(field.name, "").split(";")
        if field.type is FieldType.CODES
        else facts.get(field.name, "")
        for field in fields
    }


def _joined(value: str | list[str]) -> str:
    """Several codes as the register keeps them."""
    return ";".join(value) if isinstance(value, list) else value.strip()


def _control(field: Field, codelists: Mapping[str, CodeList]) -> forms.Field:
    """The control a field is corrected with; its content is judged by the item, not here."""
    label = _label(field)
    if field.type is FieldType.CODES and field.codelist:
        several = [(entry.code, _label(entry)) for entry in codelists[field.codelist].entries]
        boxes = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(label=label, required=False, choices=several, widget=boxes)
    if field.type is FieldType.CODE and field.codelist:
        entries = codelists[field.codelist].entries
        choices = [("", "—"), *((entry.code, _label(entry)) for entry in entries)]
        return forms.ChoiceField(label=label, required=False, choices=choices)
    if field.type is FieldType.LONG_TEXT:
        area = forms.Textarea(attrs={"rows": 2})
        return forms.CharField(label=label, required=False, widget=area)
    if field.type is FieldType.DATE:
        day = forms.TextInput(attrs={"placeholder": "2026-01-31"})
        return forms.CharField(label=label, required=False, widget=day)
    if field.type is FieldType.AMOUNT:
        # The label is the sending form's; the register keeps yuan.
        bare = _UNIT.sub("", label)
        return forms.CharField(label=bare, required=False, help_text=_("单位：元"))
    return forms.CharField(label=label, required=False)
