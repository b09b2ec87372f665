from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput


class StopForm(forms.Form):
    why = forms.CharField(
        label=_("Why"),
        max_length=1000,
        help_text=_("For colleagues and the audit trail, such as: recalled by the maker."),
    )
    until = forms.DateTimeField(
        label=_("Until"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_("Leave empty to stop it until somebody lifts the stop."),
    )

    def clean_until(self) -> datetime | None:
        until: datetime | None = self.cleaned_data["until"]
        if until is not None and until <= timezone.now():
            raise forms.ValidationError(_("A stop ends in the future. Choose a later moment."))
        return until


class KeyForm(forms.Form):
    key = forms.CharField(
        label=_("Key"), max_length=200, help_text=_("Such as page:12, image:5 or term:sleep.")
    )
