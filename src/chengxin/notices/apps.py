"""The Django application of the room `notices`."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices 告知."""

    name = "chengxin.notices"
    label = "notices"
    verbose_name = "告知"
    default_auto_field = "django.db.models.BigAutoField"
