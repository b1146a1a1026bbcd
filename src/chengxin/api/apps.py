"""The Django application of the room `api`."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Api 接口."""

    name = "chengxin.api"
    label = "api"
    verbose_name = "接口"
    default_auto_field = "django.db.models.BigAutoField"
