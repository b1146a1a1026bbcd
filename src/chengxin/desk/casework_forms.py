"""Forms of the steps of a case; the verbs judge their content."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.casework.rules.wordings import STATES
from chengxin.casework.services.handling import OUTCOMES
from chengxin.casework.services.proceedings import ENDS
from chengxin.casework.values import Kind, Move, State

OUTCOME_WORDS = {
    State.ORDERED: _("已被撤销、变更或者确认违法"),
    State.WITHDRAWN: _("当事人撤回复议或者诉讼"),
}


class StepForm(forms.Form):
    """One step: its reason, and what else it takes."""

    reason = forms.CharField(
        label=_("理由"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("告知当事人，请勿写入他人的个人信息。"),
    )

    def __init__(self, kind: Kind, move: Move, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"prefix": move.value}))
        self.move = move
        if move is Move.ACCEPT:
            del self.fields["reason"]
        if move is Move.PROPOSE:
            self._outcomes([(one.value, str(STATES[one].label)) for one in OUTCOMES[kind]])
        if move is Move.PROPOSE and kind is Kind.OBJECTION:
            self.fields["value"] = forms.CharField(
                label=_("更正为"), required=False, max_length=500
            )
        if move is Move.CONCLUDE:
            self._outcomes([(one.value, OUTCOME_WORDS.get(one, STATES[one].label)) for one in ENDS])
            self.fields["document"] = forms.CharField(label=_("文书及文号"), required=False)
            self.fields["set_aside_on"] = forms.DateField(
                label=_("决定被撤销的日期"),
                required=False,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )
        order = ("outcome", "value", "document", "set_aside_on", "reason")
        self.order_fields(order)

    def _outcomes(self, choices: list[Any]) -> None:
        self.fields["outcome"] = forms.ChoiceField(
            label=_("结果"), choices=choices, widget=forms.RadioSelect
        )

    def facts(self) -> dict[str, Any]:
        """As the verb of the step takes it."""
        found = dict(self.cleaned_data)
        if "outcome" in found:
            found["outcome"] = State(found["outcome"])
        if self.move in (Move.REVIEW_KEEP, Move.REVIEW_RETURN):
            found["keep"] = self.move is Move.REVIEW_KEEP
        if self.move in (Move.CANCEL, Move.LET_STAND):
            found["false"] = self.move is Move.CANCEL
        return found
