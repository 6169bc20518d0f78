"""`{% drawn "dots" picture=row.picture %}`: a part of a page that Jinja2 draws."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from parvis.web.drawing import draw

register = template.Library()


@register.simple_tag
def drawn(name: str, **given: Any) -> SafeString:
    """Return the part, in the language of the page; it escapes for itself."""
    return mark_safe(draw(name, **given))  # noqa: S308
