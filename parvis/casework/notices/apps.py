"""The notices room, as Django knows it."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices, the messages that carry them, and how people want to be told."""

    name = "parvis.casework.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
