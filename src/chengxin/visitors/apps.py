"""The Django application of the room `visitors`."""

from django.apps import AppConfig


class VisitorsConfig(AppConfig):
    """Visitors 主体来访."""

    name = "chengxin.visitors"
    label = "visitors"
    verbose_name = "主体来访"
    default_auto_field = "django.db.models.BigAutoField"
