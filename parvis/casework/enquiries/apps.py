"""The enquiries room, as Django knows it."""

from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    """What people ask, and who answers."""

    name = "parvis.casework.enquiries"
    label = "enquiries"
    default_auto_field = "django.db.models.BigAutoField"
