"""Every door of the house, and what whoever comes through it must be allowed to do.

The doors themselves ask the table of permissions; what is said here is what they are meant to ask.
It is written out for a security officer (docs/generated/permissions.md), and a test walks through
every door in every capacity and compares.
"""

from collections.abc import Mapping
from enum import StrEnum

from parvis.casework.people.policies import Act, Capacity, Relation, may


class Entrance(StrEnum):
    """What it takes where no act is named."""

    EVERYBODY = "everybody"
    SIGNED_IN = "signed in"
    NOBODY = "nobody"
    """Nothing is there."""


Needed = Act | Entrance

_ALL = Entrance.EVERYBODY
DOORS: Mapping[str, Needed] = {
    "GET /": _ALL,
    "GET /{language}/": _ALL,
    "GET /{language}/accessibility/": _ALL,
    "GET /{language}/applications/": Entrance.SIGNED_IN,
    "GET /{language}/applications/{number}/": Act.SEE,
    "GET /{language}/applications/{number}/answer/{document}/": Act.SEE,
    "POST /{language}/applications/{number}/answer/{document}/": Act.ANSWER,
    "GET /{language}/applications/{number}/documents/{id_}/": Act.READ_SENT,
    "GET /{language}/components/": _ALL,
    "GET /{language}/figures/": _ALL,
    "GET /{language}/figures/backlog/": _ALL,
    "GET /{language}/figures/dates/": _ALL,
    "GET /{language}/figures/dates/files.csv": Act.OPEN_FIGURES,
    "GET /{language}/figures/dates/files/": Act.OPEN_FIGURES,
    "GET /{language}/figures/files.csv": Act.OPEN_FIGURES,
    "GET /{language}/figures/files/": Act.OPEN_FIGURES,
    "GET /{language}/privacy/": _ALL,
    "GET /{language}/processing-times/": _ALL,
    "GET /{language}/sign-in/": _ALL,
    "POST /{language}/sign-in/": _ALL,
    "GET /{language}/sign-in/closed/": _ALL,
    "GET /{language}/sign-out/": _ALL,
    "POST /{language}/sign-out/": _ALL,
    "GET /{language}/signed-out/": _ALL,
    "GET /{language}/status/": _ALL,
    "GET /api/": Entrance.NOBODY,
    "GET /api/applications/{number}": Act.SEE,
    "POST /api/applications/{number}/answers/{document}": Act.ANSWER,
    "GET /api/backlog": _ALL,
    "GET /api/backlog/forecast": _ALL,
    "GET /api/kept-dates": _ALL,
    "GET /api/kept-dates.csv": _ALL,
    "GET /api/openapi.json": _ALL,
    "GET /api/processing-times": _ALL,
    "GET /api/service-standards": _ALL,
    "GET /api/service-standards.csv": _ALL,
    "GET /api/service-standards/files": Act.OPEN_FIGURES,
}
"""By method and path, without its query. A page that is read may also be asked for by HEAD."""

OF_A_FILE = frozenset({Act.SEE, Act.SEE_NOTES, Act.READ_SENT, Act.ANSWER, Act.TAKE_ALONG})
"""The acts that are done with a file; whoever may not do them learns nothing of it."""


def allows(needed: Needed, relation: Relation) -> bool:
    """Tell whether a door opens to somebody who relates so to the file, or to the house."""
    if isinstance(needed, Act):
        return may(needed, relation)
    if needed is Entrance.NOBODY:
        return False
    return needed is Entrance.EVERYBODY or relation.capacity is not Capacity.ANYBODY
