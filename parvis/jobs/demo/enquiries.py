"""What waits in the demo’s support centre: mails of strangers, and questions of clients."""

from datetime import datetime, timedelta

from parvis.casework.enquiries.asking import ask
from parvis.casework.enquiries.giving import give_next
from parvis.casework.enquiries.mails import Incoming
from parvis.casework.enquiries.opening import Asked
from parvis.casework.enquiries.receiving import Sort, take_in
from parvis.casework.enquiries.services import add_note, answer
from parvis.casework.enquiries.status import Channel, Sender
from parvis.casework.people.selectors import user_by_email
from parvis.jobs.demo.people import ADA, ZOE

_TO = "enquiries@example.org"
# Hours before now, from whom, to which line, about what, and in their words.
_MAILS = (
    (
        70,
        "pat@example.net",
        _TO,
        "Study permit",
        (
            "Hello, I applied for a study permit in September and have heard nothing. Where "
            "is my file? My classes begin soon."
        ),
    ),
    (
        51,
        "claire@example.net",
        _TO,
        "Données biométriques",
        (
            "Bonjour, j’ai reçu la lettre pour les données biométriques mais je ne trouve pas "
            "de rendez-vous avant l’échéance. Que faire?"
        ),
    ),
    (
        30,
        "ravi@example.net",
        _TO,
        "Passport request",
        (
            "Dear officer, my application was approved. Where do I send my passport, and how "
            "long will it take?"
        ),
    ),
    (
        26,
        "yuki@example.net",
        _TO,
        "Change of address",
        "I moved to Halifax last week. How do I tell you my new address?",
    ),
    (
        20,
        "amine@example.net",
        _TO,
        "Remboursement",
        ("J’ai payé les frais deux fois par erreur. Pouvez-vous me rembourser le second paiement?"),
    ),
    (
        9,
        "oksana@example.net",
        "ukraine@example.org",
        "My parents",
        "My parents have left Kharkiv. Can their visitor visas be looked at urgently?",
    ),
    (
        5,
        "leila@example.net",
        "israel-west-bank-gaza@example.org",
        "Family in Gaza",
        (
            "My brother and his children are in Gaza. Which program can they apply for, and "
            "how do I register them?"
        ),
    ),
    (
        3,
        "office@example.net",
        _TO,
        "Constituent",
        (
            "The member of Parliament asks where the application of a constituent stands. The "
            "consent form is on its way."
        ),
    ),
    (
        1,
        "pat@example.net",
        _TO,
        "Study permit",
        "Me again. My school wants an answer by Friday.",
    ),
)


def write_in(*, now: datetime) -> int:
    """Have everybody write in, and an agent answer one; return how many enquiries that made."""
    made = 0
    for hours, address, to, subject, text in _MAILS:
        at = now - timedelta(hours=hours)
        mail = Incoming(
            message_id=f"demo.{hours}@example.net",
            sender=Sender.PERSON,
            address=address,
            vouched=True,
            to=(to,),
            subject=subject,
            text=text,
            refers_to=("demo.70@example.net",) if hours == 1 else (),
            attached=(),
            whole=text.encode(),
        )
        made += take_in([mail], at=at)[Sort.NEW]
    for person, said in (
        (ADA, "My application has been in background checks for months. Is something missing?"),
        (ZOE, "Avez-vous bien reçu le document que j’ai envoyé la semaine dernière?"),
    ):
        user = user_by_email(person.email or "")
        asked = Asked(
            channel=Channel.FORM, address="", subject="", said=said, language=person.language
        )
        ask(asked=asked, form=f"demo-{person.email}", by=user, at=now - timedelta(hours=6))
        made += 1
    _answer_one(now)
    return made


def _answer_one(now: datetime) -> None:
    """Have an agent on the general line answer what was promised first."""
    oscar, at = user_by_email("oscar@example.org"), now - timedelta(minutes=40)
    found = None if oscar is None else give_next(to=oscar, at=at)
    if oscar is None or found is None:
        return
    add_note(conversation=found, words="Called the school; they wait.", by=oscar, at=at)
    answer(
        conversation=found,
        words="Hello,\n\nWe do not write about an application in a mail. Your account says where it"
        " stands.\n\nThe support centre",
        by=oscar,
        at=at + timedelta(minutes=8),
    )
