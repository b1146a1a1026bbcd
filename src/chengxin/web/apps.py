"""The Django application of the room `web`."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Web 公共网站."""

    name = "chengxin.web"
    label = "web"
    verbose_name = "公共网站"
    default_auto_field = "django.db.models.BigAutoField"
