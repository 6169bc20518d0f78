"""The people room, as Django knows it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Users and clients."""

    name = "parvis.casework.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
