"""The Django application of the room `reports`."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports 信用报告."""

    name = "chengxin.reports"
    label = "reports"
    verbose_name = "信用报告"
    default_auto_field = "django.db.models.BigAutoField"
