"""The Django application of the room `register`."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Register 信用信息."""

    name = "chengxin.register"
    label = "register"
    verbose_name = "信用信息"
    default_auto_field = "django.db.models.BigAutoField"
