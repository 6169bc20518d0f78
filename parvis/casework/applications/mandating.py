"""Mandates for files: which are a client's to give one for, and what was done under one."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from parvis.casework.accesses.under_mandates import accesses_under
from parvis.casework.applications.facts import ClientAnswered
from parvis.casework.applications.selectors import File, Value, files_of
from parvis.casework.events import log
from parvis.casework.mandates import services
from parvis.casework.mandates.listing import MandateLine, holders_of
from parvis.casework.mandates.selectors import waiting_for
from parvis.casework.mandates.terms import Terms
from parvis.casework.people.models import Client, User
from parvis.casework.people.policies import Act, ActRefused
from parvis.casework.people.selectors import addresses_by_ref, client_of
from parvis.lib.references import application_number

_WAITING = waiting_for(
    "SELECT a.client_id WHERE a.client_id <> m.client_id UNION SELECT d.client_id"
    " FROM applications_adult d WHERE d.application = a.id AND d.client_id <> m.client_id"
)
"""The files for which an adult, besides whoever gave a mandate, has not given the same."""


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done under a mandate; `by` is an address, where somebody still has one."""

    at: datetime
    number: str
    act: Act
    by: str | None


def give_mandate(*, terms: Terms, by: User, at: datetime) -> services.Given:
    """Give a mandate for files that are one's own, or that one is on as an adult.

    Raises `ActRefused` where no client signs in so, `MandateRefused` where the terms are wrong.
    """
    client = client_of(by)
    if client is None:
        raise ActRefused("Only a client gives a mandate.", "Seul un client donne un mandat.")
    own = {file.id for file in files_of(by)}
    return services.give_mandate(client=client, terms=terms, own=own, by=by, at=at)


def files_covered(mandate: MandateLine, client: Client) -> list[File]:
    """Return the files of a client that a mandate is for, newest first."""
    if client.user is None:
        return []
    chosen = mandate.applications
    return [file for file in files_of(client.user) if chosen is None or file.id in chosen]


def files_waiting(mandate: MandateLine, files: list[File], *, now: datetime) -> list[File]:
    """Return those files where a mandate is in force only once another adult gave the same."""
    asked: dict[str, Value] = {
        "mandate": mandate.id,
        "files": [one.id for one in files],
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, asked)
        waiting = {id_ for (id_,) in cursor.fetchall()}
    return [file for file in files if file.id in waiting]


def done_under(mandate: MandateLine, files: list[File], *, most: int) -> list[Done]:
    """Return who did what under a mandate, the latest first.

    Where its client is on a file as one adult of several, what was done rests on the mandates of
    all of them, and is told by the one of the file's own client; so there, who did it decides.
    """
    holders = holders_of(mandate.id)
    numbers = {file.id: file.number for file in files}
    shared = {file.id for file in files if file.state.client != mandate.client}
    refs = {f"user:{user}" for user in holders}
    found = [
        (one.at, one.application, one.act, f"user:{one.user}")
        for one in accesses_under(mandate.id, list(numbers), most=most, shared=shared, by=holders)
    ]
    for id_, recorded in log.histories(list(numbers)):
        found += [
            (one.at, id_, Act.ANSWER, one.by)
            for one in recorded
            if isinstance(one.fact, ClientAnswered)
            and (one.fact.mandate == mandate.id)
            | (id_ in shared and one.fact.mandate is not None and one.by in refs)
        ]
    found.sort(key=lambda one: one[0], reverse=True)
    known = addresses_by_ref(by for *_, by in found[:most])
    return [
        Done(at, application_number(id_), act, known.get(by)) for at, id_, act, by in found[:most]
    ]
