"""What was published about the support centre of which the demo's is a model, number by number.

The two calendar years are those that the department compares; where only fiscal years were
published (April to March), a calendar year is a quarter of one and three quarters of the next.
What is marked unverified was published by nobody; it is chosen so that the rest comes out.
"""

from dataclasses import dataclass
from datetime import date

NOTE = "IRCC-2024-QP-00005, 12 January 2024"
"""Where answered, the change, the rate and the newest line are from."""
# Calls and messages by fiscal year, and those of the centre for members of Parliament:
# https://www.canada.ca/en/immigration-refugees-citizenship/corporate/transparency/committees/pacp-dec-05-2023/actions-taken-call-centres.html

GENERAL, PARLIAMENTARY = "general", "parliamentary"
AFGHANISTAN, UKRAINE, NEWEST = "afghanistan", "ukraine", "israel-west-bank-gaza"


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A calendar year of the support centre."""

    answered: int
    calls_offered: int
    calls_answered: int
    parliamentary: int
    """Of what was answered in writing, what offices of members of Parliament asked."""


_ANSWERED_2023 = 4_660_000  # the note
_MORE_THAN_2022 = 684_000  # the note: 17 %
_OFFERED_2023 = 4_700_000  # unverified: 1.5 M answered are 31 % of about so many
_RATE_2023 = 0.31  # the note: 31 % of calls, up 12 over 2022
_RATE_2022 = _RATE_2023 - 0.12

# Fiscal years 2021-22 and 2022-23, from the address above.
_CALLS_ANSWERED_2022 = round(0.25 * 1_280_000 + 0.75 * 1_020_000)
_PARLIAMENTARY_2022 = round(0.25 * 272_000 + 0.75 * 446_000)
# Fiscal year 2022-23, and 270 thousand in the seven months to October 2023.
_PARLIAMENTARY_2023 = round(0.25 * 446_000 + 0.75 * 270_000 * 12 / 7)

YEARS = {
    2022: Year(
        answered=_ANSWERED_2023 - _MORE_THAN_2022,
        # As many as make the rate of that year; published for no calendar year.
        calls_offered=round(_CALLS_ANSWERED_2022 / _RATE_2022),
        calls_answered=_CALLS_ANSWERED_2022,
        parliamentary=_PARLIAMENTARY_2022,
    ),
    2023: Year(
        answered=_ANSWERED_2023,
        calls_offered=_OFFERED_2023,
        calls_answered=round(_RATE_2023 * _OFFERED_2023),
        parliamentary=_PARLIAMENTARY_2023,
    ),
}

# The note: answered on the line for Israel, the West Bank and Gaza, its first and last day told.
NEWEST_ANSWERED = 2_218
NEWEST_OPENED_ON = date(2023, 12, 21)
NEWEST_COUNTED_ON = date(2024, 1, 11)

# Unverified, all that follows.
CRISIS_CALLS = {AFGHANISTAN: 40_000, UKRAINE: 110_000}
"""Calls answered in a year."""
CRISIS_WRITTEN = {AFGHANISTAN: 90_000, UKRAINE: 160_000}
CRISIS_RATE = 0.6
PARLIAMENTARY_CALLS, PARLIAMENTARY_RATE = 30_000, 0.8
FORM_SHARE = 0.2
"""Of what is written; the rest is mail."""
AVOIDED_SHARE = 0.1
AVOIDED_FROM = date(2023, 12, 1)
"""Since when the form shows what is on the file; of those who write by it, so many do not send."""
RATING_ASKED_FROM = date(2023, 10, 1)
"""Since when people are asked at the end whether the answer helped; offices of Parliament never."""
RATING_ASKED_SHARE, RATED_SHARE = 0.9, 0.12
"""Of what was answered: something came back of the others. Of those asked: who said so."""
RATING_AFTER_DAYS, RATED_WITHIN_H = 3, 36.0
SATISFIED_SHARE, NEITHER_SHARE = 0.62, 0.14
"""Of those who said so: yes to both, no to both; the others partly."""
UNANSWERED = {"left": 0.62, "abandoned": 0.35, "callback": 0.03}
CALLED_BACK_SHARE = 0.7
WAIT_MEDIAN_S, WAIT_SPREAD, LONGEST_WAIT_S = 900.0, 0.8, 7_200.0
TALK_MEDIAN_S, TALK_SPREAD = 420.0, 0.6
PATIENCE_MEAN_S, MENU_MEAN_S = 500.0, 45.0
REPLY_MEDIAN_H, REPLY_SPREAD = 60.0, 0.9
TOPICS = {
    "status": 0.44,
    "next-step": 0.09,
    "how-to-apply": 0.08,
    "document-received": 0.07,
    "send-document": 0.07,
    "biometrics": 0.05,
    "account-problem": 0.05,
    "passport-request": 0.04,
    "urgent-travel": 0.04,
    "fees-refund": 0.04,
    "refusal": 0.03,
}
"""Half of the enquiries ask where a file is, and what comes next."""
