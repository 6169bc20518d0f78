"""The figures of the support centre, as Django knows them."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """What was received and answered, counted by day."""

    name = "parvis.readers.support"
    label = "support"
    default_auto_field = "django.db.models.BigAutoField"
