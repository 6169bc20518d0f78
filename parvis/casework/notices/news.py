"""Which facts somebody is told of, for whoever wires the house."""

from datetime import timedelta

from parvis.casework.applications import facts
from parvis.casework.mandates.facts import MandateEnded, MandateGiven

NOTE = "notices.note"
"""The job that notes what is to be told of facts."""
NEWS_FOR = timedelta(days=7)
TOLD_OF = frozenset(
    fact.KIND
    for fact in (
        facts.Received,
        facts.ClientAsked,
        facts.SectionCompleted,
        facts.DateGiven,
        facts.Decided,
        facts.Abandoned,
        MandateGiven,
        MandateEnded,
    )
)
"""The kinds of fact that somebody is told of."""
