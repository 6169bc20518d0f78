"""The lines room, as Django knows it."""

from django.apps import AppConfig


class LinesConfig(AppConfig):
    """Who is reached how, and when."""

    name = "parvis.casework.lines"
    label = "lines"
    default_auto_field = "django.db.models.BigAutoField"
