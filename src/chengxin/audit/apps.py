"""The Django application of the room `audit`."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Audit 审计日志."""

    name = "chengxin.audit"
    label = "audit"
    verbose_name = "审计日志"
    default_auto_field = "django.db.models.BigAutoField"
