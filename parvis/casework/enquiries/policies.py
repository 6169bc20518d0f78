"""Who may do what with enquiries."""

from parvis.casework.enquiries.models import Attachment, Conversation
from parvis.casework.enquiries.status import MOVES, PROVEN, SPEAKS_OF_THE_FILE, Scan, Status
from parvis.casework.people.models import User
from parvis.casework.people.policies import Act, ActRefused, asks, check_may, relation_of
from parvis.casework.people.selectors import client_of


def check_may_answer(user: User) -> None:
    """Refuse whoever does not answer enquiries."""
    check_may(Act.ANSWER_ENQUIRIES, relation_of(user))


def check_has(conversation: Conversation, user: User) -> None:
    """Refuse an act on an enquiry that somebody else has, or nobody."""
    check_may_answer(user)
    if conversation.status != Status.GIVEN or conversation.agent != user.pk:
        raise ActRefused(
            "You do not have this enquiry any more. Open it again from your list.",
            "Vous n’avez plus cette demande de renseignements. Rouvrez-la à partir de votre liste.",
        )


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
