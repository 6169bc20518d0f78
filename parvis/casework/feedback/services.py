"""Taking down how a task went."""

from datetime import datetime

from django.db import transaction

from parvis.casework.applications.facts import ClientAnswered
from parvis.casework.applications.selectors import File, relation_to
from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind
from parvis.casework.feedback.facts import TaskRated
from parvis.casework.feedback.models import Rating
from parvis.casework.feedback.status import Ease
from parvis.casework.people.models import User
from parvis.casework.people.policies import Act, ActRefused, check_may


@transaction.atomic
def rate_task(*, file: File, document: str, ease: Ease, by: User, at: datetime) -> bool:
    """Take down how answering a request went; tell whether it had not been said before.

    Raises `ActRefused` for whoever may not answer, and where nothing was answered by them.
    """
    check_may(Act.ANSWER, relation_to(file.id, by, at=at))
    task = _task(file.id, document, by)
    client = file.state.client
    if task is None or client is None:
        raise ActRefused("You did not answer this.", "Vous n’avez pas répondu à cela.")
    _, new = Rating.objects.get_or_create(
        application=file.id, task=task, defaults={"ease": ease, "at": at}
    )
    if new:
        fact = TaskRated(application=file.id, task=task, ease=ease)
        log.append(client, [fact], kind=SubjectKind.CLIENT, by=by.ref, at=at)
    return new


def _task(application: int, document: str, by: User) -> int | None:
    """Return the number of the fact that last answered a request, where it was theirs."""
    found = [
        one
        for one in log.history(application)
        if isinstance(one.fact, ClientAnswered) and one.fact.document == document
    ]
    return found[-1].seq if found and found[-1].by == by.ref else None
