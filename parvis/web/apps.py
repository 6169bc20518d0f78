"""The pages, as Django knows them."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages and their components."""

    name = "parvis.web"
    label = "web"

    def ready(self) -> None:
        """Let a component's attribute hold a template tag, such as a translation."""
        from django_cotton.nested_tag_support import (  # noqa: PLC0415 - once Django is set up
            enable_nested_tag_support,
        )

        enable_nested_tag_support()
