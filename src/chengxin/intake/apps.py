"""The Django application of the room `intake`."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Intake 归集."""

    name = "chengxin.intake"
    label = "intake"
    verbose_name = "归集"
    default_auto_field = "django.db.models.BigAutoField"
