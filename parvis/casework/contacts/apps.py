"""The contacts room, as Django knows it."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """What telephone systems told of calls, as it came."""

    name = "parvis.casework.contacts"
    label = "contacts"
    default_auto_field = "django.db.models.BigAutoField"
