"""What mandates, their states and what they are for are called."""

from parvis.casework.mandates.status import MandateKind, MandateState
from parvis.casework.people.policies import Act, Capacity, Relation
from parvis.lib.text import Text
from parvis.programs.vocabulary import Turn

KINDS = {
    MandateKind.REPRESENTATIVE: Text(en="Representative", fr="Représentant"),
    MandateKind.THIRD_PARTY: Text(en="Third party", fr="Tiers"),
    MandateKind.PARLIAMENT: Text(en="Parliamentary office", fr="Bureau parlementaire"),
}
EXPLAINED = {
    MandateKind.REPRESENTATIVE: Text(
        en="Acts for you, and gets what we send you (form IMM 5476).",
        fr="Agit pour vous et reçoit ce que nous vous envoyons (formulaire IMM 5476).",
    ),
    MandateKind.THIRD_PARTY: Text(
        en="Reads your application, and does nothing for you (form IMM 5475).",
        fr="Lit votre demande, sans rien faire pour vous (formulaire IMM 5475).",
    ),
    MandateKind.PARLIAMENT: Text(
        en="The office of a member of Parliament or a senator reads your application.",
        fr="Le bureau d’un député ou d’un sénateur lit votre demande.",
    ),
}
STATES = {
    MandateState.OFFERED: Text(en="Waiting for an answer", fr="En attente d’une réponse"),
    MandateState.UPCOMING: Text(en="Not begun yet", fr="Pas encore commencé"),
    MandateState.IN_FORCE: Text(en="In force", fr="En vigueur"),
    MandateState.DECLINED: Text(en="Declined", fr="Refusé"),
    MandateState.ENDED: Text(en="Ended", fr="Terminé"),
    MandateState.EXPIRED: Text(en="Expired", fr="Échu"),
}
ACTS = {
    Act.SEE: Text(en="Read the application", fr="Lire la demande"),
    Act.READ_SENT: Text(en="Open the documents that were sent", fr="Ouvrir les documents envoyés"),
    Act.ANSWER: Text(en="Answer our requests", fr="Répondre à nos demandes de documents"),
}
DID = {
    Act.SEE: Text(en="read the application", fr="a lu la demande"),
    Act.READ_SENT: Text(en="opened a document", fr="a ouvert un document"),
    Act.ANSWER: Text(en="answered a request", fr="a répondu à une demande de document"),
}
TURNS = {
    Turn.CLIENT: Text(en="The client’s turn", fr="Au tour du client"),
    Turn.DEPARTMENT: Text(en="Our turn", fr="À notre tour"),
    Turn.PARTNER: Text(en="Our partner’s turn", fr="Au tour de notre partenaire"),
    Turn.NOBODY: Text(en="Finished", fr="Terminé"),
}
_AS = {
    Capacity.REPRESENTATIVE: Text(en="their representative", fr="représentant"),
    Capacity.THIRD_PARTY: Text(en="a third party", fr="tiers"),
    Capacity.PARLIAMENT: Text(en="a parliamentary office", fr="bureau parlementaire"),
}


def comes_as(relation: Relation, name: str | None) -> Text | None:
    """Return whose application somebody sees, and as what; None where they hold no mandate."""
    capacity = _AS.get(relation.capacity)
    if capacity is None:
        return None
    name = name or "–"
    return Text(
        en=f"You see the application of {name} as {capacity.en}."
        " On this page, “you” means the client.",
        fr=f"Vous voyez la demande de {name} à titre de {capacity.fr}."
        " Sur cette page, «\N{NO-BREAK SPACE}vous\N{NO-BREAK SPACE}» désigne le client.",
    )
