"""The words for how enquiries stand."""

from collections.abc import Mapping

from parvis.casework.enquiries.status import Channel, Proof, Scan, Score, Status
from parvis.lib.text import Text
from parvis.programs.topics.loader import all_topics

STATUSES: Mapping[Status, Text] = {
    Status.WAITING: Text(en="Waiting", fr="En attente"),
    Status.GIVEN: Text(en="With an agent", fr="Avec un agent"),
    Status.ANSWERED: Text(en="Answered", fr="Réponse donnée"),
    Status.LATER: Text(en="For later", fr="Pour plus tard"),
    Status.CLOSED: Text(en="Closed", fr="Fermée"),
    Status.MERGED: Text(en="Part of another", fr="Jointe à une autre"),
}
CHANNELS: Mapping[Channel, Text] = {
    Channel.EMAIL: Text(en="E-mail", fr="Courriel"),
    Channel.FORM: Text(en="Web form", fr="Formulaire Web"),
    Channel.PHONE: Text(en="Phone", fr="Téléphone"),
    Channel.WALK_IN: Text(en="In person", fr="En personne"),
}
LANGUAGES: Mapping[str, Text] = {
    "en": Text(en="English", fr="Anglais"),
    "fr": Text(en="French", fr="Français"),
}
MAY_SAY: Mapping[Proof, Text] = {
    Proof.NONE: Text(
        en="It is not known who asks. Say nothing of any application, not even that there is one.",
        fr="On ne sait pas qui demande. Ne dites rien d’aucun dossier, pas même qu’il existe.",
    ),
    Proof.NUMBER: Text(
        en="They gave the number and the name of an application, and no more: others know these,"
        " too. Say nothing of the application; send them to their account.",
        fr="La personne n’a donné que le numéro et le nom d’un dossier, que d’autres connaissent"
        " aussi. Ne dites rien du dossier et renvoyez au compte.",
    ),
    Proof.MAIL: Text(
        en="The address is this client’s and the mail is genuine, but anybody may sit at their"
        " computer. Say nothing of the application; send them to their account.",
        fr="L’adresse est celle de ce client et le courriel est authentique, mais n’importe qui"
        " peut être à son ordinateur. Ne dites rien du dossier et renvoyez au compte.",
    ),
    Proof.SIGNED_IN: Text(
        en="They were signed in when they wrote. You may say what their own page says.",
        fr="La personne avait ouvert une session. Vous pouvez dire ce que dit sa propre page.",
    ),
    Proof.AGENT: Text(
        en="An agent checked who they are. You may say what their own page says.",
        fr="Un agent a vérifié son identité. Vous pouvez dire ce que dit sa propre page.",
    ),
}
SCANS: Mapping[Scan, Text] = {
    Scan.WAITING: Text(
        en="Not looked at for viruses yet; nobody can open it.",
        fr="Pas encore analysé\N{NO-BREAK SPACE}; personne ne peut l’ouvrir.",
    ),
    Scan.CLEAN: Text(en="No virus was found.", fr="Aucun virus trouvé."),
    Scan.HARMFUL: Text(
        en="A virus was found; nobody can open it.",
        fr="Un virus a été trouvé\N{NO-BREAK SPACE}; personne ne peut l’ouvrir.",
    ),
    Scan.UNKNOWN: Text(
        en="It could not be looked at; nobody can open it here.",
        fr="Il n’a pas pu être analysé\N{NO-BREAK SPACE}; personne ne peut l’ouvrir ici.",
    ),
}
SOLVED: Mapping[Score, Text] = {
    Score.YES: Text(en="Yes, all of it", fr="Oui, entièrement"),
    Score.PARTLY: Text(en="Partly", fr="En partie"),
    Score.NO: Text(en="No", fr="Non"),
}
"""Whether we answered what they asked."""
EASE: Mapping[Score, Text] = {
    Score.YES: Text(en="Yes, it was easy", fr="Oui, c’était facile"),
    Score.PARTLY: Text(en="It took some effort", fr="Il a fallu un certain effort"),
    Score.NO: Text(en="No, it was hard", fr="Non, c’était difficile"),
}
"""Whether the answer was easy to get."""
NO_TOPIC = Text(en="Not recognised", fr="Non reconnu")


def topic_name(code: str) -> Text:
    """Return what a topic is called; its code where it is one no more."""
    if not code:
        return NO_TOPIC
    known = all_topics().get(code)
    return known.name if known else Text(en=code, fr=code)
