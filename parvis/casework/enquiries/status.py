"""Where an enquiry can stand, which moves exist, and whose turn each is."""

from collections.abc import Mapping
from enum import StrEnum


class Status(StrEnum):
    """Where an enquiry stands."""

    WAITING = "waiting"
    """In the queue of its line."""
    GIVEN = "given"
    """With an agent, for a while."""
    ANSWERED = "answered"
    """Answered; whoever asked may write again."""
    LATER = "later"
    """It comes back to its queue on a day."""
    CLOSED = "closed"
    MERGED = "merged"
    """It goes on as part of another."""


class Turn(StrEnum):
    """Whose turn it is."""

    US = "us"
    THEM = "them"
    NOBODY = "nobody"


MOVES: Mapping[Status, frozenset[Status]] = {
    Status.WAITING: frozenset({Status.GIVEN, Status.CLOSED, Status.MERGED}),
    Status.GIVEN: frozenset(
        {Status.WAITING, Status.ANSWERED, Status.LATER, Status.CLOSED, Status.MERGED}
    ),
    Status.ANSWERED: frozenset({Status.WAITING, Status.CLOSED, Status.MERGED}),
    Status.LATER: frozenset({Status.WAITING, Status.CLOSED, Status.MERGED}),
    Status.CLOSED: frozenset({Status.WAITING, Status.MERGED}),
    Status.MERGED: frozenset(),
}
TURNS: Mapping[Status, Turn] = {
    Status.WAITING: Turn.US,
    Status.GIVEN: Turn.US,
    Status.ANSWERED: Turn.THEM,
    Status.LATER: Turn.US,
    Status.CLOSED: Turn.NOBODY,
    Status.MERGED: Turn.NOBODY,
}


class Channel(StrEnum):
    """The door by which it came."""

    EMAIL = "email"
    FORM = "form"
    PHONE = "phone"
    WALK_IN = "walk-in"
    """They came to a counter."""


BY_MOUTH = frozenset({Channel.PHONE, Channel.WALK_IN})
"""What is asked and told here an agent writes down."""


class Proof(StrEnum):
    """How it is known who asks: what may be said hangs on it."""

    NONE = "none"
    """An address that anybody can write into a mail, and no more."""
    NUMBER = "number"
    """They named an application and whose it is, and no more: others know that, too."""
    MAIL = "mail"
    """The server vouches for the sender's domain, and the address is that of an account."""
    SIGNED_IN = "signed-in"
    """They were signed in when they wrote."""
    AGENT = "agent"
    """An agent checked who they are."""


SPEAKS_OF_THE_FILE = frozenset({Proof.SIGNED_IN, Proof.AGENT})
"""What must be known before anything of a file is said in an answer itself."""


PROVEN = frozenset({Proof.MAIL, *SPEAKS_OF_THE_FILE})
"""What must be known before an enquiry stands in a client's own account: whose it is."""


class Writing(StrEnum):
    """What a message of a conversation is."""

    IN = "in"
    OUT = "out"
    TOLD = "told"
    """What we told them by word of mouth: sent to nobody."""
    ASK = "ask"
    """The question at the end, whether our answer helped: sent like an answer."""
    NOTE = "note"
    """For agents alone."""
    MACHINE = "machine"
    """An autoresponder's or a server's: kept, and answered by nobody."""


SENT = (Writing.OUT, Writing.ASK)
"""What goes out of the house. An answer goes before any question."""
ENDED = (Status.ANSWERED, Status.CLOSED)
"""Where an enquiry that was answered stands as long as nothing more comes."""


class Score(StrEnum):
    """What people say of an answer: of whether it was one, and of whether it was easy to get."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Sender(StrEnum):
    """Who sent a mail, as far as the mail itself tells."""

    PERSON = "person"
    MACHINE = "machine"
    """An autoresponder, a mailing list, or ourselves: whoever answers it begins a loop."""
    BOUNCE = "bounce"


class Scan(StrEnum):
    """What is known of a document before anybody opens it."""

    WAITING = "waiting"
    CLEAN = "clean"
    HARMFUL = "harmful"
    UNKNOWN = "unknown"
    """The scanner cannot tell, as it cannot of what is too large: nobody opens it here."""


class Returned(StrEnum):
    """Why an enquiry goes back to its queue."""

    NOT_ACTED_ON = "not-acted-on"
    GIVEN_BACK = "given-back"
    BOUNCED = "bounced"
