"""The events room, as Django knows it."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The log and its subjects."""

    name = "parvis.casework.events"
    label = "events"
    default_auto_field = "django.db.models.BigAutoField"
