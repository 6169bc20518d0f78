"""What fits somebody, in order: each offer with why, what it takes, what it costs, how long."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from parvis.engines.rules.offers import Fit
from parvis.engines.rules.refusals import AnswersRefused
from parvis.lib.dates import Day, day
from parvis.lib.text import Text
from parvis.programs.loader import fee_on
from parvis.programs.rules.finder import PURPOSE, Finder, Found, Offered
from parvis.programs.schema import Fee
from parvis.readers.estimates.told import TimeLine
from parvis.web.assessing import words
from parvis.web.assessing.cookie import Kept
from parvis.web.assessing.results import ResultPart, counted, lacking, result_part

_BY_POINTS = "express-entry"
_LACKS = 2
_MOST = 5
"""Offers that are told first; the others are behind a line that opens."""


@dataclass(frozen=True, slots=True)
class FeePart:
    """One part of a fee."""

    what: Text
    amount: Text
    sometimes: bool


@dataclass(frozen=True, slots=True)
class FeeLine:
    """What one person pays."""

    amount: Text
    parts: tuple[FeePart, ...]
    since: Day
    unverified: bool


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One offer in its place."""

    code: str
    name: Text
    fit: str
    fit_told: Text
    why: Text | None
    lacks: tuple[Text, ...]
    """What speaks against it."""
    fee: Text | None
    time: Text | None


@dataclass(frozen=True, slots=True)
class FoundPage:
    """The offers, best first."""

    best: tuple[OfferLine, ...]
    others: tuple[OfferLine, ...]
    short: tuple[OfferLine, ...]
    """What is for the same goal, and falls short of it."""
    elsewhere: tuple[OfferLine, ...]
    """What is for another goal."""
    fits: int
    more: Text | None
    """What may still be asked."""
    at_most: int
    can_keep: bool
    days: int


@dataclass(frozen=True, slots=True)
class Paper:
    """Something to have ready."""

    name: Text
    task: Text


@dataclass(frozen=True, slots=True)
class OfferPage:
    """All there is to say of one offer."""

    line: OfferLine
    parts: tuple[ResultPart, ...]
    refused: tuple[Text, ...]
    """Why nothing could be worked out, where answers go against each other."""
    papers: tuple[Paper, ...]
    fee: FeeLine | None
    free: bool
    """Whether there is nothing to apply for: who may come, study or work freely."""
    times: tuple[Text, ...]
    how_to_apply: Text
    by_points: bool
    """Whether those with the most points are invited."""


def offer_line(
    found: Found, finder: Finder, kept: Kept, times: Mapping[str, TimeLine]
) -> OfferLine:
    """Return an offer in one line of reasons."""
    offered, on = found.offered, finder.asker.house.on
    fee, time = fee_line(offered, on), times.get(offered.program.code if offered.program else "")
    standing = found.ranked.standing
    fit, elsewhere = standing.fit, any(n.assessment == PURPOSE for n in standing.lacking)
    try:
        results = finder.results(offered.code, kept.answers)
    except AnswersRefused:
        results = []
    lacks = () if fit is Fit.YES else lacking(results)[:_LACKS]
    return OfferLine(
        code=offered.code,
        name=offered.name,
        fit=fit,
        fit_told=words.FITS[fit],
        why=None if elsewhere else counted(results),
        lacks=(words.OTHER_GOAL,) if elsewhere else lacks,
        fee=fee.amount if fee else None,
        time=time.new.most_time if time else None,
    )


def found_page(
    finder: Finder, kept: Kept, times: Mapping[str, TimeLine], *, can_keep: bool, days: int
) -> FoundPage:
    """Return the offers, best first."""
    found = finder.all_of(kept.answers, kept.skipped)
    lines = [offer_line(one, finder, kept, times) for one in found]
    open_to = [one for one in lines if one.fit != Fit.NO]
    lost = [one for one in lines if one.fit == Fit.NO]
    at_most = finder.asker.progress(kept.answers, kept.skipped).at_most
    return FoundPage(
        best=tuple(open_to[:_MOST]),
        others=tuple(open_to[_MOST:]),
        short=tuple(one for one in lost if words.OTHER_GOAL not in one.lacks),
        elsewhere=tuple(one for one in lost if words.OTHER_GOAL in one.lacks),
        fits=sum(one.fit == Fit.YES for one in lines),
        more=words.still(at_most) if at_most else None,
        at_most=at_most,
        can_keep=can_keep,
        days=days,
    )


def offer_page(
    found: Found, finder: Finder, kept: Kept, times: Mapping[str, TimeLine]
) -> OfferPage:
    """Return all there is to say of one offer."""
    house, offered = finder.asker.house, found.offered
    parts: list[ResultPart] = []
    refused: list[Text] = []
    try:
        for result in finder.results(offered.code, kept.answers):
            rules = house.rules[result.assessment]
            own = {name: v for name, v in kept.answers.items() if name in rules.inputs}
            parts.append(result_part(result, rules, own))
    except AnswersRefused as error:
        refused = [one.message for one in error.refusals]
    program = offered.program
    time = times.get(program.code) if program else None
    return OfferPage(
        line=offer_line(found, finder, kept, times),
        parts=tuple(parts),
        refused=tuple(refused),
        papers=tuple(Paper(one.name, one.task) for one in program.documents.values())
        if program
        else (),
        fee=fee_line(offered, house.on),
        free=program is None and not offered.fee,
        times=(*time.new.sentences, *time.sentences) if time else (),
        how_to_apply=offered.how_to_apply,
        by_points=program is not None and program.line == _BY_POINTS,
    )


def fee_line(offered: Offered, on: date) -> FeeLine | None:
    """Return what one person pays on a day; None where nobody has told."""
    fees = dict(offered.fee)
    fee = fee_on(fees, on)
    if fee is None:
        return None
    since = next(one for one in sorted(fees, reverse=True) if one <= on)
    return FeeLine(_amount(fee), tuple(_parts(fee)), day(since), fee.unverified)


def _amount(fee: Fee) -> Text:
    return words.dollars(f"{fee.amount:,.2f}".removesuffix(".00"))


def _parts(fee: Fee) -> list[FeePart]:
    return [
        FeePart(one.for_, words.dollars(f"{one.amount:,.2f}".removesuffix(".00")), one.sometimes)
        for one in fee.parts
    ]
