"""By when a file is decided, as its client was told last: never a date that has passed."""

from collections.abc import Sequence
from datetime import date, datetime

from parvis.casework.applications.state import Given, State
from parvis.casework.events.log import Recorded
from parvis.lib.dates import day, day_of
from parvis.lib.durations import grouped
from parvis.lib.text import Text
from parvis.programs.schema import Program
from parvis.readers.tracker.page import EstimateLine, Forecast

_WIDE_DAYS, _WIDE = 180, 2
"""Dates further apart than so many days, and so many times as far as the first of them, are so far
apart that it is said."""
_PASSED = (
    Text(
        en="The time that we gave you has passed.",
        fr="Le délai que nous vous avions donné est passé.",
    ),
    Text(
        en="We count again every night, and will tell you a new one.",
        fr="Nous recomptons chaque nuit et vous en donnerons un nouveau.",
    ),
)
_FAR_APART = Text(
    en="These two dates are far apart. We cannot say it more closely.",
    fr="Ces deux dates sont éloignées. Nous ne pouvons pas être plus précis.",
)
_UNSURE = Text(
    en="Decisions have slowed down lately. These dates are less sure.",
    fr="Les décisions ont ralenti dernièrement. Ces dates sont moins sûres.",
)
_BECAUSE_OF_WORK = Text(
    en="It changed because work on your application went on.",
    fr="Elle a changé parce que l’étude de votre demande a avancé.",
)
_LATER = Text(
    en="It is later because others that waited as long took more time than we thought.",
    fr="Elle est plus tardive, car d’autres demandes ont attendu plus longtemps que prévu.",
)
_SOONER = Text(
    en="It is sooner because others like yours were decided faster than we thought.",
    fr="Elle est plus proche, car des demandes comme la vôtre ont été réglées plus vite que prévu.",
)
_TOLD_ANEW = Text(
    en="You get a new date when it moves by more than a week.",
    fr="Vous recevez une nouvelle date quand elle bouge de plus d’une semaine.",
)


def estimate(
    state: State, program: Program, recorded: Sequence[Recorded], now: datetime
) -> EstimateLine:
    """Return by when half and four in five of the files like this one are decided."""
    given, today = state.given, now.astimezone(program.time_zone).date()
    if state.closed_at is not None:
        return EstimateLine(code=Forecast.OVER)
    if given is None:
        return EstimateLine(code=Forecast.NONE)
    if given.most_on < today:
        return EstimateLine(code=Forecast.PASSED, sentences=_PASSED)
    told_on = day_of(given.at, program.time_zone)
    received_on = state.received_at.astimezone(program.time_zone).date()
    so_far = (today - received_on).days
    return EstimateLine(
        code=Forecast.GIVEN,
        sentences=tuple(_sentences(given, today)),
        changed=_changed(given, program, recorded),
        basis=(
            _counted(given, told_on.text),
            _decided(given),
            _TOLD_ANEW,
            Text(
                en=f"We told you this on {told_on.text.en}.",
                fr=f"Nous vous l’avons dit le {told_on.text.fr}.",
            ),
        ),
        half_on=day(max(given.half_on, today)),
        most_on=day(given.most_on),
        told_on=told_on,
        reached=given.reached,
        decided=given.decided,
        unsure=given.unsure,
        dots=tuple(max(dot, so_far) for dot in given.dots),
    )


def _sentences(given: Given, today: date) -> list[Text]:
    half, most = day(max(given.half_on, today)).text, day(given.most_on).text
    said = [
        Text(
            en=f"10 of 20 applications like yours are decided by {half.en}.",
            fr=f"10 demandes sur 20 comme la vôtre sont réglées au plus tard le {half.fr}.",
        ),
        Text(
            en=f"16 of 20 are decided by {most.en}.",
            fr=f"16 sur 20 sont réglées au plus tard le {most.fr}.",
        ),
    ]
    near, far = (given.half_on - today).days, (given.most_on - today).days
    if far - near > _WIDE_DAYS and far > _WIDE * near:
        said.append(_FAR_APART)
    if given.unsure:
        said.append(_UNSURE)
    return said


def _changed(given: Given, program: Program, recorded: Sequence[Recorded]) -> tuple[Text, ...]:
    """Return what was said before, and why it is no longer so; nothing where it still is."""
    if given.before is None or given.before_at is None or given.before == given.most_on:
        return ()
    on = day_of(given.before_at, program.time_zone).text
    before = day(given.before).text
    since = given.before_at
    worked_on = any(since < one.at <= given.at for one in recorded)
    moved = _LATER if given.most_on > given.before else _SOONER
    return (
        Text(
            en=f"On {on.en} we said 16 of 20 by {before.en}.",
            fr=f"Le {on.fr}, nous avions dit 16 sur 20 au plus tard le {before.fr}.",
        ),
        _BECAUSE_OF_WORK if worked_on else moved,
    )


def _counted(given: Given, on: Text) -> Text:
    reached = grouped(given.reached)
    return Text(
        en=f"In the year before {on.en}, {reached.en} applications waited at least as long.",
        fr=f"Dans l’année avant le {on.fr}, {reached.fr} demandes ont attendu au moins aussi"
        " longtemps.",
    )


def _decided(given: Given) -> Text:
    decided = grouped(given.decided)
    return Text(en=f"{decided.en} of them were decided.", fr=f"{decided.fr} ont été réglées.")
