"""The webhooks room, as Django knows it."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Subscriptions, and what was delivered for them."""

    name = "parvis.casework.webhooks"
    label = "webhooks"
    default_auto_field = "django.db.models.BigAutoField"
