"""The Django application of the room `policy`: the editions a database has worked with."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """Rulebook 规则库."""

    name = "chengxin.policy"
    label = "policy"
    verbose_name = "规则库"
    default_auto_field = "django.db.models.BigAutoField"
