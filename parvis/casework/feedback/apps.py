"""The feedback room, as Django knows it."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """How tasks went, by those who did them."""

    name = "parvis.casework.feedback"
    label = "feedback"
    default_auto_field = "django.db.models.BigAutoField"
