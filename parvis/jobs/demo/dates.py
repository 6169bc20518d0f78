"""The dates that the demo department's clients were told, as if the house had stood for a year.

On the first of each month every open file is read as it was known then, by the engine that reads
them every night, the way that past dates had taught by the first of them; what its client would
have been told is recorded as told that morning.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, time

from parvis.casework.applications.facts import DateGiven
from parvis.casework.applications.giving import record_given
from parvis.engines.forecasting.calendar import day_number, day_of_number, firsts_before
from parvis.engines.forecasting.files import Ints
from parvis.engines.forecasting.forecaster import Forecaster
from parvis.jobs.estimates.giving import facts_of
from parvis.programs import loader
from parvis.programs.schema import Program
from parvis.readers.estimates.histories import Caseload, caseload_of
from parvis.readers.estimates.outlooks import HALF, MOST, SHARES, Outlooks, moved, outlooks

_MONTHS = 12
_MORNING = time(3)
_BATCH = 5_000


def give_past_dates(*, until: datetime, by: str, progress: Callable[[float], None]) -> int:
    """Record what clients were told in the year before a moment; return how many tellings."""
    programs, tellings = loader.all_programs().values(), 0
    for done, program in enumerate(programs, start=1):
        told = _told(program, until)
        files = sorted(told)
        for start in range(0, len(files), _BATCH):
            record_given(told={file: told[file] for file in files[start : start + _BATCH]}, by=by)
        tellings += sum(map(len, told.values()))
        progress(done / len(programs))
    return tellings


def _told(program: Program, until: datetime) -> dict[int, list[tuple[datetime, DateGiven]]]:
    told: dict[int, list[tuple[datetime, DateGiven]]] = defaultdict(list)
    known = caseload_of(program)
    if not len(known.files):
        return told
    today = day_number(until.astimezone(program.time_zone).date())
    files = known.files
    forecaster = Forecaster(files.received, files.decided, files.touches)
    cutoffs = firsts_before(today, _MONTHS).tolist()
    setting = forecaster.setting(cutoffs[0], "open", SHARES)
    for cutoff in cutoffs:
        found = outlooks(known, setting, cutoff)
        if found is None:
            continue
        some = moved(known, found, cutoff)
        at = datetime.combine(day_of_number(cutoff), _MORNING, program.time_zone)
        ids = known.waits.id[found.file[some]].tolist()
        for id_, fact in zip(ids, facts_of(known, found, some), strict=True):
            told[id_].append((at, fact))
        _remember(known, found, some)
    return told


def _remember(known: Caseload, found: Outlooks, some: Ints) -> None:
    """Note what was told, so that it is told again only where it has moved."""
    file = found.file[some]
    for share, last in ((HALF, known.waits.half_on), (MOST, known.waits.most_on)):
        last[file] = known.files.received[file] + found.days[some, SHARES.index(share)]
