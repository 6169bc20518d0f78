"""The life of an application as two tables: which moves exist, and whose turn each status is."""

from parvis.programs.vocabulary import Outcome, SectionStatus, Status, Turn

ENDINGS = {
    Status.APPROVED,
    Status.REFUSED,
    Status.WITHDRAWN,
    Status.ABANDONED,
    Status.CLOSED,
}
WORKING = {
    Status.RECEIVED,
    Status.IN_PROGRESS,
    Status.WAITING_ON_CLIENT,
    Status.WITH_PARTNER,
}

_FROM_WORK = frozenset(
    {Status.IN_PROGRESS, Status.WAITING_ON_CLIENT, Status.WITH_PARTNER, Status.DORMANT} | ENDINGS
)
MOVES: dict[Status, frozenset[Status]] = {
    Status.RECEIVED: _FROM_WORK,
    Status.IN_PROGRESS: _FROM_WORK,
    # Who has been asked is not forgotten: the file waits, it does not fall asleep.
    Status.WAITING_ON_CLIENT: _FROM_WORK - {Status.DORMANT},
    Status.WITH_PARTNER: _FROM_WORK,
    # Anything that happens wakes a dormant file; until then it stands where it fell asleep.
    Status.DORMANT: _FROM_WORK - {Status.DORMANT} | {Status.RECEIVED},
    # Reopened, it goes on where it is.
    **dict.fromkeys(ENDINGS, frozenset({Status.IN_PROGRESS, Status.WITH_PARTNER})),
}

TURN: dict[Status, Turn] = {
    Status.RECEIVED: Turn.DEPARTMENT,
    Status.IN_PROGRESS: Turn.DEPARTMENT,
    Status.WAITING_ON_CLIENT: Turn.CLIENT,
    Status.WITH_PARTNER: Turn.PARTNER,
    Status.DORMANT: Turn.DEPARTMENT,
    **dict.fromkeys(ENDINGS, Turn.NOBODY),
}

OUTCOME: dict[Outcome, Status] = {
    Outcome.APPROVED: Status.APPROVED,
    Outcome.REFUSED: Status.REFUSED,
    Outcome.CLOSED: Status.CLOSED,
}

_OPEN = {SectionStatus.IN_PROGRESS, SectionStatus.WAITING_ON_CLIENT}
_DONE = {SectionStatus.COMPLETED, SectionStatus.EXEMPTED}
SECTION_MOVES: dict[SectionStatus, frozenset[SectionStatus]] = {
    SectionStatus.NOT_STARTED: frozenset(_OPEN | _DONE),
    SectionStatus.IN_PROGRESS: frozenset({SectionStatus.WAITING_ON_CLIENT} | _DONE),
    SectionStatus.WAITING_ON_CLIENT: frozenset({SectionStatus.IN_PROGRESS} | _DONE),
    SectionStatus.COMPLETED: frozenset(_OPEN),
    SectionStatus.EXEMPTED: frozenset(_OPEN),
}
