"""A published figure in words: what it is, and that it is no promise."""

from fractions import Fraction
from functools import lru_cache
from typing import Any

from babel.numbers import format_percent

from parvis.lib.dates import day
from parvis.lib.durations import at_most, grouped
from parvis.lib.text import Text
from parvis.programs.schema import Program
from parvis.readers.estimates.figures import Figure
from parvis.readers.estimates.models import ENOUGH

TOO_FEW = Text(
    en="Too few applications like yours were decided lately to say.",
    fr="Trop peu de demandes comme la vôtre ont été réglées récemment pour le dire.",
)
TOO_FEW_OF_ALL = Text(
    en="Too few applications were decided lately to say.",
    fr="Trop peu de demandes ont été réglées récemment pour le dire.",
)
NOT_YET = Text(
    en="We do not know yet how long applications like yours took.",
    fr="Nous ne savons pas encore combien de temps ont pris les demandes comme la vôtre.",
)
NOT_YET_OF_ALL = Text(
    en="We do not know yet how long applications took.",
    fr="Nous ne savons pas encore combien de temps ont pris les demandes.",
)
NO_PROMISE = Text(
    en="This is how long finished applications took. It is not a promise for yours.",
    fr="C’est le temps qu’ont pris les demandes déjà réglées."
    " Ce n’est pas une promesse pour la vôtre.",
)
MAY_BE_LONGER = Text(
    en="Applications that still wait often take longer.",
    fr="Les demandes encore à l’étude prennent souvent plus de temps.",
)


def facts(figure: Figure) -> dict[str, Any]:
    """Return a figure's own values, as every line that tells of it holds them."""
    return {
        "share": figure.share,
        "days": figure.days,
        "time": None if figure.days is None else at_most(figure.days).text,
        "files": figure.files,
        "decided_from": day(figure.decided_from),
        "decided_to": day(figure.decided_to),
        "as_of": day(figure.as_of),
        "dots": figure.dots,
    }


@lru_cache(maxsize=256)
def took(figure: Figure) -> Text:
    """Return within which time most of the decided files were decided, and when that was."""
    assert figure.days is not None  # noqa: S101 - asked only of a figure that has a time
    time = at_most(figure.days).text
    first, last = day(figure.decided_from).text, day(figure.decided_to).text
    share = _share(figure.share)
    return Text(
        en=f"{share.en} applications decided between {first.en} and {last.en}"
        f" took {time.en} or less.",
        fr=f"Du {first.fr} au {last.fr}, {share.fr} ont été réglées en {time.fr} ou moins.",
    )


def basis(figure: Figure, program: Program) -> tuple[Text, ...]:
    """Return how a figure was counted, for those who want to know."""
    files, few, on = grouped(figure.files), grouped(ENOUGH), day(figure.as_of).text
    name = program.name
    if figure.days is None:
        return (
            Text(
                en=f"We give no time from fewer than {few.en} decisions.",
                fr=f"Nous ne donnons pas de délai sous {few.fr} décisions.",
            ),
        )
    return (
        Text(
            en=f"We counted {files.en} applications of one program: {name.en}.",
            fr=f"Nous avons compté {files.fr} demandes d’un seul programme"
            f"\N{NO-BREAK SPACE}: {name.fr}.",
        ),
        Text(
            en="Only approved and refused applications count.",
            fr="Seules les demandes approuvées ou refusées comptent.",
        ),
        Text(
            en="We counted every day from receipt to decision.",
            fr="Nous avons compté chaque jour, de la réception à la décision.",
        ),
        Text(
            en="Days when we waited for an answer count too.",
            fr="Les jours passés à attendre une réponse comptent aussi.",
        ),
        Text(
            en="We did not count those that still wait.",
            fr="Nous n’avons pas compté celles qui sont encore à l’étude.",
        ),
        Text(en=f"We counted on {on.en}.", fr=f"Nous avons compté le {on.fr}."),
    )


def _share(share: float) -> Text:
    """Return a share as people count: 8 of 10, or in percent where tenths do not tell it."""
    tenths = Fraction(str(share)) * 10
    if tenths.denominator == 1:
        return Text(en=f"{tenths} of 10", fr=f"{tenths} demandes sur 10")
    en, fr = (format_percent(share, locale=locale) for locale in ("en_CA", "fr_CA"))
    return Text(en=f"{en} of", fr=f"{fr} des demandes")
