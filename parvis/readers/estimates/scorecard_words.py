"""How many dates were kept in words: of a hundred, beside how many it should have been."""

from parvis.lib.dates import day
from parvis.lib.durations import grouped
from parvis.lib.text import Text
from parvis.readers.estimates.models import ENOUGH
from parvis.readers.estimates.scorecard import Score, Scorecard

_NEAR = 3
"""So many of a hundred more or fewer are still about what was said."""
_NOTHING = (
    Text(en="No date has fallen due yet.", fr="Aucune date n’est encore échue."),
    Text(
        en="We score a date once its day has passed.",
        fr="Nous vérifions une date une fois son jour passé.",
    ),
)
_TOO_FEW = Text(
    en="Too few dates have fallen due to say how many we keep.",
    fr="Trop peu de dates sont échues pour dire combien nous en respectons.",
)
_RIGHT = Text(
    en="Our dates were about right.",
    fr="Nos dates étaient à peu près justes.",
)
_EARLY = Text(en="Our dates were too early.", fr="Nos dates étaient trop hâtives.")
_LATE = Text(
    en="Many of our dates were later than they had to be.",
    fr="Beaucoup de nos dates étaient plus tardives que nécessaire.",
)
_HOW = (
    Text(
        en="A date falls due when its day has passed, and not before.",
        fr="Une date est échue quand son jour est passé, et pas avant.",
    ),
    Text(
        en="It is kept if the application was closed by then.",
        fr="Elle est respectée si la demande était fermée à temps.",
    ),
    Text(
        en="Approved, refused or ended in another way: each counts.",
        fr="Approuvée, refusée ou terminée autrement\N{NO-BREAK SPACE}: toutes comptent.",
    ),
    Text(
        en="Nothing is rewritten: a date counts as it was given.",
        fr="Rien n’est réécrit\N{NO-BREAK SPACE}: une date compte telle que donnée.",
    ),
    Text(
        en="An earlier date that was replaced counts too.",
        fr="Une date remplacée plus tard compte aussi.",
    ),
)


def told(card: Scorecard) -> tuple[Text, ...]:
    """Return how many of the dates for four in five were kept, and whether that is as it should."""
    return told_of(card.whole.most)


def told_of(score: Score) -> tuple[Text, ...]:
    """Return how many dates of one kind were kept; that there is nothing to say, if so."""
    if not score.due:
        return _NOTHING
    if score.share is None:
        return (_TOO_FEW, so_few(score))
    kept, said = of_a_hundred(score), round(score.said * 100)
    verdict = _RIGHT if abs(kept - said) <= _NEAR else _EARLY if kept < said else _LATE
    return (
        Text(
            en=f"Of 100 dates that fell due, {kept} were kept.",
            fr=f"Sur 100 dates échues, {kept} ont été respectées.",
        ),
        Text(en=f"It should be {said}.", fr=f"Il devrait y en avoir {said}."),
        verdict,
    )


def so_few(score: Score) -> Text:
    """Return how many fell due where that is too few to give a share."""
    due = grouped(score.due)
    if score.due == 1:
        return Text(en="Only 1 fell due.", fr="Une seule est échue.")
    return Text(en=f"Only {due.en} fell due.", fr=f"Seulement {due.fr} sont échues.")


def of_a_hundred(score: Score) -> int:
    """Return how many of a hundred dates were kept: all or none only where it was all or none."""
    share = round(score.kept / score.due * 100)
    if 0 < score.kept < score.due:
        return min(max(share, 1), 99)
    return share


def basis(card: Scorecard) -> tuple[Text, ...]:
    """Return how dates are scored, for those who want to know."""
    few = grouped(ENOUGH)
    no_share = Text(
        en=f"We give no share of fewer than {few.en} dates.",
        fr=f"Nous ne donnons aucune part sous {few.fr} dates.",
    )
    if card.as_of is None:
        return (*_HOW, no_share)
    on = day(card.as_of).text
    counted = Text(en=f"We counted on {on.en}.", fr=f"Nous avons compté le {on.fr}.")
    return (*_HOW, no_share, counted)
