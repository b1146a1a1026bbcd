"""The Django application of the room `access`."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Access 单位与人员."""

    name = "chengxin.access"
    label = "access"
    verbose_name = "单位与人员"
    default_auto_field = "django.db.models.BigAutoField"
