"""What keys, their states and what they are for are called."""

from parvis.casework.keys.status import KeyState
from parvis.casework.people.policies import Act
from parvis.lib.text import Text

STATES = {
    KeyState.GOOD: Text(en="In use", fr="En service"),
    KeyState.EXPIRED: Text(en="Expired", fr="Échue"),
    KeyState.REVOKED: Text(en="Revoked", fr="Révoquée"),
}
ACTS = {
    Act.SEE: Text(en="Read applications", fr="Lire les demandes"),
    Act.SEE_NOTES: Text(en="Read officers’ notes", fr="Lire les notes des agents"),
    Act.ANSWER: Text(en="Answer our requests", fr="Répondre à nos demandes de documents"),
    Act.OPEN_FIGURES: Text(
        en="See the files behind figures", fr="Voir les dossiers derrière les chiffres"
    ),
    Act.RECORD_CONTACTS: Text(
        en="Tell us of calls, as a telephone system",
        fr="Nous signaler les appels, pour un système téléphonique",
    ),
}
"""What a key can be chosen for; to find files goes with reading them."""
