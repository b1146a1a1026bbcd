"""经办人授权: who may act for the organisation, given and withdrawn by its representative."""

from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from chengxin.kernel.clock import today
from chengxin.kernel.dates import add_months
from chengxin.kernel.errors import CreditError
from chengxin.visitors.queries import mandates_of
from chengxin.visitors.rules import identity_at_hand
from chengxin.visitors.services import authorise, end_mandate
from chengxin.visitors.values import AGENT_ROLES, Terms
from chengxin.web.views.my.acting import SpeakingRequest, capacity_label, my_page, speaking

HERE = "my-agents"
USUAL_MONTHS = 3


class AgentForm(forms.Form):
    """Who, what for, from when until when."""

    name = forms.CharField(label=gettext_lazy("经办人姓名"), max_length=64)
    number = forms.CharField(
        label=gettext_lazy("经办人公民身份号码"),
        max_length=18,
        help_text=gettext_lazy("加密保存，仅用于核对登录人，不对外显示。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("授权范围"),
        choices=[
            ("agent", gettext_lazy("全部事项：查看、提问、异议、修复、签收")),
            ("agent_reader", gettext_lazy("仅查看")),
        ],
    )
    since = forms.DateField(
        label=gettext_lazy("自"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=gettext_lazy("至"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    document = forms.CharField(
        label=gettext_lazy("授权书编号（如有）"), max_length=200, required=False
    )


@sensitive_post_parameters("number")
@require_http_methods(["GET", "POST"])
@speaking
def agents(request: SpeakingRequest) -> HttpResponse:
    """Everybody who may act for the organisation or could, and a form to authorise one more."""
    may_give = request.actor.may_for("visitors.authorise", request.subject)
    on = today()
    first: dict[str, date] = {"since": on, "until": add_months(on, USUAL_MONTHS)}
    form = AgentForm(request.POST or None, initial=first) if may_give else None
    status = 200
    if request.method == "POST":
        request.actor.require_for("visitors.authorise", request.subject)
        status = 422
        if form is not None and form.is_valid():
            said = form.cleaned_data
            try:
                authorise(
                    subject=request.subject,
                    agent=identity_at_hand("mandate", said["name"], said["number"]),
                    terms=Terms(said["role"], said["since"], said["until"], said["document"]),
                    by=request.actor,
                    on=on,
                    book=request.book,
                )
            except CreditError as error:
                form.add_error(None, error.text(get_language() or "zh-hans"))
            else:
                messages.success(request, _("已授权。经办人用自己的实名账号登录即可办理。"))
                return redirect(HERE)
    held = mandates_of(request.subject, by=request.actor, on=on)
    context = {
        "form": form,
        "mandates": [(one, capacity_label(one.capacity)) for one in held],
        "agent_roles": AGENT_ROLES,
        "may_end": request.actor.may_for("visitors.end_mandate", request.subject),
    }
    return my_page(request, "my/agents.html", context, here=HERE, status=status)


@require_POST
@speaking
def end(request: SpeakingRequest, mandate_id: UUID) -> HttpResponse:
    """Withdraw a mandate; it holds no more from the next click on."""
    end_mandate(mandate_id=mandate_id, reason=request.POST.get("reason", ""), by=request.actor)
    messages.success(request, _("已收回授权，立即生效。"))
    return redirect(HERE)
