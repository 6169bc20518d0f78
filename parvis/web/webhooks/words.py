"""What facts, deliveries and answers are called to those who look after software."""

from parvis.casework.webhooks.status import TOLD_TO_SOFTWARE, Answer, DeliveryState
from parvis.lib.text import Text

KINDS = {
    "application.received": Text(en="Application received", fr="Demande reçue"),
    "application.acknowledged": Text(en="Receipt confirmed", fr="Accusé de réception envoyé"),
    "application.section-opened": Text(en="Section begun", fr="Étape commencée"),
    "application.section-completed": Text(en="Section finished", fr="Étape terminée"),
    "application.section-exempted": Text(en="Section not needed", fr="Étape non requise"),
    "application.client-asked": Text(en="Something asked for", fr="Document demandé"),
    "application.client-answered": Text(en="Answer received", fr="Réponse reçue"),
    "application.transferred": Text(en="Sent to another office", fr="Transférée à un autre bureau"),
    "application.decided": Text(en="Decided", fr="Décision rendue"),
    "application.withdrawn": Text(en="Withdrawn", fr="Retirée"),
    "application.abandoned": Text(en="Abandoned", fr="Abandonnée"),
    "application.reopened": Text(en="Reopened", fr="Rouverte"),
    "application.date-given": Text(en="Expected date changed", fr="Date prévue modifiée"),
}
STATES = {
    DeliveryState.WAITING: Text(en="Waiting", fr="En attente"),
    DeliveryState.DELIVERED: Text(en="Delivered", fr="Livré"),
    DeliveryState.WITHHELD: Text(en="Withheld: not theirs to see", fr="Retenu : accès non permis"),
    DeliveryState.GIVEN_UP: Text(en="Given up", fr="Abandonné"),
}
_ANSWERS = {
    Answer.TIMEOUT: Text(en="No answer in time", fr="Pas de réponse à temps"),
    Answer.NO_ADDRESS: Text(en="No such server", fr="Serveur introuvable"),
    Answer.INSIDE: Text(en="Address not allowed", fr="Adresse non permise"),
    Answer.NO_CONNECTION: Text(en="No connection", fr="Connexion impossible"),
    Answer.NO_TLS: Text(en="Certificate not valid", fr="Certificat non valide"),
    Answer.GARBAGE: Text(en="Answer not understood", fr="Réponse incompréhensible"),
}
_AGAIN = Text(en="Sent again by a person", fr="Renvoyé par une personne")
if set(KINDS) != TOLD_TO_SOFTWARE:
    raise RuntimeError("every kind of fact that software is told of has a name here, and no other")


def answered(answer: str) -> Text | None:
    """Return how a delivery was answered; None where it was not tried yet."""
    if not answer:
        return None
    if answer == "again":
        return _AGAIN
    if answer.isdigit():
        return Text(en=f"Status {answer}", fr=f"État {answer}")
    return _ANSWERS[Answer(answer)]
