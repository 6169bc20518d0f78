"""How the files of a program are read, as past dates teach it: learned each month, and kept."""

from datetime import date

import numpy as np

from parvis.engines.forecasting.calendar import day_number
from parvis.engines.forecasting.forecaster import Forecaster, Setting
from parvis.engines.forecasting.snapshot import TASKS, Task, Way
from parvis.programs.schema import Program
from parvis.readers.estimates.histories import Caseload
from parvis.readers.estimates.models import LearnedSetting
from parvis.readers.estimates.outlooks import SHARES

_MOST = 100_000
"""Of more files, every second, third … teaches: three years are read month by month for it."""


def settings_of(program: Program, known: Caseload, today: date) -> dict[Task, Setting]:
    """Return how a program's open and new files are read on a day; learn it where that is due."""
    month = today.replace(day=1)
    rows = LearnedSetting.objects.filter(program=program.code, learned_on=month)
    found = {row.task: row for row in rows}
    if set(found) != set(TASKS) or any(len(row.asked) != len(SHARES) for row in rows):
        return _learn(program, known, month)
    return {
        task: Setting(Way(found[task].by_load, found[task].by_stage), tuple(found[task].asked))
        for task in TASKS
    }


def _learn(program: Program, known: Caseload, month: date) -> dict[Task, Setting]:
    forecaster = _forecaster(known)
    cutoff = day_number(month)
    settings = {task: forecaster.setting(cutoff, task, SHARES) for task in TASKS}
    LearnedSetting.objects.bulk_create(
        [
            LearnedSetting(
                program=program.code,
                task=task,
                learned_on=month,
                by_load=setting.way.by_load,
                by_stage=setting.way.by_stage,
                asked=list(setting.asked),
            )
            for task, setting in settings.items()
        ],
        update_conflicts=True,
        unique_fields=["program", "task"],
        update_fields=["learned_on", "by_load", "by_stage", "asked"],
    )
    return settings


def _forecaster(known: Caseload) -> Forecaster:
    files = known.files
    step = -(-max(len(files), 1) // _MOST)
    few = np.arange(0, len(files), step)
    touches = None if files.touches is None else files.touches.of(few, len(files))
    return Forecaster(files.received[few], files.decided[few], touches)
