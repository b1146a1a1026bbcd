"""The Django application of the room `casework`."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Casework 异议、修复、投诉."""

    name = "chengxin.casework"
    label = "casework"
    verbose_name = "异议与修复"
    default_auto_field = "django.db.models.BigAutoField"
