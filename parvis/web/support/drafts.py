"""Drafts of answers, from what the tracker says and what may be said to whom.

Nothing of a file stands in a draft unless it is known who asks: then it is what their page says.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from parvis.casework.applications.selectors import File
from parvis.casework.enquiries.status import SPEAKS_OF_THE_FILE, Proof
from parvis.lib.text import Language, Text
from parvis.programs import loader
from parvis.programs.topics.loader import all_topics
from parvis.programs.topics.schema import AnswerOnFile
from parvis.readers.tracker import file_page, receipts

_HELLO = Text(en="Hello,", fr="Bonjour,")
_ABOUT = Text(
    en="You asked about your application {number} ({program}).",
    fr="Vous avez posé une question sur votre demande {number} ({program}).",
)
_MORE = Text(
    en="Your page has everything that we know, and what comes next: {link}",
    fr="Votre page contient tout ce que nous savons et la suite, ici\N{NO-BREAK SPACE}: {link}",
)
_SIGN_IN = Text(
    en="We do not write about an application in a mail, because anybody could have written to us in"
    " your name. Your account says where it stands, what we received, what you have to do and how"
    " long it takes: {link}\n\nIf it is not in your account yet, you can add it there with its"
    " number.",
    fr="Nous ne donnons pas de renseignements sur une demande par courriel, car n’importe qui"
    " pourrait nous écrire en votre nom. Votre compte indique où elle en est, ce que nous avons"
    " reçu, ce que vous devez faire et combien de temps il faut compter\N{NO-BREAK SPACE}:"
    " {link}\n\nSi elle n’est pas encore dans votre compte, vous pouvez l’y ajouter avec son"
    " numéro.",
)
GOODBYE = Text(en="The support centre", fr="Le centre de soutien")


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer that an agent may send as it is, or change."""

    text: str
    of_file: bool
    """Whether anything of the file stands in it."""


def draft(
    *, file: File | None, topic: str, proof: Proof, language: Language, now: datetime
) -> Draft | None:
    """Return the answer to what is asked, where it is on the file; None where it is not."""
    if _answered_by(topic) is AnswerOnFile.NONE:
        return None
    if file is None or proof not in SPEAKS_OF_THE_FILE:
        link = f"{settings.PARVIS_ADDRESS}/{language}/applications/"
        return Draft(letter([_SIGN_IN[language].format(link=link)], language), of_file=False)
    answer = answer_of(file, topic, language, now)
    if not answer:
        return None
    link = f"{settings.PARVIS_ADDRESS}/{language}/applications/{file.number}/"
    name = loader.program(file.state.program).name[language]
    about = _ABOUT[language].format(number=file.number, program=name)
    said = [about, *answer, _MORE[language].format(link=link)]
    return Draft(letter(said, language), of_file=True)


def answer_of(file: File, topic: str, language: Language, now: datetime) -> list[str]:
    """Return what a file's own page says of what is asked; nothing where it does not answer it."""
    by = _answered_by(topic)
    if by is AnswerOnFile.NONE:
        return []
    page = file_page(file, now)
    if by is AnswerOnFile.RECEIPT_OF_DOCUMENT:
        return [said[language] for said in receipts(page)]
    return [f"{page.headline[language]} {page.turn.sentence[language]}", page.next[language]]


def letter(parts: list[str], language: Language) -> str:
    """Return an answer's parts as one text, with a greeting and a goodbye."""
    return "\n\n".join([_HELLO[language], *parts, GOODBYE[language]])


def _answered_by(topic: str) -> AnswerOnFile:
    known = all_topics().get(topic)
    return AnswerOnFile.NONE if known is None else known.answered_by
