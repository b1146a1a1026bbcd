"""The Django application of the room `tunnel`."""

from django.apps import AppConfig


class TunnelConfig(AppConfig):
    """The wind tunnel 政策风洞."""

    name = "chengxin.tunnel"
    label = "tunnel"
    verbose_name = "政策风洞"
    default_auto_field = "django.db.models.BigAutoField"
