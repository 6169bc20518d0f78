"""Look people up."""

from parvis.casework.people.models import Client, User


def user_by_email(email: str) -> User | None:
    """Return the user who signs in with this address, in any spelling of its letters."""
    return User.objects.filter(email=email.strip().lower()).first()


def client_of(user: User) -> Client | None:
    """Return the client that this user is, if any."""
    return Client.objects.filter(user=user).first()


def users() -> list[User]:
    """Return everybody who may sign in, by address."""
    return list(User.objects.order_by("email"))
