"""What a telephone system tells of a contact, whichever vendor's it is: codes, and no person.

Whatever else a vendor sends beside these fields (a caller's number, what they typed) is not read,
so it cannot be kept.
"""

import re
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple, NotRequired

from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from parvis.lib.text import Text


class ContactKind(StrEnum):
    """What happened. Another kind is kept as it came, and skipped by whoever counts."""

    OFFERED = "offered"
    """It reached us."""
    QUEUED = "queued"
    ANSWERED = "answered"
    """An agent and the caller hear each other."""
    ABANDONED = "abandoned"
    """It left the queue without an agent."""
    CALLBACK = "callback"
    """It left the queue to be called back: neither answered nor abandoned."""
    ENDED = "ended"


class Method(StrEnum):
    """How a contact came about."""

    INBOUND = "INBOUND"
    CALLBACK = "CALLBACK"
    """We call back; it follows the contact that asked for it."""
    TRANSFER = "TRANSFER"
    """The same call goes on with another queue or agent."""


class ContactEvent(NamedTuple):
    """One event, as its table keeps it."""

    event_id: str
    contact_id: str
    initial_contact_id: str
    """The first of the chain of contacts that are one call; its own where it is the first."""
    previous_contact_id: str | None
    kind: str
    method: str
    line: str | None
    queue: str | None
    language: str | None
    priority: int | None
    agent: str | None
    at: datetime


class Unreadable(ValueError):
    """An event cannot be taken: which field, and why, in both languages."""

    def __init__(self, field: str, reason: Text) -> None:
        super().__init__(f"{field}: {reason.en}")
        self.field, self.reason = field, reason


_ID = r"^[A-Za-z0-9][A-Za-z0-9._:/+=-]{0,127}$"
_LANGUAGE = r"^[A-Za-z]{2}([_-][A-Za-z0-9]{1,10})?$"
_CODE = r"^[a-z0-9][a-z0-9_-]{0,63}$"
Id = Annotated[str, Field(pattern=_ID)]
Code = Annotated[str, Field(pattern=_CODE)]
_LATE = timedelta(minutes=5)
"""How far the clock of another system may be ahead of ours."""
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


class Told(TypedDict):
    """An event as another system sends it. Fields that are not here are not read."""

    event_id: Annotated[Id, Field(description="The event's own; sent twice, it is one event.")]
    contact_id: Annotated[Id, Field(description="Which contact it is of.")]
    kind: Annotated[
        Id,
        Field(
            description="offered, queued, answered, abandoned, callback or ended; another is kept"
            " and counted nowhere."
        ),
    ]
    at: Annotated[AwareDatetime, Field(description="When it happened, with its time zone.")]
    initial_contact_id: NotRequired[
        Annotated[
            Id | None,
            Field(description="The first contact of a chain of transfers and callbacks."),
        ]
    ]
    previous_contact_id: NotRequired[
        Annotated[Id | None, Field(description="The contact that this one follows.")]
    ]
    method: NotRequired[
        Annotated[
            Literal["INBOUND", "CALLBACK", "TRANSFER"],
            Field(description="How the contact came about; INBOUND unless told."),
        ]
    ]
    line: NotRequired[Annotated[Code | None, Field(description="The line's code.")]]
    queue: NotRequired[Id | None]
    language: NotRequired[
        Annotated[
            Annotated[str, Field(pattern=_LANGUAGE)] | None,
            Field(description="en or fr, with a country or without."),
        ]
    ]
    priority: NotRequired[Annotated[int, Field(ge=0, le=32_767)] | None]
    agent: NotRequired[
        Annotated[
            Id | None,
            Field(description="A code for the agent; never a name or an address."),
        ]
    ]


TOLD: TypeAdapter[Told] = TypeAdapter(Told)
"""What reads one, into a dict: of millions, making an object of each takes most of the time."""
FIELDS = tuple(Told.__annotations__)


def is_id(told: str) -> bool:
    """Tell whether something may be the id of a contact, and no address of a person."""
    return re.fullmatch(_ID, told) is not None


def event_told(told: object, *, now: datetime) -> ContactEvent:
    """Return the event that these fields tell; raise `Unreadable` where they tell none."""
    try:
        return _event(TOLD.validate_python(told), now)
    except ValidationError as error:
        raise _said(error) from None


def event_in_json(line: bytes, *, now: datetime) -> ContactEvent:
    """Return the event that a JSON object tells; raise `Unreadable` where it tells none."""
    try:
        return _event(TOLD.validate_json(line), now)
    except ValidationError as error:
        raise _said(error) from None


def _event(told: Told, now: datetime) -> ContactEvent:
    """Return the event; raise `Unreadable` where it cannot have happened when it says."""
    try:
        # The database refuses offsets that Python takes: in UTC all are the same.
        at = told["at"].astimezone(UTC)
    except OverflowError:
        raise Unreadable("at", _NO_TIME) from None
    if not _EARLIEST <= at <= now + _LATE:
        raise Unreadable("at", _NO_TIME)
    contact, previous = told["contact_id"], told.get("previous_contact_id")
    language = told.get("language")
    return ContactEvent(
        told["event_id"],
        contact,
        told.get("initial_contact_id") or previous or contact,
        previous,
        told["kind"],
        told.get("method", "INBOUND"),
        told.get("line"),
        told.get("queue"),
        language and language[:2].lower(),
        told.get("priority"),
        told.get("agent"),
        at,
    )


def _said(error: ValidationError) -> Unreadable:
    """Return the first thing that is wrong, without what it said: that may be anything."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    field = str(first["loc"][0]) if first["loc"] else ""
    if not field:
        return Unreadable("", _NO_OBJECT)
    if first["type"] == "missing":
        return Unreadable(field, _LACKING)
    return Unreadable(field, _WRONG.get(field, _NO_ID))


_NO_OBJECT = Text(
    en="This is no JSON object with the fields of an event.",
    fr="Ce n’est pas un objet JSON ayant les champs d’un événement.",
)
_LACKING = Text(en="This field is missing.", fr="Ce champ manque.")
_NO_TIME = Text(
    en="This moment is still to come, or before 1990. Check the clock that wrote it.",
    fr="Ce moment est à venir, ou antérieur à 1990. Vérifiez l’horloge qui l’a écrit.",
)
_NO_ID = Text(
    en="Use letters, digits and . _ : / + = -, 128 at most, and no address or number of a person.",
    fr="Utilisez des lettres, des chiffres et . _ : / + = -, 128 au plus, et ni adresse ni numéro"
    " d’une personne.",
)
_WRONG = {
    "at": Text(
        en="Give a moment with its time zone, such as 2024-01-12T09:30:00-05:00.",
        fr="Donnez un moment et son fuseau horaire, par exemple 2024-01-12T09:30:00-05:00.",
    ),
    "method": Text(
        en="Use INBOUND, CALLBACK or TRANSFER.", fr="Utilisez INBOUND, CALLBACK ou TRANSFER."
    ),
    "line": Text(
        en="Use the line’s code: small letters, digits and hyphens.",
        fr="Utilisez le code de la ligne : minuscules, chiffres et traits d’union.",
    ),
    "language": Text(en="Use en or fr.", fr="Utilisez en ou fr."),
    "priority": Text(
        en="Use a whole number from 0 to 32767.", fr="Utilisez un entier de 0 à 32767."
    ),
}
