"""Who may have keys, for what and how long. The reasons are told as they stand."""

from collections.abc import Collection
from datetime import datetime, timedelta

from parvis.casework.mandates.models import Member
from parvis.casework.people.models import User
from parvis.casework.people.policies import SCOPES, Act, ActRefused, asks, check_may, relation_of
from parvis.casework.people.roles import Role
from parvis.programs import loader

LONGEST_DAYS = 366
MOST = 20
LONGEST_NAME = 80


def check_can_make(owner: User, by: User | None) -> None:
    """Refuse keys to staff, and keys for somebody else; `by` is None for the house itself."""
    if Role(owner.role) not in SCOPES:
        raise ActRefused(
            "Staff sign in by themselves: a key is for software.",
            "Le personnel se connecte lui-même : une clé sert à un logiciel.",
        )
    if by is not None:
        check_may(Act.MANAGE_KEYS if owner.role == Role.SYSTEM else Act.MAKE_KEYS, relation_of(by))
    if by is not None and owner.role != Role.SYSTEM and owner.pk != by.pk:
        raise ActRefused("Make keys for yourself only.", "Créez des clés pour vous seulement.")


def check_can_end(owner: User, by: User | None) -> None:
    """Refuse whoever neither has it, nor is of their firm, nor manages the department's."""
    if by is None:
        return
    check_may(Act.MANAGE_KEYS if owner.role == Role.SYSTEM else Act.MAKE_KEYS, relation_of(by))
    if owner.role != Role.SYSTEM and owner.pk != by.pk and not are_colleagues(owner, by):
        raise ActRefused("This is not yours.", "Cela ne vous appartient pas.")


def check_name(name: str) -> None:
    """Refuse a name by which nobody could tell what a key is for."""
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise ActRefused(
            f"Name the software, in {LONGEST_NAME} characters at most.",
            f"Nommez le logiciel, en {LONGEST_NAME} caractères au plus.",
        )


def check_scope(owner: User, acts: Collection[str], programs: Collection[str] | None) -> None:
    """Refuse what keys of this owner cannot be for, and programs that there are not."""
    if not acts or not set(acts) <= SCOPES[Role(owner.role)]:
        raise ActRefused(
            "Choose what the key may be used for.", "Choisissez ce que la clé permettra de faire."
        )
    if programs is not None and (not programs or not set(programs) <= set(loader.all_programs())):
        raise ActRefused(
            "Choose at least one program, or all.",
            "Choisissez au moins un programme, ou tous.",
        )


def check_end(expires_at: datetime, at: datetime) -> None:
    """Refuse a key that is over already, and one for longer than a year."""
    if not at < expires_at <= at + timedelta(days=LONGEST_DAYS):
        raise ActRefused(
            "A key is good for a year at most. Choose an earlier last day.",
            "Une clé vaut un an au plus. Choisissez un dernier jour plus proche.",
        )


def check_not_too_many(count: int) -> None:
    """Refuse more keys than anybody can look after."""
    if count >= MOST:
        raise ActRefused(
            f"There are {MOST} keys already. Revoke one first.",
            f"Il y a déjà {MOST} clés. Révoquez-en une d’abord.",
        )


def are_colleagues(one: User, other: User) -> bool:
    """Tell whether two people are of the same firm now: they see the same clients."""
    places = Member.objects.filter(left_at=None)
    return places.filter(user=one, firm__in=places.filter(user=other).values("firm")).exists()


can_make = asks(check_can_make)
can_end = asks(check_can_end)
