"""The Django application of the room `supervision`."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """Supervision 监管."""

    name = "chengxin.supervision"
    label = "supervision"
    verbose_name = "监管"
    default_auto_field = "django.db.models.BigAutoField"
