"""Opening lines and having agents, for tests."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from parvis.casework.lines import selectors, services
from parvis.casework.lines.selectors import KnownLine
from parvis.casework.people.models import User
from parvis.casework.people.roles import Role
from parvis.programs.support_lines.loader import model, terms_like
from parvis.programs.support_lines.schema import Terms
from tests.filing import RECEIVED

NAME = {"en": "Ukraine", "fr": "Ukraine (en français)"}


def terms(like: str = "crisis", **said: Any) -> Terms:
    """Return the terms of a line like another, with a name."""
    return terms_like(model(like), {"name": NAME} | said)


def opened(
    code: str = "ukraine",
    *,
    like: str = "crisis",
    by: User | None = None,
    lend: Sequence[User] = (),
    at: datetime = RECEIVED,
    **said: Any,
) -> KnownLine:
    """Return a line that was opened like another."""
    services.open_line(code=code, terms=terms(like, **said), like=like, lend=lend, by=by, at=at)
    return selectors.line(code)


def staff(name: str, role: Role = Role.AGENT) -> User:
    """Return somebody who works here."""
    return User.objects.create_user(f"{name}@example.org", role=role, joined_at=RECEIVED)


def agent(name: str, *languages: str, skills: tuple[str, ...] = ()) -> User:
    """Return somebody who answers clients, in both languages if no other is said."""
    user = staff(name)
    services.describe_agent(
        user=user, languages=languages or ("en", "fr"), skills=skills, by=None, at=RECEIVED
    )
    return user
