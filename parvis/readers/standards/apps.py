"""The service standards over all files, as Django knows them."""

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    """Every file's waiting, laid out by days and kept so that any day can be counted at once."""

    name = "parvis.readers.standards"
    label = "standards"
    default_auto_field = "django.db.models.BigAutoField"
