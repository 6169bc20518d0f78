"""Look people up."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.utils.functional import SimpleLazyObject

from parvis.casework.people.models import Client, KeptAnswers, User
from parvis.casework.people.roles import Role
from parvis.lib.text import Language


def themselves(user: Any) -> Any:
    """Return a user who was asked for by now, without what stood in for them until then.

    Everything that is asked of a stand-in takes three calls more.
    """
    return user._wrapped if isinstance(user, SimpleLazyObject) else user  # noqa: SLF001 - Django's


def user_by_email(email: str) -> User | None:
    """Return the user who signs in with this address, in any spelling of its letters."""
    return User.objects.filter(email=email.strip().lower()).first()


def client_of(user: User) -> Client | None:
    """Return the client that this user is, if any."""
    return Client.objects.filter(user=user).first()


def language_of(user: User, client: Client | None) -> str:
    """Return the language that a user chose, or else their client's; empty for neither."""
    return user.language or (client.language if client else "")


def client_by_id(client: int) -> Client:
    """Return a client, with who signs in as them."""
    return Client.objects.select_related("user").get(pk=client)


def addresses_of(user: User) -> frozenset[str]:
    """Return the addresses, in lower case, that a user has proved to be their own."""
    proved = EmailAddress.objects.filter(user=user, verified=True)
    return frozenset(email.lower() for email in proved.values_list("email", flat=True))


def clients_at(addresses: Iterable[str]) -> dict[str, int]:
    """Return the client of each of these addresses that a user proved to be their own."""
    proved = EmailAddress.objects.filter(email__in=set(addresses), verified=True)
    return dict(proved.exclude(user__client=None).values_list("email", "user__client"))


def addresses_in_role(addresses: Iterable[str], role: Role) -> set[str]:
    """Return those of these addresses with which somebody signs in as this, or proved it theirs."""
    wanted = set(addresses)
    signs_in = User.objects.filter(email__in=wanted, role=role)
    proved = EmailAddress.objects.filter(email__in=wanted, verified=True, user__role=role)
    return {*signs_in.values_list("email", flat=True), *proved.values_list("email", flat=True)}


def addresses_by_ref(refs: Iterable[str]) -> dict[str, str]:
    """Return the addresses of those whom the log names so; of nobody who is not there any more."""
    ids = {int(ref.removeprefix("user:")) for ref in refs if ref.startswith("user:")}
    return {user.ref: user.email for user in User.objects.filter(pk__in=ids)} if ids else {}


def users() -> list[User]:
    """Return everybody who may sign in, by address."""
    return list(User.objects.order_by("email"))


def roles_of(users: Iterable[int]) -> dict[int, Role]:
    """Return what these people sign in as; nobody's name."""
    found = User.objects.filter(pk__in=set(users)).values_list("pk", "role")
    return {pk: Role(role) for pk, role in found}


@dataclass(frozen=True, slots=True)
class ClientRecord:
    """What the department keeps of a client as a person."""

    name: str
    language: Language
    email: str | None
    """Where they sign in with it; None for who does not sign in."""


def client_record(subject_id: int) -> ClientRecord | None:
    """Return what is kept of the client with this subject id."""
    return _record(Client.objects.select_related("user").filter(pk=subject_id).first())


def client_record_of(user: int) -> ClientRecord | None:
    """Return what is kept of the client that this user is."""
    return _record(Client.objects.select_related("user").filter(user=user).first())


def _record(client: Client | None) -> ClientRecord | None:
    if client is None:
        return None
    language: Language = "fr" if client.language == "fr" else "en"
    return ClientRecord(client.name, language, client.user.email if client.user else None)


def kept_answers_of(user: User) -> KeptAnswers | None:
    """Return the answers that somebody had kept in their account, if any."""
    return KeptAnswers.objects.filter(user=user).first()


def kept_answers_as_data(user: int | None) -> dict[str, Any]:
    """Return what somebody's account keeps of their answers, to take along; empty for nothing."""
    kept = KeptAnswers.objects.filter(user_id=user).first() if user else None
    return {"kept_at": kept.kept_at.isoformat(), **kept.answers} if kept else {}
