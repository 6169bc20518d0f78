"""What was sent about a file: when, by which way, of what, and what became of it."""

from zoneinfo import ZoneInfo

from parvis.casework.notices.selectors import Sent, sent_on
from parvis.casework.notices.status import State, Way
from parvis.lib.dates import day_of, moment
from parvis.lib.text import Text
from parvis.programs.vocabulary import NoticeKind
from parvis.readers.held.page import MessageLine

_WAYS = {
    Way.EMAIL: Text(en="An e-mail", fr="Un courriel"),
    Way.TEXT: Text(en="A text message", fr="Un message texte"),
}
_OF = {
    NoticeKind.RECEIVED: Text(en="that we received it", fr="la réception"),
    NoticeKind.REQUEST: Text(en="a request", fr="une demande de notre part"),
    NoticeKind.REQUEST_UNDATED: Text(en="a request", fr="une demande de notre part"),
    NoticeKind.REMINDER: Text(en="a reminder", fr="un rappel"),
    NoticeKind.SECTION: Text(en="a finished section", fr="une étape terminée"),
    NoticeKind.DATE_LATER: Text(en="a later date", fr="une date repoussée"),
    NoticeKind.DATE_SOONER: Text(en="an earlier date", fr="une date avancée"),
    NoticeKind.DATE_WORKED_ON: Text(en="a new date", fr="une nouvelle date"),
    NoticeKind.DECISION: Text(en="a decision", fr="une décision"),
    NoticeKind.CLOSED: Text(en="that we closed it", fr="la fermeture"),
    NoticeKind.MANDATE_GIVEN: Text(en="a mandate given", fr="un mandat donné"),
    NoticeKind.MANDATE_ENDED: Text(en="a mandate ended", fr="la fin d’un mandat"),
}
_INSTEAD = Text(en=", to your representative", fr=", à votre représentant")
_WAITING = Text(en="It has not left yet.", fr="Il n’est pas encore parti.")
_SENT = Text(en="A server took it.", fr="Un serveur l’a accepté.")


def messages_on(application: int, zone: ZoneInfo) -> tuple[MessageLine, ...]:
    """Return what was sent about a file, the latest first, in two queries."""
    return tuple(
        MessageLine(
            id=one.id,
            at=moment(one.at, zone),
            way=one.way,
            sentence=_sentence(one),
            state=one.state,
            became=_became(one, zone),
        )
        for one in sent_on(application)
    )


def _sentence(one: Sent) -> Text:
    way, instead = _WAYS[one.way], one.instead
    en = ", ".join(dict.fromkeys(_OF[kind].en for kind in one.kinds))
    fr = ", ".join(dict.fromkeys(_OF[kind].fr for kind in one.kinds))
    return Text(
        en=f"{way.en}{_INSTEAD.en if instead else ''}: {en}.",
        fr=f"{way.fr}{_INSTEAD.fr if instead else ''}\N{NO-BREAK SPACE}: {fr}.",
    )


def _became(one: Sent, zone: ZoneInfo) -> Text:
    if one.state is State.RETURNED and one.returned_at is not None:
        on = day_of(one.returned_at, zone).text
        return Text(en=f"It came back on {on.en}.", fr=f"Il nous est revenu le {on.fr}.")
    if one.state is State.OPENED and one.opened_at is not None:
        on = day_of(one.opened_at, zone).text
        return Text(
            en=f"Opened by signing in on {on.en}.", fr=f"Ouvert par une connexion le {on.fr}."
        )
    return _WAITING if one.state is State.WAITING else _SENT
