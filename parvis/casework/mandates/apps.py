"""The mandates room, as Django knows it."""

from django.apps import AppConfig


class MandatesConfig(AppConfig):
    """Mandates, and the firms that hold them."""

    name = "parvis.casework.mandates"
    label = "mandates"
    default_auto_field = "django.db.models.BigAutoField"
