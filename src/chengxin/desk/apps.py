"""The Django application of the room `desk`."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Desk 工作台."""

    name = "chengxin.desk"
    label = "desk"
    verbose_name = "工作台"
    default_auto_field = "django.db.models.BigAutoField"
