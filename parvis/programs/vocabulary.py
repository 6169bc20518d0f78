"""The words that programs and files share: statuses, turns, outcomes, what a past activity did."""

from enum import StrEnum

RECEIVED = "received"
"""The activity of the first event where a table has one row a case."""
DECIDED = "decided"
"""The activity of the last event there."""


class Status(StrEnum):
    """Where a file stands as a whole."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    WAITING_ON_CLIENT = "waiting_on_client"
    WITH_PARTNER = "with_partner"
    DORMANT = "dormant"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ABANDONED = "abandoned"
    CLOSED = "closed"
    """Ended in another system that did not tell how."""


class SectionStatus(StrEnum):
    """Where one section of a file stands."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    WAITING_ON_CLIENT = "waiting_on_client"
    COMPLETED = "completed"
    EXEMPTED = "exempted"


class Turn(StrEnum):
    """Whose move it is."""

    CLIENT = "client"
    DEPARTMENT = "department"
    PARTNER = "partner"
    NOBODY = "nobody"


class Outcome(StrEnum):
    """How a decision went; `closed` is a decision whose direction another system did not tell."""

    APPROVED = "approved"
    REFUSED = "refused"
    CLOSED = "closed"


class AnsweredBy(StrEnum):
    """How a client answers a request: by sending files, or by going somewhere and saying when."""

    UPLOAD = "upload"
    VISIT = "visit"


class Does(StrEnum):
    """What an activity of another system did to the file, in our acts."""

    STEP = "step"
    RECEIVE = "receive"
    ACKNOWLEDGE = "acknowledge"
    OPEN = "open"
    COMPLETE = "complete"
    EXEMPT = "exempt"
    ASK = "ask"
    ANSWER = "answer"
    TRANSFER = "transfer"
    APPROVE = "approve"
    REFUSE = "refuse"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    ABANDON = "abandon"
    REOPEN = "reopen"


class NoticeKind(StrEnum):
    """What a client is told of, each in a program's own words but for the last two."""

    RECEIVED = "received"
    REQUEST = "request"
    """We asked for something, by a day."""
    REQUEST_UNDATED = "request-undated"
    REMINDER = "reminder"
    SECTION = "section-completed"
    DATE_LATER = "date-later"
    """The date that they were given has moved, since others took longer."""
    DATE_SOONER = "date-sooner"
    DATE_WORKED_ON = "date-worked-on"
    """It has moved, since work on their own file went on."""
    DECISION = "decision"
    CLOSED = "closed"
    """We closed the file, since they did not answer."""
    MANDATE_GIVEN = "mandate-given"
    MANDATE_ENDED = "mandate-ended"


OF_A_CLIENT = frozenset({NoticeKind.MANDATE_GIVEN, NoticeKind.MANDATE_ENDED})
"""What is of no program: told in the words of the house."""
