"""Who may do what with enquiries."""

from datetime import date, datetime

from parvis.casework.enquiries.models import Attachment, Conversation
from parvis.casework.enquiries.status import (
    MOVES,
    PROVEN,
    SPEAKS_OF_THE_FILE,
    Scan,
    Status,
    Writing,
)
from parvis.casework.lines.selectors import agent_of, lines_open
from parvis.casework.people.models import User
from parvis.casework.people.policies import Act, ActRefused, asks, check_may, relation_of
from parvis.casework.people.selectors import client_of
from parvis.lib.references import enquiry_number

LONGEST = 20_000
"""Letters of an answer or a note."""


class NotSeen(ActRefused):
    """Something came that the agent was not shown before they acted."""

    def __init__(self) -> None:
        super().__init__(
            "They wrote again meanwhile. Read their new message, then decide anew.",
            "La personne a récrit entre-temps. Lisez son nouveau message, puis décidez de nouveau.",
        )


def check_may_answer(user: User) -> None:
    """Refuse whoever does not answer enquiries."""
    check_may(Act.ANSWER_ENQUIRIES, relation_of(user))


def check_has(conversation: Conversation, user: User) -> None:
    """Refuse an act on an enquiry that somebody else has, or nobody."""
    check_may_answer(user)
    if conversation.status != Status.GIVEN or conversation.agent != user.pk:
        raise ActRefused(
            "You do not have this enquiry any more: it is back in its queue, or with another agent."
            " Leave what you wrote as a note for whoever answers.",
            "Vous n’avez plus cette demande de renseignements\N{NO-BREAK SPACE}: elle est de retour"
            " dans sa file, ou un autre agent s’en occupe. Laissez votre texte en note à qui"
            " répondra.",
        )


def check_seen(conversation: Conversation, seen: int | None) -> None:
    """Refuse to end the turn of whoever was shown fewer messages than came; None saw them all."""
    came = conversation.message_set.filter(writing=Writing.IN).count()
    if seen is not None and seen < came:
        raise NotSeen


def check_is_theirs(conversation: Conversation, user: User) -> None:
    """Refuse whoever is not the client who asked; a mandate is for applications, not for this."""
    check_may(Act.ASK_AGAIN, relation_of(user))
    client = client_of(user)
    known = conversation.client is not None and conversation.proof in PROVEN
    if client is None or not known or conversation.client != client.pk:
        raise ActRefused("There is no such enquiry.", "Cette demande n’existe pas.")
    if conversation.status == Status.MERGED:
        raise ActRefused(
            "This question goes on with another of yours.",
            "Cette question se poursuit avec une autre des vôtres.",
        )


def check_can_move(conversation: Conversation, to: Status) -> None:
    """Refuse a move that does not exist from where an enquiry stands."""
    if to not in MOVES[Status(conversation.status)]:
        raise ActRefused(
            "This cannot be done where this enquiry stands now.",
            "Ce n’est pas possible à l’étape où se trouve cette demande de renseignements.",
        )


def check_answers_on(line: str, user: User) -> None:
    """Refuse whoever does not answer on a line."""
    check_may_answer(user)
    agent = agent_of(user.pk)
    if agent is None or line not in agent.lines:
        raise ActRefused(
            "Choose a line on which you answer.", "Choisissez une ligne sur laquelle vous répondez."
        )


def check_takes_on(line: str, at: datetime) -> None:
    """Refuse to hand anything to a line that takes nothing."""
    if line not in {one.code for one in lines_open(at)}:
        raise ActRefused("This line is not open.", "Cette ligne n’est pas ouverte.")


def check_can_note(contact: str) -> None:
    """Refuse to note a call of the telephone system twice."""
    noted = Conversation.objects.filter(contact=contact).first() if contact else None
    if noted is not None:
        number = enquiry_number(noted.pk)
        raise ActRefused(
            f"This call is noted already, as {number}. Add a note there.",
            f"Cet appel est déjà noté, sous le numéro {number}. Ajoutez-y une note.",
        )


def check_of_one_person(one: Conversation, other: Conversation) -> None:
    """Refuse to make one of what two people asked, or what nobody knows who asked."""
    known = one.client is not None and one.client == other.client
    written = bool(one.address) and one.address == other.address
    if (one.client and other.client and not known) or not (known or written):
        raise ActRefused(
            "These enquiries are of two people.",
            "Ces demandes de renseignements viennent de deux personnes.",
        )


def day_to_come(on: date | None, due_at: datetime | None, at: datetime) -> tuple[date, datetime]:
    """Return a day that is to come, and its moment; refuse another, and none."""
    if on is None or due_at is None or due_at <= at:
        raise ActRefused("Choose a day to come.", "Choisissez un jour à venir.")
    return on, due_at


def checked_words(words: str) -> str:
    """Return words as they are kept; refuse none, and too many."""
    words = words.strip().replace("\r\n", "\n").replace("\0", "")
    if not words:
        raise ActRefused("Write something first.", "Écrivez d’abord quelque chose.")
    if len(words) > LONGEST:
        raise ActRefused(
            f"This is longer than {LONGEST:,} letters.",
            f"Ce texte dépasse {LONGEST:,} caractères.".replace(",", "\N{NO-BREAK SPACE}"),
        )
    return words


def check_can_file(conversation: Conversation, attachment: Attachment) -> None:
    """Refuse to hand on a document that nobody may open, or of which nobody knows whose it is."""
    if conversation.application is None or conversation.proof not in SPEAKS_OF_THE_FILE:
        raise ActRefused(
            "Check who wrote this, and link the enquiry to an application first.",
            "Vérifiez d’abord qui a écrit, puis rattachez la demande de renseignements à un"
            " dossier.",
        )
    if attachment.scan != Scan.CLEAN or not attachment.media_type:
        raise ActRefused(
            "It cannot be handed on: it is not a clean PDF, JPEG or PNG file.",
            "Il ne peut pas être transmis : ce n’est pas un PDF, JPEG ou PNG sain.",
        )
    if attachment.filed_to is not None:
        raise ActRefused("This document was handed on already.", "Ce document a déjà été transmis.")


has = asks(check_has)
is_theirs = asks(check_is_theirs)
can_move = asks(check_can_move)
