"""Knowing who calls: what they say is compared with the file, and how far that goes is a level.

Who answers sees nothing of the file before it agrees, so nothing can be let slip. Five wrong tries
about one number in a day lock it for a day, here as where accounts are linked.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from parvis.casework.applications.matching import held_under, key_of
from parvis.casework.enquiries.policies import check_may_answer
from parvis.casework.enquiries.status import Channel, Proof
from parvis.casework.people import tries
from parvis.casework.people.models import User
from parvis.casework.people.policies import ActRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody says of an application, and of themselves."""

    number: str
    name: str
    received_on: date | None = None
    document_seen: bool = False
    """At a counter: an agent saw a document with their name and their picture."""


@dataclass(frozen=True, slots=True)
class Known:
    """Who somebody is, as far as that is known."""

    proof: Proof = Proof.NONE
    client: int | None = None
    application: int | None = None


NOBODY = Known()


def known_by(said: Said, *, channel: Channel, by: User, at: datetime) -> Known:
    """Return who somebody is by what they say; a wrong try is counted, whatever comes of it.

    Raises `ActRefused` alike for whatever does not agree.
    """
    check_may_answer(by)
    found = _compared(said, channel, at)
    if isinstance(found, ActRefused):
        raise found
    return found


@transaction.atomic
def _compared(said: Said, channel: Channel, at: datetime) -> Known | ActRefused:
    held = tries.hold([key_of(said.number)], at)
    if tries.is_locked(held, at):
        return ActRefused(
            "There were too many wrong answers about this application. Check nobody for it until"
            " tomorrow, and say nothing of it.",
            "Il y a eu trop de mauvaises réponses au sujet de ce dossier. Ne vérifiez l’identité de"
            " personne pour ce dossier avant demain et n’en dites rien.",
        )
    file = held_under(said.number)
    holds = [
        file.is_of(said.name),
        file.client is not None,
        said.received_on in {None, file.received_on},
    ]
    if not all(holds):
        tries.count(held, at)
        return ActRefused(
            "What they say and the application do not agree. Say nothing of it, not even that it"
            " exists.",
            "Ce que dit la personne ne concorde pas avec le dossier. N’en dites rien, pas même"
            " qu’il existe.",
        )
    checked = said.received_on is not None or (said.document_seen and channel is Channel.WALK_IN)
    return Known(Proof.AGENT if checked else Proof.NUMBER, file.client, file.file)
