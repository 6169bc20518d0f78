"""A file against its service standard: what was promised, until when, and whether it is kept."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from babel.numbers import format_percent

from parvis.casework.applications.state import State
from parvis.lib.dates import Day, day, day_of
from parvis.lib.text import Text
from parvis.programs.loader import standard_on
from parvis.programs.schema import Program, Standard
from parvis.programs.vocabulary import Status
from parvis.readers.standards.due import due_on, stood_still
from parvis.readers.tracker.page import StandardLine, Standing

_UNDECIDED = {Status.WITHDRAWN, Status.ABANDONED}
_NONE_THEN = Text(
    en="No service standard was in force when we received your application.",
    fr="Aucune norme de service n’était en vigueur quand nous avons reçu votre demande.",
)

_KEPT = {
    Standing.WITHIN: Text(
        en="For your application, that is by {}.",
        fr="Pour votre demande, c’est au plus tard le {}.",
    ),
    Standing.LATE: Text(
        en="For your application, that was by {}. We are late.",
        fr="Pour votre demande, c’était au plus tard le {}. Nous sommes en retard.",
    ),
    Standing.DECIDED_WITHIN: Text(
        en="For your application, that was by {}. We decided in time.",
        fr="Pour votre demande, c’était au plus tard le {}. Notre décision est venue à temps.",
    ),
    Standing.DECIDED_LATE: Text(
        en="For your application, that was by {}. We decided later.",
        fr="Pour votre demande, c’était au plus tard le {}. Notre décision est venue plus tard.",
    ),
    Standing.NOT_DECIDED: Text(
        en="Your application ended without a decision.",
        fr="Votre demande a pris fin sans décision.",
    ),
    Standing.UNTOLD: Text(
        en="Our records do not say whether we decided your application.",
        fr="Notre dossier n’indique pas si nous avons rendu une décision.",
    ),
}


def service_standard(state: State, program: Program, now: datetime) -> StandardLine:
    """Return the standard in force on the day of receipt, and how the file stands against it."""
    received_on = state.received_at.astimezone(program.time_zone).date()
    standard = standard_on(program, received_on)
    if standard is None:
        return StandardLine(Standing.NONE, (program.no_standard or _NONE_THEN,))
    stopped = stood_still(state.stopped, state.stopped_at, program.time_zone, now)
    due_day = day(due_on(standard, state.received_at, stopped, program.time_zone))
    code = _standing(state, due_day.on, program, now)
    return StandardLine(
        code=code,
        sentences=tuple(_sentences(code, standard, due_day, state, stopped)),
        days=standard.days,
        months=standard.months,
        target=standard.target,
        source=standard.source,
        due_on=due_day,
        clock_stopped=state.stopped_at is not None,
    )


def _standing(state: State, due_on: date, program: Program, now: datetime) -> Standing:
    if state.closed_at is not None:
        if state.status in _UNDECIDED:
            return Standing.NOT_DECIDED
        if state.status is Status.CLOSED:
            return Standing.UNTOLD
        in_time = day_of(state.closed_at, program.time_zone).on <= due_on
        return Standing.DECIDED_WITHIN if in_time else Standing.DECIDED_LATE
    in_time = now.astimezone(program.time_zone).date() <= due_on
    return Standing.WITHIN if in_time else Standing.LATE


def _sentences(
    code: Standing, standard: Standard, due_on: Day, state: State, stopped: timedelta
) -> list[Text]:
    said = [_aim(standard), _kept(code, due_on.text)]
    if state.stopped_at is not None:
        said.append(
            Text(
                en="The clock is stopped until you answer. This date will move.",
                fr="Le délai est suspendu jusqu’à votre réponse. Cette date sera reportée.",
            )
        )
    elif stopped.days:
        one = stopped.days == 1
        said.append(
            Text(
                en=f"The clock was stopped for {stopped.days} {'day' if one else 'days'}.",
                fr=f"Le délai a été suspendu pendant {stopped.days} {'jour' if one else 'jours'}.",
            )
        )
    return said


@lru_cache(maxsize=1_024)
def _aim(standard: Standard) -> Text:
    many = (standard.days or standard.months or 0) > 1
    if standard.days is not None:
        en, fr = f"{standard.days} day{'s' * many}", f"{standard.days} jour{'s' * many}"
    else:
        en, fr = f"{standard.months} month{'s' * many}", f"{standard.months} mois"
    share = {
        locale: format_percent(standard.target, locale=locale) for locale in ("en_CA", "fr_CA")
    }
    return Text(
        en=f"We aim to decide {share['en_CA']} of applications like yours within {en}.",
        fr=(
            f"Nous visons à rendre une décision en {fr} ou moins"
            f" pour {share['fr_CA']} des demandes comme la vôtre."
        ),
    )


def _kept(code: Standing, due: Text) -> Text:
    words = _KEPT[code]
    return Text(en=words.en.format(due.en), fr=words.fr.format(due.fr))
