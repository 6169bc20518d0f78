"""Whether whoever reads a page may do something: asked of the one table, as everywhere."""

from django import template
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from parvis.casework.people.policies import Act, user_may

register = template.Library()


@register.filter
def may(user: AbstractBaseUser | AnonymousUser, act: str) -> bool:
    """Tell whether somebody may do what is of no file: `{% if user|may:"find" %}`."""
    return user_may(Act(act), user)
