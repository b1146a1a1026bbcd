"""The Django application of the room `subjects`."""

from django.apps import AppConfig


class SubjectsConfig(AppConfig):
    """Subjects 信用主体."""

    name = "chengxin.subjects"
    label = "subjects"
    verbose_name = "信用主体"
    default_auto_field = "django.db.models.BigAutoField"
