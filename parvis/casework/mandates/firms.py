"""Firms: people who hold mandates together. Who belongs to one is the department's to say."""

from datetime import datetime

from django.db import transaction

from parvis.casework.mandates.models import Firm, Member
from parvis.casework.people.models import User
from parvis.casework.people.roles import Role

LONGEST = 200


class FirmRefused(ValueError):
    """It cannot be done with this firm: the sentence says why."""


@transaction.atomic
def open_firm(*, name: str) -> Firm:
    """Open a firm, or return the one of that name."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST or not name.isprintable():
        raise FirmRefused(f"a firm's name has 1 to {LONGEST} characters, all of which can be seen")
    return Firm.objects.filter(name__iexact=name).first() or Firm.objects.create(name=name)


@transaction.atomic
def join_firm(*, firm: Firm, user: User, at: datetime) -> None:
    """Have somebody be of a firm; they hold its mandates from now on."""
    if user.role != Role.PERSON:
        raise FirmRefused(f"{user.email} is of the {user.role} role; a firm is of persons")
    User.objects.select_for_update().get(pk=user.pk)
    place = Member.objects.filter(user=user, left_at=None).select_related("firm").first()
    if place is None:
        Member.objects.create(firm=firm, user=user, joined_at=at)
    elif place.firm_id != firm.pk:
        raise FirmRefused(f"{user.email} is of {place.firm.name}; they leave it first")


@transaction.atomic
def leave_firm(*, firm: Firm, user: User, at: datetime) -> None:
    """Have somebody leave a firm; they hold none of its mandates from this moment on."""
    places = Member.objects.select_for_update(of=("self",))
    place = places.filter(firm=firm, user=user, left_at=None).first()
    if place is not None:
        place.left_at = at
        place.save(update_fields=["left_at"])
