"""窗口代办: a clerk opens the subject's own space for somebody present."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from chengxin.desk.views.acting import ActingRequest, acting, page
from chengxin.kernel.clock import today
from chengxin.kernel.errors import CreditError
from chengxin.visitors.services import open_at_counter, present, step_in

HERE = "desk-counter"
_NUMBER = {"autocomplete": "off", "autocapitalize": "characters"}


class CounterForm(forms.Form):
    """Who is present, what was checked, for whom."""

    name = forms.CharField(label=gettext_lazy("在场人姓名"), max_length=64)
    number = forms.CharField(
        label=gettext_lazy("公民身份号码"), max_length=18, widget=forms.TextInput(attrs=_NUMBER)
    )
    check = forms.CharField(
        label=gettext_lazy("核验的证件"),
        max_length=200,
        help_text=gettext_lazy(
            "例如：居民身份证原件，人证一致；授权书原件。写明后留痕，不要写证件号码。"
        ),
    )
    uscc = forms.CharField(
        label=gettext_lazy("代表单位办理：统一社会信用代码（为本人办理则不填）"),
        max_length=18,
        required=False,
    )
    ward_name = forms.CharField(
        label=gettext_lazy("监护人领取：未成年人姓名"), max_length=64, required=False
    )
    ward_number = forms.CharField(
        label=gettext_lazy("监护人领取：未成年人公民身份号码"),
        max_length=18,
        required=False,
        widget=forms.TextInput(attrs=_NUMBER),
    )


@sensitive_post_parameters("number", "ward_number")
@require_http_methods(["GET", "POST"])
@acting
def counter(request: ActingRequest) -> HttpResponse:
    """Open the space of somebody present, whose document the clerk has checked."""
    request.actor.require("visitors.open_at_counter")
    form = CounterForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return page(request, "desk/counter.html", {"form": form}, here=HERE, status=status)
    try:
        visitor, mandate = _opened(request, form.cleaned_data)
    except CreditError as error:
        form.add_error(None, error.text(get_language() or "zh-hans"))
        return page(request, "desk/counter.html", {"form": form}, here=HERE, status=error.status)
    step_in(visitor_id=visitor, mandate_id=mandate, on=today(), book=request.book)
    request.session["visitor"], request.session["mandate"] = str(visitor), str(mandate)
    return redirect("my-home")


def _opened(request: ActingRequest, said: dict[str, Any]) -> tuple[Any, Any]:
    ward = None
    if said["ward_name"] or said["ward_number"]:
        ward = present(said["ward_name"], said["ward_number"])
    return open_at_counter(
        person=present(said["name"], said["number"]),
        check=said["check"],
        for_uscc=said["uscc"],
        ward=ward,
        by=request.actor,
        on=today(),
    )
