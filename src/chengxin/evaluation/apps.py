"""The Django application of the room `evaluation`."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Evaluation 信用评价."""

    name = "chengxin.evaluation"
    label = "evaluation"
    verbose_name = "信用评价"
    default_auto_field = "django.db.models.BigAutoField"
