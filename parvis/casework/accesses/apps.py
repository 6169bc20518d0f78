"""The accesses room, as Django knows it."""

from django.apps import AppConfig


class AccessesConfig(AppConfig):
    """Who looked at what."""

    name = "parvis.casework.accesses"
    label = "accesses"
    default_auto_field = "django.db.models.BigAutoField"
