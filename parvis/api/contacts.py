"""Events of calls over HTTP, from a telephone system of the department."""

from typing import TYPE_CHECKING, Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from parvis.api.asking import InSession, WithKey
from parvis.api.problems import NotForYou, language_of
from parvis.api.schemas import Problem
from parvis.casework.contacts.facts import TOLD, ContactEvent, Unreadable, event_told
from parvis.casework.contacts.services import record_from
from parvis.casework.people.policies import Act, user_may
from parvis.lib import clock
from parvis.lib.text import Language

if TYPE_CHECKING:
    from parvis.casework.people.models import User

_MOST = 1_000

router = Router(tags=["contacts"])


class _Telephone(WithKey):
    """A system with a key that is for telling of calls, before anything that it sends is read."""

    def authenticate(self, request: HttpRequest, token: str) -> "User":
        """Return whose key it is; refuse a key for other things."""
        user = super().authenticate(request, token)
        if not user_may(Act.RECORD_CONTACTS, user):
            raise NotForYou
        return user


class _Somebody(InSession):
    """Whoever is signed in: no telephone."""

    def authenticate(self, request: HttpRequest, key: str | None) -> None:
        """Refuse whoever it is; let nobody be told so who is not signed in."""
        if super().authenticate(request, key) is not None:
            raise NotForYou


class EventsTold(Schema):
    """Events, in any order; each is looked at by itself, so that one at fault holds up none."""

    events: Annotated[
        list[Any],
        Field(
            min_length=1,
            max_length=_MOST,
            json_schema_extra={"items": TOLD.json_schema()},
        ),
    ]


class Rejected(Schema):
    """An event that was not taken: where it stood, from 0, and what is wrong with it."""

    index: int
    field: str | None
    reason: str


class Recorded(Schema):
    """How many events were new, how many were there before, and which were not taken."""

    added: int
    unchanged: int
    rejected: list[Rejected]


@router.post(
    "/contact-events",
    response={200: Recorded, **dict.fromkeys((400, 401, 403, 413, 422), Problem)},
    auth=(_Telephone(), _Somebody()),
    summary="Tell what happened to calls, as a telephone system",
    operation_id="record_contact_events",
)
def contact_events(
    request: HttpRequest, told: EventsTold, lang: Language | None = None
) -> dict[str, Any]:
    """Keep events of contacts, a thousand at most; send those again that you have no answer for.

    An event is known by its `event_id` among those of your system: sent twice, it is one. Events
    may come in any order. A kind that we do not know is kept and counted nowhere. Fields that are
    not described here are not read: send nothing of the caller. Mend what is rejected, and send it
    again; the others are kept. It takes a key for `record-contacts`.
    """
    by, at = request.user, clock.now()
    assert by.is_authenticated  # noqa: S101 - nobody else may
    good: list[ContactEvent] = []
    rejected: list[dict[str, Any]] = []
    language = language_of(request)
    for index, one in enumerate(told.events):
        try:
            good.append(event_told(one, now=at))
        except Unreadable as wrong:
            rejected.append(
                {"index": index, "field": wrong.field or None, "reason": wrong.reason[language]}
            )
    added = record_from(good, by=by, at=at)
    return {"added": added, "unchanged": len(good) - added, "rejected": rejected}
