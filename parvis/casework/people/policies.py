"""Who may do what: the one table of permissions, which every door, service and command asks.

Somebody comes to a file in a capacity: as its client, with a mandate, or as staff of some role. The
table says which capacities an act is open to; what the state of a file allows is said by the
policies of the room whose state it is, and both must hold. A refusal is answered like what does not
exist, so that nobody learns of a file by being kept out of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ParamSpec

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from parvis.casework.people.models import User
from parvis.casework.people.roles import STAFF, Role
from parvis.casework.people.scope import Scope
from parvis.lib.text import Text

P = ParamSpec("P")


class ActRefused(Exception):
    """The act is not allowed; `reason` says why, in both languages."""

    def __init__(self, en: str, fr: str) -> None:
        super().__init__(en)
        self.reason = Text(en=en, fr=fr)


def asks(check: Callable[P, None]) -> Callable[P, bool]:
    """Return the question that goes with a check."""

    def can(*args: P.args, **kwargs: P.kwargs) -> bool:
        try:
            check(*args, **kwargs)
        except ActRefused:
            return False
        return True

    return can


class Capacity(StrEnum):
    """As what somebody comes."""

    ANYBODY = "anybody"
    """Not signed in."""
    SIGNED_IN = "signed-in"
    """Signed in, and no more than that: the file is somebody else's."""
    CLIENT = "client"
    REPRESENTATIVE = "representative"
    """Acts and receives in the client's place (IMM 5476)."""
    THIRD_PARTY = "third-party"
    """Is told what the client is told (IMM 5475), and does nothing."""
    PARLIAMENT = "parliamentary-office"
    """Asks for a constituent who agreed to it."""
    AGENT = "agent"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"
    """Another system of the department, which has keys of its own."""
    HOUSE = "house"
    """Whoever runs the commands of the house; they are written down like others."""


class Act(StrEnum):
    """What somebody may want to do. Those of a file come first."""

    SEE = "see"
    """Read the file as its client reads it."""
    SEE_NOTES = "see-notes"
    """Read what officers alone see."""
    READ_SENT = "read-sent"
    """Have a document back that was sent."""
    ANSWER = "answer"
    """Answer what the client was asked for."""
    TAKE_ALONG = "take-along"
    """Read and take along everything that the department holds on the file, and who looked."""
    MANDATE = "mandate"
    """Give somebody a mandate, and end it."""
    HOLD = "hold"
    """Be given mandates, answer them, end them, and list the clients who gave them."""
    LINK = "link"
    """Show that a file is theirs, and have it in their account."""
    FIND = "find"
    """Look any file up by its number, or by another system's."""
    REACH = "reach"
    """List people whom nothing that we send reaches, and give them an address that works."""
    OPEN_FIGURES = "open-figures"
    """See which files a figure counts, and figures of so few that they tell whose they are."""
    SEE_COMPONENTS = "see-components"
    """See the page for those who build pages, in production."""
    MANAGE_PEOPLE = "manage-people"
    """Say who may sign in, and as what."""
    MAKE_KEYS = "make-keys"
    """Make keys and webhooks for software, and end them: one's own, or what one manages."""
    MANAGE_KEYS = "manage-keys"
    """Do so for other systems of the department."""
    SEE_DOORS = "see-doors"
    """See to whom the new door is open, and how both doors fare."""
    OPEN_DOOR = "open-door"
    """Open the new door to some clients, to more, or to none."""
    ANSWER_ENQUIRIES = "answer-enquiries"
    """Be given what people ask, and answer it."""
    ASK_AGAIN = "ask-again"
    """Read what oneself asked and what was answered, and write again."""
    HAND_IN = "hand-in"
    """Hand a document that came with an enquiry to the application that asked for it."""
    SEE_QUEUES = "see-queues"
    """See what waits in which queue, and who is at work."""
    READ_RATINGS = "read-ratings"
    """Read what people said of the answers that they got, in their own words."""
    SEE_LINES = "see-lines"
    """See the lines of the support centre: hours, scripts, who works on them, and the archive."""
    OPEN_LINE = "open-line"
    """Open a line, change it, say who works on it, and close it."""
    RECORD_CONTACTS = "record-contacts"
    """Tell what happened to calls, as a telephone system does."""
    SEE_SUPPORT = "see-support"
    """See what the support centre received and answered, and how long it took."""


_CASEWORK = frozenset({Capacity.AGENT, Capacity.OFFICER, Capacity.SUPERVISOR})
_STAFF = frozenset(map(Capacity, STAFF))
GRANTED: Mapping[Act, frozenset[Capacity]] = {
    Act.SEE: _CASEWORK
    | {
        Capacity.CLIENT,
        Capacity.REPRESENTATIVE,
        Capacity.THIRD_PARTY,
        Capacity.PARLIAMENT,
        Capacity.SYSTEM,
        Capacity.HOUSE,
    },
    Act.SEE_NOTES: _CASEWORK | {Capacity.SYSTEM, Capacity.HOUSE},
    Act.READ_SENT: _CASEWORK | {Capacity.CLIENT, Capacity.REPRESENTATIVE},
    Act.ANSWER: frozenset({Capacity.CLIENT, Capacity.REPRESENTATIVE}),
    Act.TAKE_ALONG: frozenset({Capacity.CLIENT, Capacity.HOUSE}),
    Act.MANDATE: frozenset({Capacity.CLIENT}),
    Act.HOLD: frozenset({Capacity.SIGNED_IN}),
    Act.LINK: frozenset({Capacity.SIGNED_IN}),
    Act.FIND: _CASEWORK | {Capacity.SYSTEM, Capacity.HOUSE},
    Act.REACH: _CASEWORK,
    Act.OPEN_FIGURES: frozenset(
        {
            Capacity.OFFICER,
            Capacity.SUPERVISOR,
            Capacity.ANALYST,
            Capacity.SYSTEM,
            Capacity.HOUSE,
        }
    ),
    Act.SEE_COMPONENTS: _STAFF,
    Act.MANAGE_PEOPLE: frozenset({Capacity.ADMINISTRATOR, Capacity.HOUSE}),
    Act.MAKE_KEYS: frozenset({Capacity.SIGNED_IN, Capacity.ADMINISTRATOR, Capacity.HOUSE}),
    Act.MANAGE_KEYS: frozenset({Capacity.ADMINISTRATOR, Capacity.HOUSE}),
    Act.SEE_DOORS: frozenset(
        {Capacity.SUPERVISOR, Capacity.ANALYST, Capacity.ADMINISTRATOR, Capacity.HOUSE}
    ),
    Act.OPEN_DOOR: frozenset({Capacity.SUPERVISOR, Capacity.ADMINISTRATOR, Capacity.HOUSE}),
    Act.ANSWER_ENQUIRIES: frozenset({Capacity.AGENT, Capacity.SUPERVISOR}),
    Act.HAND_IN: frozenset({Capacity.AGENT, Capacity.SUPERVISOR}),
    Act.SEE_QUEUES: frozenset({Capacity.SUPERVISOR, Capacity.ANALYST, Capacity.HOUSE}),
    Act.ASK_AGAIN: frozenset({Capacity.SIGNED_IN}),
    Act.READ_RATINGS: frozenset({Capacity.SUPERVISOR}),
    Act.SEE_LINES: _STAFF | {Capacity.HOUSE},
    Act.OPEN_LINE: frozenset({Capacity.SUPERVISOR, Capacity.ADMINISTRATOR, Capacity.HOUSE}),
    Act.RECORD_CONTACTS: frozenset({Capacity.SYSTEM, Capacity.HOUSE}),
    Act.SEE_SUPPORT: frozenset({Capacity.SUPERVISOR, Capacity.ANALYST, Capacity.HOUSE}),
}
DELEGABLE = frozenset({Act.SEE, Act.READ_SENT, Act.ANSWER})
"""What a client may have a representative do; a mandate says which of these."""
SCOPES: Mapping[Role, frozenset[Act]] = {
    Role.PERSON: frozenset({Act.SEE, Act.ANSWER}),
    Role.PARLIAMENT: frozenset({Act.SEE}),
    Role.SYSTEM: frozenset(
        {Act.SEE, Act.SEE_NOTES, Act.FIND, Act.OPEN_FIGURES, Act.RECORD_CONTACTS}
    ),
}
"""What keys can be for, by whose they are. Nobody who works here has keys of their own."""


@dataclass(frozen=True, slots=True)
class Relation:
    """how somebody relates to a file: in which capacity, and by which mandate if by one."""

    capacity: Capacity
    mandate: int | None = None
    acts: frozenset[Act] | None = None
    """What the mandate is for, where somebody has one; None where the table alone says."""
    scope: Scope | None = None
    """What the key is for that they came with; None for who came without one."""


NO_RELATION = Relation(Capacity.SIGNED_IN)
OF_THE_HOUSE = Relation(Capacity.HOUSE)
_ROLES: dict[str, Relation] = {role: Relation(Capacity(role)) for role in (*STAFF, Role.SYSTEM)}


def relation_of(user: AbstractBaseUser | AnonymousUser) -> Relation:
    """Return how somebody stands where no file is at hand."""
    if not isinstance(user, User):
        return Relation(Capacity.ANYBODY)
    relation = _ROLES.get(user.role, NO_RELATION)
    return relation if user.scope is None else replace(relation, scope=user.scope)


def within_scope(relation: Relation, user: User, program: str) -> Relation:
    """Return how somebody stands to a file of a program, with what their key leaves of it."""
    if user.scope is None:
        return relation
    return replace(relation, scope=user.scope) if user.scope.covers(program) else NO_RELATION


def may(act: Act, relation: Relation) -> bool:
    """Tell whether the table allows an act, and the mandate or the key there may be."""
    return (
        relation.capacity in GRANTED[act]
        and (relation.acts is None or act in relation.acts)
        and (relation.scope is None or act in relation.scope.acts)
    )


def check_may(act: Act, relation: Relation) -> None:
    """Refuse an act that the table does not allow, nor the mandate or the key there may be."""
    if not may(act, relation):
        raise ActRefused("You may not do this.", "Vous ne pouvez pas faire cela.")


def user_may(act: Act, user: AbstractBaseUser | AnonymousUser) -> bool:
    """Tell whether somebody may do what is of no file."""
    return may(act, relation_of(user))
