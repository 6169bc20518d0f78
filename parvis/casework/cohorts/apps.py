"""The cohorts room, as Django knows it."""

from django.apps import AppConfig


class CohortsConfig(AppConfig):
    """To whom the door is open."""

    name = "parvis.casework.cohorts"
    label = "cohorts"
    default_auto_field = "django.db.models.BigAutoField"
