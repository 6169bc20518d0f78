"""Making keys and ending them."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind
from parvis.casework.keys import facts, policies
from parvis.casework.keys.models import Key, Token
from parvis.casework.keys.secrets import KEY, digest, draw, hint
from parvis.casework.people.models import User
from parvis.casework.people.policies import Act, ActRefused
from parvis.casework.people.roles import Role

_CODE = re.compile(r"[a-z][a-z0-9-]{1,39}")
_AT = "@systems.invalid"
HOUSE = "house"
"""By whom the house's own commands do what they do."""


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made: the only moment at which it can be told."""

    id: int
    secret: str


@transaction.atomic
def make_key(  # noqa: PLR0913 - a key says whose, for what and until when
    *,
    owner: User,
    name: str,
    acts: Collection[str],
    programs: Collection[str] | None,
    expires_at: datetime,
    by: User | None,
    at: datetime,
) -> NewKey:
    """Make a key for somebody's software. Its secret is returned once, and kept nowhere."""
    owner = User.objects.select_for_update().get(pk=owner.pk)
    name = " ".join(name.split())
    policies.check_can_make(owner, by)
    policies.check_name(name)
    policies.check_scope(owner, acts, programs)
    policies.check_end(expires_at, at)
    good = Key.objects.filter(user=owner, revoked_at=None, expires_at__gt=at)
    policies.check_not_too_many(good.count())
    secret = draw(KEY)
    [head] = log.reserve(1)
    key = Key.objects.create(
        id=head.subject_id,
        user=owner,
        name=name,
        digest=digest(secret),
        hint=hint(secret),
        acts=sorted(_whole(acts, Role(owner.role))),
        programs=None if programs is None else sorted(programs),
        made_at=at,
        expires_at=expires_at,
    )
    fact = facts.KeyMade(
        user=owner.pk,
        acts=tuple(key.acts),
        programs=None if key.programs is None else tuple(key.programs),
        expires_at=expires_at,
    )
    log.write([(head, [(at, fact)])], kind=SubjectKind.ACCOUNT, by=HOUSE if by is None else by.ref)
    return NewKey(key.pk, secret)


_OF_NO_FILE = {Act.OPEN_FIGURES, Act.RECORD_CONTACTS}


def _whole(acts: Collection[str], role: Role) -> set[str]:
    """Return acts with those that they take: a file is seen first, and found by a system."""
    of_files = {Act.SEE, Act.FIND} if role is Role.SYSTEM else {Act.SEE}
    whole = {str(act) for act in acts}
    return whole if whole <= _OF_NO_FILE else whole | {str(act) for act in of_files}


@transaction.atomic
def revoke_key(*, key: int, by: User | None, at: datetime) -> None:
    """End a key, and every token that was given for it, from the next request on."""
    row = Key.objects.select_for_update(of=("self",)).select_related("user").get(pk=key)
    policies.check_can_end(row.user, by)
    if row.revoked_at is not None:
        return
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    Token.objects.filter(key=row).delete()
    ref = HOUSE if by is None else by.ref
    log.append(row.pk, [facts.KeyRevoked()], kind=SubjectKind.ACCOUNT, by=ref, at=at)


@transaction.atomic
def system(*, code: str, at: datetime) -> User:
    """Return the account of another system of the department, by its code; it never signs in."""
    if not _CODE.fullmatch(code):
        raise ActRefused(
            "Name the system by a code of 2 to 40 small letters, digits and hyphens.",
            "Nommez le système par un code : de 2 à 40 minuscules, chiffres et traits d’union.",
        )
    found, _ = User.objects.get_or_create(
        email=f"{code}{_AT}",
        defaults={"role": Role.SYSTEM, "joined_at": at, "password": "!"},
    )
    return found


def code_of(user: User) -> str | None:
    """Return the code of another system; None for a person."""
    return user.email.removesuffix(_AT) if user.role == Role.SYSTEM else None
