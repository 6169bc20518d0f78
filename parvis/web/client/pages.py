"""What each page holds, frozen, before a template sees it."""

from datetime import datetime
from itertools import groupby
from operator import attrgetter

from parvis.lib.dates import day, month_of
from parvis.lib.text import Text
from parvis.lib.values import value
from parvis.programs.vocabulary import SectionStatus
from parvis.readers.held.page import HeldPage
from parvis.readers.tracker import FileLine, FilePage, dotplot_of
from parvis.readers.tracker.page import HistoryLine
from parvis.web.client.picture import Picture, picture_of

_MOST_SECTIONS = 10
_month = attrgetter("on.on.year", "on.on.month")


@value()
class ApplicationsPage:
    """A client's files."""

    files: tuple[FileLine, ...]
    holds: bool
    """Whether they hold a mandate of somebody else's, too."""
    offered: bool
    """Whether a mandate waits for their answer."""


@value()
class SearchPage:
    """An officer's search by number: what was typed, and the files with that number."""

    number: str
    files: tuple[FileLine, ...]
    lists: bool
    """Whether they look for people whom nothing reaches."""


@value()
class Month:
    """What happened in one month."""

    name: Text
    lines: tuple[HistoryLine, ...]


@value()
class ApplicationPage:
    """One file, its history by month, newest first."""

    file: FilePage
    stops: tuple[SectionStatus, ...]
    """The way from receipt to decision, a stop a section; none of a closed file."""
    progress: Text
    answerable: bool
    """Whether whoever looks may answer for the client."""
    takeable: bool
    """Whether whoever looks may read and take along all that is held on it."""
    picture: Picture | None
    """When files like it are decided, or how long decided ones took; none where neither is known,
    or this one is decided."""
    months: tuple[Month, ...]
    news: Text | None
    """How much is new since the last visit; none on a first one."""
    comes_as: Text | None
    """Whose application it is, for who sees it by a mandate."""
    as_holder: bool
    unreached: Text | None
    """That nothing which we send arrives; none where it does."""
    ask: str | None
    """The document whose answer they are asked about, this once."""


@value()
class WholeFilePage:
    """All that is held on a file, and the short name of the key that its archive is signed with."""

    held: HeldPage
    key: str


def application_page(  # noqa: PLR0913 - a page of what several rooms know
    file: FilePage,
    *,
    answerable: bool,
    takeable: bool = False,
    since: datetime | None = None,
    comes_as: Text | None = None,
    unreached: bool = False,
    ask: str | None = None,
) -> ApplicationPage:
    """Return the page of a file with its history by month; `since` is the reader's last visit."""
    months = [tuple(lines) for _, lines in groupby(file.history, key=_month)]
    return ApplicationPage(
        file,
        stops=_stops(file),
        progress=_progress([section.status.code for section in file.sections]),
        answerable=answerable,
        takeable=takeable,
        picture=picture_of(dotplot_of(file)),
        months=tuple([Month(month_of(lines[0].on.on), lines) for lines in months]),
        news=None if since is None else _news(file, since),
        comes_as=comes_as,
        as_holder=comes_as is not None,
        ask=ask,
        unreached=_unreached(own=takeable) if unreached else None,
    )


def _unreached(*, own: bool) -> Text:
    """Return that nothing reaches a client, to them or to somebody else."""
    if own:
        return Text(
            en="Our messages to you came back. You find everything here.",
            fr="Nos messages nous sont revenus. Tout se trouve ici.",
        )
    return Text(
        en="Our messages to this client came back, and no other way is left.",
        fr="Nos messages à ce client nous sont revenus, et aucun autre moyen ne reste.",
    )


def _news(file: FilePage, since: datetime) -> Text:
    """Return how much is new since a visit, whose day is told where the department is."""
    zone = file.history[0].at.tzinfo if file.history else since.tzinfo
    on = day(since.astimezone(zone).date()).text
    new = sum(line.new for line in file.history)
    if not new:
        return Text(
            en=f"Nothing is new since your last visit on {on.en}.",
            fr=f"Rien de nouveau depuis votre dernière visite, le {on.fr}.",
        )
    return Text(
        en=f"{new} {'thing is' if new == 1 else 'things are'} new"
        f" since your last visit on {on.en}.",
        fr=f"{new} {'élément nouveau' if new == 1 else 'éléments nouveaux'}"
        f" depuis votre dernière visite, le {on.fr}.",
    )


def _stops(file: FilePage) -> tuple[SectionStatus, ...]:
    """Return a mark for the receipt, for each section in the program's order, and for the end.

    None where more sections than a phone's screen has room for would have to be told apart.
    """
    if file.closed_on or not 0 < len(file.sections) <= _MOST_SECTIONS:
        return ()
    sections = (section.status.code for section in file.sections)
    return (SectionStatus.COMPLETED, *sections, SectionStatus.NOT_STARTED)


def _progress(statuses: list[SectionStatus]) -> Text:
    needed = [status for status in statuses if status is not SectionStatus.EXEMPTED]
    done, of = needed.count(SectionStatus.COMPLETED), len(needed)
    if done == 0:
        return Text(
            en=f"None of {of} sections is finished yet.",
            fr=f"Aucune des {of} étapes n’est terminée.",
        )
    return Text(
        en=f"{done} of {of} sections {'is' if done == 1 else 'are'} finished.",
        fr=f"{done} étape{'s' * (done > 1)} sur {of} {'est' if done == 1 else 'sont'}"
        f" terminée{'s' * (done > 1)}.",
    )
