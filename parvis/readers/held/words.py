"""Who did and who looked, in plain words: a role, never a name."""

from parvis.casework.applications.selectors import File
from parvis.casework.people.policies import Act, Capacity
from parvis.casework.people.roles import Role
from parvis.lib.text import Text
from parvis.readers.held.page import Doer

DOERS = {
    Doer.YOU: Text(en="You", fr="Vous"),
    Doer.ADULT: Text(
        en="Another adult on the application", fr="Un autre adulte visé par la demande"
    ),
    Doer.REPRESENTATIVE: Text(en="Your representative", fr="Votre représentant"),
    Doer.AGENT: Text(en="An agent of our support centre", fr="Un agent du centre de soutien"),
    Doer.OFFICER: Text(en="An officer", fr="Un agent"),
    Doer.SUPERVISOR: Text(en="A supervisor", fr="Un superviseur"),
    Doer.STAFF: Text(en="Somebody who works here", fr="Un membre de notre personnel"),
    Doer.SYSTEM: Text(en="Our system", fr="Notre système"),
    Doer.OTHER_SYSTEM: Text(en="Another system", fr="Un autre système"),
}
DOER_OF = {
    Role.PERSON: Doer.ADULT,
    Role.AGENT: Doer.AGENT,
    Role.OFFICER: Doer.OFFICER,
    Role.SUPERVISOR: Doer.SUPERVISOR,
}
"""Of whoever acted without a mandate and is not "you"."""
_LOOKERS = {
    Capacity.CLIENT: DOERS[Doer.ADULT],
    Capacity.REPRESENTATIVE: DOERS[Doer.REPRESENTATIVE],
    Capacity.THIRD_PARTY: Text(
        en="Somebody you let be informed", fr="Une personne que vous laissez s’informer"
    ),
    Capacity.PARLIAMENT: Text(
        en="The office of a member of Parliament", fr="Le bureau d’un parlementaire"
    ),
    Capacity.AGENT: DOERS[Doer.AGENT],
    Capacity.OFFICER: DOERS[Doer.OFFICER],
    Capacity.SUPERVISOR: DOERS[Doer.SUPERVISOR],
    Capacity.SYSTEM: Text(en="Another system of ours", fr="Un autre de nos systèmes"),
    Capacity.HOUSE: Text(
        en="Somebody who runs our systems", fr="Une personne qui gère nos systèmes"
    ),
}
_DID = {
    Act.SEE: Text(en="read your application", fr="a consulté votre demande"),
    Act.SEE_NOTES: Text(
        en="read your application and our notes", fr="a consulté votre demande et nos notes"
    ),
    Act.READ_SENT: Text(
        en="opened a document that you sent", fr="a ouvert un document que vous avez envoyé"
    ),
    Act.ANSWER: Text(en="answered in your place", fr="a répondu à votre place"),
    Act.TAKE_ALONG: Text(en="made a copy of your whole file", fr="a copié tout votre dossier"),
}
_YOU_TOOK = Text(
    en="You downloaded a copy of your whole file.",
    fr="Vous avez téléchargé une copie de tout votre dossier.",
)
_OPENED = Text(en="opened your application", fr="a ouvert votre demande")


def reader_of(file: File) -> int | None:
    """Return the user whom "you" means: who asked, or its client where we make it for the mail."""
    return file.user if file.reader is None else file.reader


def looked(capacity: Capacity, act: Act, *, by_reader: bool) -> Text:
    """Return that somebody looked, as a sentence."""
    if capacity is Capacity.CLIENT and by_reader:
        return _YOU_TOOK
    who, did = _LOOKERS.get(capacity, DOERS[Doer.STAFF]), _DID.get(act, _OPENED)
    return Text(en=f"{who.en} {did.en}.", fr=f"{who.fr} {did.fr}.")


def plural(count: int, en: tuple[str, str], fr: tuple[str, str]) -> Text:
    """Return so many of something; French counts nought as one."""
    space = "\N{NO-BREAK SPACE}"
    return Text(
        en=f"{count:,} {en[count != 1]}", fr=f"{count:,} {fr[count > 1]}".replace(",", space)
    )
