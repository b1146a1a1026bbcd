"""Forms of the quality pages; their own checks are of form only, the verbs judge the content."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from chengxin.catalogue import queries as catalogue
from chengxin.intake.rules.counting import REASONS, Count, Find
from chengxin.intake.services.counting import CountFaulty
from chengxin.intake.services.counting import CountForm as Filed
from chengxin.policy.values import CodeList, Rulebook

LONGEST = 500


def chinese() -> bool:
    """Whether the page is being written in Chinese."""
    return (get_language() or "zh-hans").startswith("zh")


def _said(thing: Any, name: str = "label") -> str:
    return str(getattr(thing, name if chinese() else f"{name}_en"))


def _number(label: Any, text: Any = "") -> forms.IntegerField:
    box = forms.NumberInput(attrs={"inputmode": "numeric", "min": 0})
    return forms.IntegerField(label=label, help_text=text, min_value=0, widget=box)


class CountForm(forms.Form):
    """The monthly count: what the unit knows, and what the system holds already filled in."""

    produced = _number(_("产生数"), _("当月作出的决定总数，以本单位案件台账为准，含不能报送的。"))
    reported = _number(_("报送数"), _("其中已报送的件数。已按系统中的记录预填。"))
    published = _number(_("本单位公示数"), _("其中在本单位网站公示的件数；没有公示填 0。"))
    published_url = forms.CharField(
        label=_("公示网址"),
        required=False,
        max_length=LONGEST,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        help_text=_("填了公示数的必填，供核对。"),
    )
    explanation = forms.CharField(
        label=_("差异说明"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("报送数与系统中的件数不同时必填。请勿写入个人信息。"),
    )
    correction = forms.CharField(
        label=_("更正原因"), required=False, max_length=LONGEST, help_text=_("必填。")
    )
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, reasons: CodeList, *args: Any, version: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reasons = reasons
        for entry in reasons.entries:
            box = _number(_said(entry), entry.note if chinese() else "")
            box.required = False
            self.fields[f"reason_{entry.code}"] = box
        if not version:
            del self.fields["correction"]
        names = [f"reason_{entry.code}" for entry in reasons.entries]
        self.order_fields(
            ["produced", "reported", "published", "published_url", *names, "explanation"]
        )

    def stated(self, unit: str, item: str, month: date) -> Count:
        """What was filled in."""
        given = self.cleaned_data
        unreported = {
            entry.code: given[f"reason_{entry.code}"]
            for entry in self.reasons.entries
            if given.get(f"reason_{entry.code}")
        }
        return Count(
            unit,
            item,
            month,
            produced=given["produced"],
            published=given["published"],
            reported=given["reported"],
            published_url=given["published_url"].strip(),
            unreported=unreported,
            explanation=given["explanation"],
            correction=given.get("correction", ""),
        )

    def show(self, error: CountFaulty) -> None:
        """Put each problem beside its field."""
        for one in error.problems:
            name = one.name if one.name in self.fields else None
            self.add_error(name, one.zh if chinese() else one.en)


def prefilled(
    book: Rulebook, *, last: Filed | None, before: Filed | None, held: int, data: Any = None
) -> CountForm:
    """The form as it opens: the last version to correct, or what is known for a first one.

    The number produced is left open: only the unit's own ledger knows it.
    """
    version = last.version if last else 0
    initial: dict[str, Any] = {"reported": held, "published": 0, "after": version}
    if before is not None:
        initial["published_url"] = before.published_url
    if last is not None:
        names = ("produced", "published", "published_url", "reported", "explanation")
        initial |= {name: getattr(last, name) for name in names}
        initial |= {f"reason_{code}": number for code, number in last.unreported.items()}
    return CountForm(book.codelist(REASONS), data, version=version, initial=initial)


class FindForm(forms.Form):
    """A decision found elsewhere: number, day and place; nobody's name."""

    item = forms.ChoiceField(label=_("目录事项"))
    document_number = forms.CharField(label=_("文书号"), max_length=200)
    decided_on = forms.DateField(
        label=_("决定日期"), widget=forms.DateInput(attrs={"type": "date"})
    )
    found_where = forms.ChoiceField(label=_("发现渠道"))
    address = forms.CharField(label=_("网址或出处"), required=False, max_length=LONGEST)

    def __init__(self, book: Rulebook, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = catalogue.items(book).values()
        places = book.codelist("found_where").entries
        self.fields["item"].choices = [(one.code, _said(one)) for one in items]  # type: ignore[attr-defined]
        self.fields["found_where"].choices = [(one.code, _said(one)) for one in places]  # type: ignore[attr-defined]

    def find(self, unit: str) -> Find:
        """What was filled in."""
        given: Mapping[str, Any] = self.cleaned_data
        return Find(unit, **given)


class DrawForm(forms.Form):
    """Whose records, of which item and month, to draw a sample of."""

    unit = forms.ChoiceField(label=_("单位"))
    item = forms.ChoiceField(label=_("目录事项"))

    def __init__(self, book: Rulebook, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [one for one in book.units.values() if one.kind in {"department", "county"}]
        items = catalogue.items(book).values()
        self.fields["unit"].choices = [(one.code, _said(one, "name")) for one in units]  # type: ignore[attr-defined]
        self.fields["item"].choices = [(one.code, _said(one)) for one in items]  # type: ignore[attr-defined]
