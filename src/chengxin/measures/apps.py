"""The Django application of the room `measures`."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """Lists and measures 名单与措施."""

    name = "chengxin.measures"
    label = "measures"
    verbose_name = "名单与措施"
    default_auto_field = "django.db.models.BigAutoField"
