"""The applications room, as Django knows it."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Files and their states."""

    name = "parvis.casework.applications"
    label = "applications"
    default_auto_field = "django.db.models.BigAutoField"
