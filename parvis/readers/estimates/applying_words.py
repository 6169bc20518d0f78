"""What is said of how long an application takes that comes today."""

from parvis.lib.dates import day
from parvis.lib.durations import about, grouped
from parvis.lib.text import Text
from parvis.readers.estimates.models import NewFigure
from parvis.readers.estimates.told import Known

NONE = {
    Known.TOO_FEW: Text(
        en="Too few applications were decided lately to say how long a new one takes.",
        fr="Trop peu de demandes ont été réglées récemment pour prévoir le délai d’une nouvelle.",
    ),
    Known.NOT_YET: Text(
        en="We have not counted yet how long a new application takes.",
        fr="Nous n’avons pas encore calculé le délai d’une nouvelle demande.",
    ),
}
_FAR_APART = Text(
    en="These two times are far apart. We cannot say it more closely.",
    fr="Ces deux délais sont éloignés. Nous ne pouvons pas être plus précis.",
)
_UNSURE = Text(
    en="Decisions have slowed down lately. These times are less sure.",
    fr="Les décisions ont ralenti dernièrement. Ces délais sont moins sûrs.",
)
_WAITING_TOO = Text(
    en="Those that still wait count too, as long as they have waited.",
    fr="Celles encore à l’étude comptent aussi, pour leur attente jusqu’ici.",
)
_EVERY_END = Text(
    en="So do those that ended in another way.",
    fr="Celles qui ont pris fin autrement comptent également.",
)


def sentences(row: NewFigure, *, wide: bool) -> tuple[Text, ...]:
    """Return how long half and four in five take, and how sure and how close that is."""
    half, most = (about(max(1, days)).text for days in (row.half_days, row.most_days))
    said = [
        Text(
            en=f"Half of applications that come today are decided in about {half.en}.",
            fr=f"La moitié des demandes reçues aujourd’hui sont réglées en {half.fr} environ.",
        ),
        Text(
            en=f"Four in five are decided in about {most.en}.",
            fr=f"Quatre sur cinq sont réglées en {most.fr} environ.",
        ),
    ]
    if wide:
        said.append(_FAR_APART)
    if row.unsure:
        said.append(_UNSURE)
    return tuple(said)


def basis(row: NewFigure) -> tuple[Text, ...]:
    """Return what it was counted from, for those who want to know."""
    reached, decided, on = grouped(row.reached), grouped(row.decided), day(row.as_of).text
    return (
        Text(
            en=f"We looked at {reached.en} applications of the last 12 months.",
            fr=f"Nous avons examiné {reached.fr} demandes des 12 derniers mois.",
        ),
        Text(
            en=f"In that time, {decided.en} of them were decided.",
            fr=f"Durant cette période, {decided.fr} ont été réglées.",
        ),
        _WAITING_TOO,
        _EVERY_END,
        Text(en=f"We counted on {on.en}.", fr=f"Nous avons compté le {on.fr}."),
    )
