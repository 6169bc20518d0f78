"""Who may answer a request, and when. The reasons are told to the client as they stand."""

from parvis.casework.applications.state import Request, State
from parvis.casework.applications.status import ENDINGS
from parvis.casework.people.policies import Act, ActRefused, Relation, asks, may


def latest_request(state: State, document: str) -> Request | None:
    """Return the request for a document that counts: the open one, or else the last."""
    asked = [request for request in state.requests if request.document == document]
    return max(asked, key=lambda one: (one.is_open, one.asked_at), default=None)


def check_may_answer(relation: Relation) -> None:
    """Refuse everybody but the client of the file and who may answer in their place."""
    if not may(Act.ANSWER, relation):
        raise ActRefused(
            "Only the client of this application, or their representative, can answer.",
            "Seul le client de cette demande, ou son représentant, peut répondre.",
        )


def check_can_answer(state: State, document: str, relation: Relation) -> None:
    """Refuse whoever may not answer, and what is not open."""
    check_may_answer(relation)
    check_is_asked_for(state, document)


def check_is_asked_for(state: State, document: str) -> None:
    """Refuse what nobody waits for."""
    if state.status in ENDINGS:
        raise ActRefused(
            "Your application is closed. You can no longer answer.",
            "Votre demande est fermée. Vous ne pouvez plus répondre.",
        )
    request = latest_request(state, document)
    if request is None:
        raise ActRefused("We did not ask you for this.", "Nous ne vous avons pas demandé cela.")
    if request.answered_at is not None:
        raise ActRefused(
            "You already answered this. You do not need to send anything.",
            "Vous avez déjà répondu. Vous n’avez rien à envoyer.",
        )
    if request.lapsed_at is not None:
        raise ActRefused(
            "We no longer need this. You do not need to send anything.",
            "Nous n’en avons plus besoin. Vous n’avez rien à envoyer.",
        )


can_answer = asks(check_can_answer)
