"""What the demo assumes where nothing was published: every number here is unverified.

They are chosen so that the figures look like a department's; none of them says anything about one.
"""

from dataclasses import dataclass

from parvis.jobs.demo import published

MONTH_DAYS = 30.44
FRENCH_SHARE = 0.20
"""Of the clients."""
RETURNING_SHARE = 0.12
"""Of the files, those of a client who has another one."""
HISTORY_DAYS = 730
"""Files closed longer than this before the count are not in the demo."""

_OF_EVERY_HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How a program's files go, of every hundred of them where no unit is given."""

    line: str
    weight: float
    """Its share of its line, in any unit: applications where that was published."""
    usual_days: float
    """Four files in five are decided within so many days."""
    slowest_days: float | None = None
    """What no file takes longer than; None where it follows from the share within the standard."""
    refused: int = 12
    withdrawn: int = 3
    abandoned: int = 3
    reopened: int = 2
    quiet: int = 5
    """Those at whose end nothing is recorded for long."""
    short: bool = False
    """Whether an officer looks at a part of the sections only."""
    from_abroad: bool = True
    """Whether files are received at a visa office, and may go by way of an application centre."""

    @property
    def approved(self) -> int:
        """All who were not otherwise told."""
        return _OF_EVERY_HUNDRED - self.refused - self.withdrawn - self.abandoned


def _months(program: str) -> float:
    return published.MONTHS[program] * MONTH_DAYS


_TRADES = 500
"""Of the high skilled, for whom one number was published."""
_SPOUSES_IN_CANADA = 0.45

HABITS = {
    "visitor-visa": Habits(
        line="temporary", weight=40, usual_days=24, refused=36, short=True, withdrawn=2
    ),
    "study-permit": Habits(line="temporary", weight=25, usual_days=75, refused=38, short=True),
    "work-permit": Habits(line="temporary", weight=35, usual_days=80, refused=18, short=True),
    "express-entry-cec": Habits(
        line="permanent",
        weight=published.CANADIAN_EXPERIENCE,
        usual_days=_months("express-entry-cec"),
        refused=6,
        from_abroad=False,
    ),
    "express-entry-fsw": Habits(
        line="permanent",
        weight=published.HIGH_SKILLED - _TRADES,
        usual_days=_months("express-entry-fsw"),
        refused=9,
    ),
    "express-entry-fst": Habits(
        line="permanent",
        weight=_TRADES,
        usual_days=_months("express-entry-fsw"),
        refused=11,
        from_abroad=False,
    ),
    "spouse-in-canada": Habits(
        line="permanent",
        weight=published.SPOUSES_PARTNERS_CHILDREN * _SPOUSES_IN_CANADA,
        usual_days=_months("spouse-in-canada"),
        refused=7,
        from_abroad=False,
    ),
    "spouse-outside-canada": Habits(
        line="permanent",
        weight=published.SPOUSES_PARTNERS_CHILDREN * (1 - _SPOUSES_IN_CANADA),
        usual_days=_months("spouse-outside-canada"),
        refused=10,
    ),
    "parents-grandparents": Habits(
        line="permanent",
        weight=published.PARENTS_GRANDPARENTS,
        usual_days=_months("parents-grandparents"),
        slowest_days=48 * MONTH_DAYS,
        refused=8,
    ),
    "citizenship-grant": Habits(
        line="citizenship", weight=1, usual_days=365, refused=4, withdrawn=2, from_abroad=False
    ),
}

# Requests to the client: how likely one is while a section is open, and how long answers take.
ASKED = {
    "biometrics-appointment": 0.55,
    "citizenship-test": 1.0,
    "citizenship-ceremony": 1.0,
}
ASKED_ELSE = 0.10
ANSWER_MEDIAN_DAYS = 16.0
ANSWER_SPREAD = 0.75
"""Of the logarithm; about one answer in five comes after thirty days."""
SILENCE_DAYS = (60.0, 150.0)
"""How long we wait before a file is closed because its client did not answer."""
CLOSED_DAYS = (20.0, 90.0)
"""How long a file is closed before it is reopened."""
EXEMPTED = {"medical": 0.3, "biometrics": 0.1, "language": 0.15, "test": 0.1}
UNTOUCHED_WHERE_SHORT = {"medical": 0.85, "background": 0.6, "biometrics": 0.35}
BY_WAY_OF_PARTNER = 0.15
TO_ANOTHER_OFFICE = 0.10
NO_OFFICE = 0.05
