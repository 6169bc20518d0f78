"""Make two years of contacts: `python -m benchmarks.contacts_made SCALE NAME`, in a house.

The calls of 2022 and all that was written go into the house; the calls of 2023 into the file
NAME-2023.jsonl, to be loaded.
"""

import json
import sys
from pathlib import Path

import numpy as np
import orjson

from parvis.jobs.cli.house import open_house

_SEED = 20_240_112
_FIRST = 2023


def main(scale: float, name: Path) -> None:
    """Make them, and print how many there are."""
    open_house()
    # Django's models can be imported only once the house is open.
    from datetime import UTC, datetime  # noqa: PLC0415

    from parvis.casework.contacts.facts import ContactEvent  # noqa: PLC0415
    from parvis.casework.contacts.services import record  # noqa: PLC0415
    from parvis.jobs.demo.support import written  # noqa: PLC0415
    from parvis.jobs.demo.support_calls import calls  # noqa: PLC0415
    from parvis.jobs.demo.support_days import parts  # noqa: PLC0415

    until = datetime(2024, 1, 1, 5, tzinfo=UTC)
    rng = np.random.default_rng(_SEED)
    every = list(parts(scale, rng))
    events = last_year = 0
    with name.with_name(f"{name.name}-{_FIRST}.jsonl").open("wb") as file:
        for batch in calls(every, until=until, rng=rng):
            events += len(batch)
            earlier = [one for one in batch if one.at.year < _FIRST]
            record(earlier, source="bench", at=until)
            for one in batch:
                if one.at.year >= _FIRST:
                    told = dict(zip(ContactEvent._fields, one, strict=True))
                    kept = {key: value for key, value in told.items() if value is not None}
                    file.write(orjson.dumps(kept, option=orjson.OPT_APPEND_NEWLINE))
                    last_year += 1
    facts = written(every, until=until, by="benchmark", rng=rng)
    print(json.dumps({"events": events, "last_year": last_year, "enquiries": facts // 2}))


if __name__ == "__main__":
    main(float(sys.argv[1]), Path(sys.argv[2]))
