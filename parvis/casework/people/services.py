"""Things done to people's records."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind
from parvis.casework.people import rows
from parvis.casework.people.facts import ClientRegistered, LanguageChosen
from parvis.casework.people.models import Client, KeptAnswers, User
from parvis.casework.people.roles import Role
from parvis.lib.text import Language


class UserRefused(ValueError):
    """The user cannot be added: the sentence says why."""


@transaction.atomic
def add_user(*, email: str, password: str, role: Role = Role.PERSON, at: datetime) -> User:
    """Let somebody sign in by e-mail and password. The department vouches for their address."""
    try:
        validate_email(email)
        validate_password(password, User(email=email))
        with transaction.atomic():
            user = User.objects.create_user(email, password, role=role, joined_at=at)
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
            return user
    except ValidationError as error:
        raise UserRefused(" ".join(error.messages)) from None
    except IntegrityError:
        raise UserRefused("somebody signs in with that address already") from None


def person_from_outside(*, at: datetime) -> User:
    """Return somebody who is signing up by themselves, not yet saved."""
    return User(role=Role.PERSON, joined_at=at)


@transaction.atomic
def take_role(*, user: User, role: Role) -> None:
    """Have somebody be what the department's own sign-in says that they are."""
    if user.role != role:
        user.role = role
        user.save(update_fields=["role"])


@transaction.atomic
def choose_language(*, user: User, language: Language, by: str, at: datetime) -> None:
    """Write to somebody in this language from now on, as the client that they are, too."""
    user.language = language
    user.save(update_fields=["language"])
    client = Client.objects.select_for_update().filter(user=user).first()
    if client is None or client.language == language:
        return
    client.language = language
    client.save(update_fields=["language"])
    head = log.lock([client.pk])[client.pk]
    log.write([(head, [(at, LanguageChosen(language=language))])], kind=SubjectKind.CLIENT, by=by)


@transaction.atomic
def register_client(
    *, name: str, language: Language, user: User | None, by: str, at: datetime
) -> Client:
    """Open the record of a client, who may be somebody that signs in."""
    [head] = log.reserve(1)
    client = Client.objects.create(id=head.subject_id, name=name, language=language, user=user)
    fact = ClientRegistered(language=language)
    log.write([(head, [(at, fact)])], kind=SubjectKind.CLIENT, by=by)
    return client


@transaction.atomic
def mark_unreached(*, users: Collection[int], at: datetime | None) -> None:
    """Note since when nothing reaches the clients that these users are; None where it does again.

    A picture of what happened to messages, which the notices keep: it stands here so that the page
    of a file knows it without asking.
    """
    Client.objects.filter(user__in=users).update(unreached_at=at)


class NewClient(NamedTuple):
    """A client on the way into the house, who does not sign in."""

    name: str
    language: Language
    at: datetime


@transaction.atomic
def register_clients(*, clients: Sequence[NewClient], by: str) -> list[int]:
    """Open the records of many clients at once; return their ids, in the same order."""
    heads = log.reserve(len(clients))
    # Facts are frozen, so those who share a language share one.
    said = {client.language: ClientRegistered(language=client.language) for client in clients}
    log.write(
        [
            (head, [(client.at, said[client.language])])
            for head, client in zip(heads, clients, strict=True)
        ],
        kind=SubjectKind.CLIENT,
        by=by,
    )
    ids = [head.subject_id for head in heads]
    rows.copy_new(
        (id_, client.name, client.language) for id_, client in zip(ids, clients, strict=True)
    )
    return ids


def keep_answers(*, user: User, answers: dict[str, Any], at: datetime) -> None:
    """Keep somebody's answers about themselves in their account, in place of earlier ones."""
    KeptAnswers.objects.update_or_create(user=user, defaults={"answers": answers, "kept_at": at})


def drop_answers(*, user: User) -> None:
    """Forget the answers that somebody had kept in their account."""
    KeptAnswers.objects.filter(user=user).delete()
