"""The estimates, as Django knows them."""

from django.apps import AppConfig


class EstimatesConfig(AppConfig):
    """How long files take, kept so that a page need not count."""

    name = "parvis.readers.estimates"
    label = "estimates"
    default_auto_field = "django.db.models.BigAutoField"
