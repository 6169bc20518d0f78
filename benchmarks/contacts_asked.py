"""Ask once for a year beside the one before, as a program of a house; print how long it took."""

import json
from datetime import date
from time import perf_counter

from parvis.jobs.cli.house import open_house

_YEAR = date(2023, 1, 1), date(2023, 12, 31)


def main() -> None:
    """Ask for every split of the year; the first question of all only connects."""
    open_house()
    # Django's models can be imported only once the house is open.
    from parvis.readers.support.figures import support_figures, year_before  # noqa: PLC0415
    from parvis.readers.support.models import Cell  # noqa: PLC0415

    cells = Cell.objects.filter(day__range=_YEAR).count()
    began = perf_counter()
    support_figures(*_YEAR, before=year_before(*_YEAR))
    print(json.dumps({"seconds": perf_counter() - began, "cells": cells}))


if __name__ == "__main__":
    main()
