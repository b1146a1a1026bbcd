"""The Django application of the room `publication`."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """Publication 公示."""

    name = "chengxin.publication"
    label = "publication"
    verbose_name = "公示"
    default_auto_field = "django.db.models.BigAutoField"
