"""Enquiries of the demo that ended: answered, asked whether that helped, and what people said."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from parvis.casework.enquiries.asking import ask
from parvis.casework.enquiries.giving import give_next
from parvis.casework.enquiries.opening import Asked
from parvis.casework.enquiries.rated import open_question
from parvis.casework.enquiries.rating import RESTS_FOR, ask_all, rate
from parvis.casework.enquiries.sending import send_all
from parvis.casework.enquiries.services import answer
from parvis.casework.enquiries.status import Channel, Score
from parvis.casework.people.selectors import user_by_email
from parvis.jobs.demo.people import ADA, ZOE, Person

_ANSWERED_AFTER = timedelta(hours=5)
_SAID_AFTER = timedelta(hours=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """Who asked what so many days ago, what which agent answered, and what they said of it."""

    days: int
    person: Person
    subject: str
    asked: str
    agent: str
    answer: str
    said: str


_ENDED = (
    Ended(
        days=9,
        person=ADA,
        subject="Paid twice",
        asked="I paid the biometrics fee twice by mistake. Do I have to do anything?",
        agent="oscar@example.org",
        answer="Hello,\n\nThe second payment goes back to the card that it came from. You do not"
        " have to do anything.\n\nThe support centre",
        said="A clear answer, once I had found where to ask.",
    ),
    Ended(
        days=8,
        person=ZOE,
        subject="Ma nouvelle adresse",
        asked="Je déménage le mois prochain. À qui dois-je donner ma nouvelle adresse?",
        agent="odile@example.org",
        answer="Bonjour,\n\nInscrivez-la dans votre compte le jour du déménagement. Tous les"
        " bureaux la verront.\n\nLe centre de soutien",
        said="Réponse rapide et facile à suivre. Merci!",
    ),
)


def end_some(*, now: datetime) -> None:
    """Have each asked, answered, and asked whether that helped; one finds it took some effort."""
    for one in _ENDED:
        _end(one, now - timedelta(days=one.days))


def _end(one: Ended, at: datetime) -> None:
    user, agent = user_by_email(one.person.email or ""), user_by_email(one.agent)
    asked = Asked(
        channel=Channel.FORM,
        address="",
        subject=one.subject,
        said=one.asked,
        language=one.person.language,
    )
    ask(asked=asked, form=f"demo-ended-{one.days}", by=user, at=at)
    answered_at = at + _ANSWERED_AFTER
    given = None if agent is None else give_next(to=agent, at=answered_at)
    if agent is None or given is None:
        return
    answer(conversation=given, words=one.answer, by=agent, at=answered_at)
    send_all(now=lambda: answered_at)
    asked_at = answered_at + RESTS_FOR
    ask_all(at=asked_at)
    send_all(now=lambda: asked_at)
    if (sealed := open_question(given, at=asked_at)) is not None:
        ease = Score.PARTLY if one.person is ADA else Score.YES
        rate(sealed=sealed, solved=Score.YES, ease=ease, words=one.said, at=asked_at + _SAID_AFTER)
