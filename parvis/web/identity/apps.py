"""The sign-in services, as Django knows them."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """allauth finds our provider in the app's module of that name."""

    name = "parvis.web.identity"
    label = "identity"
