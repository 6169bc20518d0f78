"""The documents room, as Django knows it."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """What clients send us."""

    name = "parvis.casework.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"
