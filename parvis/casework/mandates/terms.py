"""What a client writes into a mandate, and what can be wrong with it, in words for the client."""

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from parvis.casework.mandates.status import MAY_BE_FOR, MandateKind
from parvis.casework.people.policies import Act
from parvis.lib.text import Text

Field = Literal["kind", "address", "acts", "applications", "begins", "ends"]
FURTHEST = timedelta(days=3653)
"""How far ahead a mandate may begin or end: ten years."""
_LONGEST_ADDRESS = 254

NO_KIND = Text(
    en="Choose who it is for.",
    fr="Choisissez à qui vous le donnez.",
)
NOT_AN_ADDRESS = Text(
    en="Give an e-mail address, like name@example.org.",
    fr="Donnez une adresse de courriel, par exemple nom@exemple.org.",
)
HIDES = Text(
    en="This address has characters that cannot be seen. Type it again.",
    fr="Cette adresse contient des caractères invisibles. Tapez-la de nouveau.",
)
OWN_ADDRESS = Text(
    en="This is your own address. Give the address of somebody else.",
    fr="C’est votre propre adresse. Donnez celle d’une autre personne.",
)
NO_ACT = Text(en="Choose what they may do.", fr="Choisissez ce que la personne peut faire.")
TOO_MUCH = Text(
    en="Only a representative can do this for you.",
    fr="Seul un représentant peut faire cela pour vous.",
)
NO_APPLICATION = Text(en="Choose at least one application.", fr="Choisissez au moins une demande.")
UNKNOWN_APPLICATION = Text(
    en="One of these applications is not yours. Choose again.",
    fr="L’une de ces demandes n’est pas la vôtre. Choisissez de nouveau.",
)
NOT_A_DAY = Text(
    en="Give a day as year, month and day, such as 2024-05-31.",
    fr="Donnez l’année, le mois et le jour, par exemple 2024-05-31.",
)
BEGINS_IN_THE_PAST = Text(
    en="This day is past. Choose today or a later day.",
    fr="Ce jour est passé. Choisissez aujourd’hui ou un jour à venir.",
)
ENDS_TOO_SOON = Text(
    en="The last day comes before the first. Choose a later day.",
    fr="Le dernier jour précède le premier. Choisissez un jour plus tard.",
)
TOO_FAR = Text(
    en="Choose a day within the next ten years.",
    fr="Choisissez un jour dans les dix prochaines années.",
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a mandate says."""

    kind: MandateKind
    address: str
    acts: frozenset[Act]
    applications: tuple[int, ...] | None
    """The files that it is for; None for all of the client's, those to come as well."""
    begins_at: datetime
    ends_at: datetime | None
    receives: bool = False
    """Whether notices go to a representative in the client's place."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong with a mandate, and in which field."""

    field: Field
    reason: Text


class MandateRefused(ValueError):
    """A mandate cannot be given like this; `wrongs` say why."""

    def __init__(self, *wrongs: Wrong) -> None:
        super().__init__("; ".join(wrong.reason.en for wrong in wrongs))
        self.wrongs = wrongs


def plain_address(typed: str) -> str:
    """Return an address in the one form in which it is kept and compared."""
    return unicodedata.normalize("NFC", typed.strip()).lower()


def wrongs_of(
    terms: Terms, *, own_addresses: Collection[str], own: Collection[int], at: datetime
) -> tuple[Wrong, ...]:
    """Return what is wrong with the terms that a client gives; `own` are their files."""
    return (
        *_of_address(terms.address, own_addresses),
        *_of_acts(terms),
        *_of_applications(terms.applications, own),
        *_of_days(terms.begins_at, terms.ends_at, at),
    )


def wrong_address(address: str) -> Text | None:
    """Return why nobody can be reached at this address, if so."""
    if not address.isprintable():
        return HIDES
    try:
        validate_email(address)
    except ValidationError:
        return NOT_AN_ADDRESS
    return NOT_AN_ADDRESS if len(address) > _LONGEST_ADDRESS else None


def _of_address(address: str, own: Collection[str]) -> Iterator[Wrong]:
    if reason := wrong_address(address):
        yield Wrong("address", reason)
    elif address in own:
        yield Wrong("address", OWN_ADDRESS)


def _of_acts(terms: Terms) -> Iterator[Wrong]:
    if Act.SEE not in terms.acts:
        yield Wrong("acts", NO_ACT)
    elif not terms.acts <= MAY_BE_FOR[terms.kind]:
        yield Wrong("acts", TOO_MUCH)


def _of_applications(chosen: tuple[int, ...] | None, own: Collection[int]) -> Iterator[Wrong]:
    if chosen is None:
        return
    if not chosen:
        yield Wrong("applications", NO_APPLICATION)
    elif not set(chosen) <= set(own):
        yield Wrong("applications", UNKNOWN_APPLICATION)


def _of_days(begins_at: datetime, ends_at: datetime | None, at: datetime) -> Iterator[Wrong]:
    if begins_at < at:
        yield Wrong("begins", BEGINS_IN_THE_PAST)
    elif begins_at > at + FURTHEST:
        yield Wrong("begins", TOO_FAR)
    if ends_at is None:
        return
    if ends_at <= begins_at:
        yield Wrong("ends", ENDS_TOO_SOON)
    elif ends_at > at + FURTHEST:
        yield Wrong("ends", TOO_FAR)
