"""What was published about the department of which the demo is a model, number by number.

Applications, rounded to hundreds by those who published them. What nobody published is not here but
in `assumed`; what follows from these numbers is computed, and says how.
"""

from dataclasses import dataclass
from datetime import date

COUNTED_ON = date(2023, 11, 30)

# https://www.barbicanimmigration.ca/post/canada-s-immigration-inventory-has-slightly-reduced
INVENTORY = 2_092_700
# https://immigrationexperts.pk/canada-updated-the-backlog-report-2024, here and for the lines.
# The share within standards, 57 %, is official too: IRCC-2024-QP-00005.
BACKLOG = 890_300
CITIZENSHIP_WITHIN = 216_700
CITIZENSHIP_BACKLOG = 53_000
PERMANENT_BACKLOG = 287_300
TEMPORARY_BACKLOG = 550_000
# The share of the line's inventory that is backlog, from the first address.
PERMANENT_BACKLOG_SHARE = 0.44

WITHIN_SHARE = (INVENTORY - BACKLOG) / INVENTORY
"""57.46 %."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of business: how many applications waited, how many of them within standards."""

    inventory: int
    within: int


_CITIZENSHIP = CITIZENSHIP_WITHIN + CITIZENSHIP_BACKLOG
# No inventory of these two was published for that day. The permanent one follows from its backlog
# and the share; what is then left for the temporary one, 1,170,045, agrees with its 47 % of
# backlog.
_PERMANENT = round(PERMANENT_BACKLOG / PERMANENT_BACKLOG_SHARE)
_TEMPORARY = INVENTORY - _CITIZENSHIP - _PERMANENT

LINES = {
    "temporary": Line(_TEMPORARY, _TEMPORARY - TEMPORARY_BACKLOG),
    "permanent": Line(_PERMANENT, _PERMANENT - PERMANENT_BACKLOG),
    "citizenship": Line(_CITIZENSHIP, CITIZENSHIP_WITHIN),
}

# Inventory on 31 December 2023 and months of processing then:
# https://www.canada.ca/en/immigration-refugees-citizenship/corporate/transparency/transition-binders/deputy-minister-2024/client-service-processing-times.html
# and https://www.canada.ca/en/immigration-refugees-citizenship/corporate/transparency/committees/cimm-feb-28-2024/breakdown-inventories-processing-times.html
CANADIAN_EXPERIENCE = 22_300
HIGH_SKILLED = 16_700
SPOUSES_PARTNERS_CHILDREN = 93_900
PARENTS_GRANDPARENTS = 74_700
MONTHS = {
    "express-entry-cec": 5,
    "express-entry-fsw": 6,
    "spouse-in-canada": 10,  # outside Quebec; 27 months in it
    "spouse-outside-canada": 13,  # outside Quebec; 40 months in it
    "parents-grandparents": 25,  # outside Quebec, on 31 January 2024; 48 months in it
}
"""Within so many months most of a program's applications were decided."""
