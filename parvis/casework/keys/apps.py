"""The keys room, as Django knows it."""

from django.apps import AppConfig


class KeysConfig(AppConfig):
    """Keys, and the short-lived tokens that are given for them."""

    name = "parvis.casework.keys"
    label = "keys"
    default_auto_field = "django.db.models.BigAutoField"
