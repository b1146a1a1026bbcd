"""The Django application of the room `rights`."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    """Rights 主体权益."""

    name = "chengxin.rights"
    label = "rights"
    verbose_name = "主体权益"
    default_auto_field = "django.db.models.BigAutoField"
