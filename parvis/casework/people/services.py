"""Things done to people's records."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind
from parvis.casework.people.facts import ClientRegistered
from parvis.casework.people.models import Client, User
from parvis.lib.text import Language


class UserRefused(ValueError):
    """The user cannot be added: the sentence says why."""


@transaction.atomic
def add_user(*, email: str, password: str, staff: bool, at: datetime) -> User:
    """Let somebody sign in by e-mail and password."""
    try:
        validate_email(email)
        validate_password(password, User(email=email))
        with transaction.atomic():
            return User.objects.create_user(email, password, is_staff=staff, joined_at=at)
    except ValidationError as error:
        raise UserRefused(" ".join(error.messages)) from None
    except IntegrityError:
        raise UserRefused("somebody signs in with that address already") from None


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
