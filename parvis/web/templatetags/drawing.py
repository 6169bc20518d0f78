"""`{% drawn "dots" picture=row.picture %}`: a part of a page that Jinja2 draws.

`{% shared "footer" %}` is one that many pages share: drawn once for what it is given.
"""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from parvis.web.drawing import draw, shared_part
from parvis.web.showing import as_it_came

register = template.Library()


@register.simple_tag
def drawn(name: str, **given: Any) -> SafeString:
    """Return the part, in the language of the page; it escapes for itself."""
    parts = {of: as_it_came(one) for of, one in given.items()}
    return mark_safe(draw(name, **parts))  # noqa: S308


@register.simple_tag
def shared(name: str, *given: Any) -> SafeString:
    """Return the part from memory, in the language of the page."""
    return mark_safe(shared_part(name, None, *given))  # noqa: S308
