"""What somebody signs in as."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody signs in as; staff have theirs from the department's own sign-in."""

    PERSON = "person"
    """Anybody outside: a client, or who acts or asks for one, as mandates say."""
    PARLIAMENT = "parliamentary-office"
    """The office of a member of Parliament or a senator."""
    AGENT = "agent"
    """Of the support centre: answers clients."""
    OFFICER = "officer"
    """Works on files and decides them."""
    SUPERVISOR = "supervisor"
    """An officer who answers for others."""
    ANALYST = "analyst"
    """Makes figures and has no need of anybody's file."""
    ADMINISTRATOR = "administrator"
    """Says who may sign in, and has no need of anybody's file either."""
    SYSTEM = "system"
    """Another system of the department: it comes with a key, and never signs in."""


STAFF = frozenset(Role) - {Role.PERSON, Role.PARLIAMENT, Role.SYSTEM}
