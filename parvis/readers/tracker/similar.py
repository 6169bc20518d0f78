"""How long files like this one took: those already decided, until a better estimate exists."""

from datetime import datetime

from parvis.casework.applications.state import State
from parvis.lib.durations import Unit, about, duration, unit_of
from parvis.lib.text import Text
from parvis.programs.schema import Program
from parvis.programs.vocabulary import Status
from parvis.readers.estimates import words
from parvis.readers.estimates.figures import figure_of
from parvis.readers.tracker.page import Similar, SimilarLine

_DECIDED = {Status.APPROVED, Status.REFUSED}
_LONGER_ALREADY = Text(
    en="Yours has already taken longer.", fr="La vôtre a déjà pris plus de temps."
)
_SAME_DAY = Text(
    en="We decided your application on the day we received it.",
    fr="Nous avons réglé votre demande le jour de sa réception.",
)
_ENDED_SAME_DAY = Text(
    en="Your application ended on the day we received it.",
    fr="Votre demande a pris fin le jour de sa réception.",
)


def similar_files(state: State, program: Program, now: datetime) -> SimilarLine:
    """Return how long decided files of the same program took; of a closed file, how long it took.

    At most one short query in five minutes.
    """
    so_far = _days(state, program, now)
    if state.closed_at is not None:
        decided = state.status in _DECIDED
        return SimilarLine(
            code=Similar.DECIDED if decided else Similar.ENDED,
            sentences=(_took(so_far) if decided else _was_open(so_far),),
            days_so_far=so_far,
        )
    figure = figure_of(program, now)
    if figure is None:
        return SimilarLine(code=Similar.NOT_YET, sentences=(words.NOT_YET,), days_so_far=so_far)
    told = words.facts(figure) | {"basis": words.basis(figure, program), "days_so_far": so_far}
    if figure.days is None:
        return SimilarLine(code=Similar.TOO_FEW, sentences=(words.TOO_FEW,), **told)
    after = _LONGER_ALREADY if so_far > figure.days else words.MAY_BE_LONGER
    sentences = (words.took(figure), words.NO_PROMISE, after)
    return SimilarLine(code=Similar.KNOWN, sentences=sentences, **told)


def _days(state: State, program: Program, now: datetime) -> int:
    """Return the days from receipt to the end, or to today; 0 is the same day."""
    first, last = (
        at.astimezone(program.time_zone).date()
        for at in (state.received_at, state.closed_at or now)
    )
    return max(0, (last - first).days)


def _took(days: int) -> Text:
    if days == 0:
        return _SAME_DAY
    time = _length(days)
    return Text(en=f"Your application took {time.en}.", fr=f"Votre demande a pris {time.fr}.")


def _was_open(days: int) -> Text:
    if days == 0:
        return _ENDED_SAME_DAY
    time = _length(days)
    return Text(
        en=f"Your application was open for {time.en}.",
        fr=f"Votre demande est restée ouverte {time.fr}.",
    )


def _length(days: int) -> Text:
    exact = duration(days, Unit.DAY).text
    if unit_of(days) is Unit.DAY:
        return exact
    near = about(days).text
    return Text(en=f"{exact.en}, or about {near.en}", fr=f"{exact.fr}, soit environ {near.fr}")
