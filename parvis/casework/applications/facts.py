"""What can happen to an application."""

from dataclasses import dataclass
from datetime import date

from parvis.casework.events.facts import Fact
from parvis.programs.vocabulary import Outcome


@dataclass(frozen=True, kw_only=True)
class Received(Fact):
    """The application arrived. `client` is the client's subject id, `number` another system's."""

    KIND = "application.received"
    program: str
    client: int | None = None
    office: str | None = None
    number: str | None = None


@dataclass(frozen=True, kw_only=True)
class Acknowledged(Fact):
    """We told the client that the application is complete and being processed."""

    KIND = "application.acknowledged"


@dataclass(frozen=True, kw_only=True)
class StepRecorded(Fact):
    """Work was done that our acts do not name; with a section, it was work on that section."""

    KIND = "application.step-recorded"
    section: str | None = None


@dataclass(frozen=True, kw_only=True)
class SectionOpened(Fact):
    """Review of a section began, or began again."""

    KIND = "application.section-opened"
    section: str


@dataclass(frozen=True, kw_only=True)
class SectionCompleted(Fact):
    """Review of a section ended."""

    KIND = "application.section-completed"
    section: str


@dataclass(frozen=True, kw_only=True)
class SectionExempted(Fact):
    """The client need not complete a section."""

    KIND = "application.section-exempted"
    section: str


@dataclass(frozen=True, kw_only=True)
class ClientAsked(Fact):
    """We asked the client for a document. The rule on the clock is the program's of that day."""

    KIND = "application.client-asked"
    document: str
    stops_clock: bool
    section: str | None = None
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ClientAnswered(Fact):
    """The client gave what we asked for.

    `files` are the SHA-256 digests of what they sent, in order; `done_on` is the day of a visit;
    `mandate` is the one under which somebody answered in their place.
    """

    KIND = "application.client-answered"
    document: str
    files: tuple[str, ...] | None = None
    done_on: date | None = None
    mandate: int | None = None


@dataclass(frozen=True, kw_only=True)
class AdultAdded(Fact):
    """Another adult is on the application, who sees it and consents for themselves."""

    KIND = "application.adult-added"
    client: int


@dataclass(frozen=True, kw_only=True)
class AdultRemoved(Fact):
    """An adult is on the application no longer, or never should have been; they see it no more."""

    KIND = "application.adult-removed"
    client: int


@dataclass(frozen=True, kw_only=True)
class Transferred(Fact):
    """The file went to another office; at a partner's, the turn is theirs."""

    KIND = "application.transferred"
    office: str
    partner: bool = False


@dataclass(frozen=True, kw_only=True)
class Decided(Fact):
    """An officer decided."""

    KIND = "application.decided"
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class Withdrawn(Fact):
    """The client took the application back."""

    KIND = "application.withdrawn"


@dataclass(frozen=True, kw_only=True)
class Abandoned(Fact):
    """We closed the file because the client did not answer."""

    KIND = "application.abandoned"


@dataclass(frozen=True, kw_only=True)
class Reopened(Fact):
    """Work on a closed file began again."""

    KIND = "application.reopened"


@dataclass(frozen=True, kw_only=True)
class DateGiven(Fact):
    """We told the client by when files like theirs are decided: a promise, kept or not.

    Half of them by `half_on`, four in five by `most_on`; `dots` are the days from receipt by which
    2.5 %, 7.5 % … 97.5 % are. It rests on two counts: of `reached` files of the last year that
    waited as long, `decided` were. `unsure` where decisions had just become slower.
    """

    KIND = "application.date-given"
    half_on: date
    most_on: date
    dots: tuple[int, ...]
    reached: int
    decided: int
    unsure: bool = False
