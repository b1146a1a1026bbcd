"""The Django application of the room `looks`."""

from django.apps import AppConfig


class LooksConfig(AppConfig):
    """Looks 查看记录."""

    name = "chengxin.looks"
    label = "looks"
    verbose_name = "查看记录"
    default_auto_field = "django.db.models.BigAutoField"
