"""The figures as JSON and as tables: for programs, and for whoever calculates further."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from parvis.readers.support.figures import SHARES, Count, Figures, every_day

_DIGITS = 4
COLUMNS = (
    *("received", "answered", "avoided", "calls_offered", "calls_answered", "calls_answer_rate"),
    *("calls_abandoned", "calls_callback", "calls_left_before_queue", "written_received"),
    *("written_answered", "rating_asked", "rated", "satisfied", "satisfied_share"),
)
Cell = str | int | float | None


def as_data(found: Figures) -> dict[str, Any]:
    """Return the figures as JSON can hold them; shares are from 0 to 1, percents say so."""
    whole, before, opening = found.whole, found.before, found.opening
    share = found.change_share
    return {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "line": found.line,
        "as_of": found.read_at.isoformat(),
        "received": whole.received,
        "answered": whole.answered,
        "avoided": whole.avoided,
        "compared_with": found.before_days
        and {"from": found.before_days[0].isoformat(), "to": found.before_days[1].isoformat()},
        "received_before": before and before.received,
        "answered_before": before and before.answered,
        "change": found.change,
        "change_percent": None if share is None else round(100 * share, 1),
        "calls": _calls(whole),
        "calls_before": before and _calls(before),
        "satisfaction": _satisfaction(whole),
        "satisfaction_before": before and _satisfaction(before),
        "channels": _parts("channel", found.channels),
        "lines": _parts("line", found.lines),
        "topics": _parts("topic", found.topics),
        "languages": _parts("language", found.languages),
        "days": [{"day": day.isoformat(), **_count(one)} for day, one in every_day(found)],
        "times_to_answer": [
            {
                "channel": one.channel,
                "answers": one.answers,
                **{
                    f"p{share * 100:g}_s": within
                    for share, within in zip(SHARES, one.within_s, strict=True)
                },
            }
            for one in found.times
        ],
        "since_opening": opening and {"from": opening.first.isoformat(), **_count(opening.count)},
    }


def sheet(found: Figures, by: str) -> Iterator[tuple[Cell, ...]]:
    """Yield a head and the lines of one split; every line says of which days it is."""
    yield (by, "from", "to", *COLUMNS)
    if by == "day":
        for day, one in every_day(found):
            yield (day.isoformat(), *_days(day, day), *_cells(one))
        return
    parts: dict[str, Count] = getattr(found, f"{by}s")
    for code, one in parts.items():
        yield (code, *_days(found.first, found.last), *_cells(one))


def _days(first: date, last: date) -> tuple[str, str]:
    return first.isoformat(), last.isoformat()


def _cells(one: Count) -> tuple[Cell, ...]:
    return (
        *(one.received, one.answered, one.avoided, one.calls, one.calls_answered),
        *(_share(one.answer_rate), one.abandoned, one.callbacks, one.left),
        *(one.written, one.written_answered, one.rating_asked, one.rated, one.satisfied),
        _share(one.satisfied_share),
    )


def _parts(name: str, parts: dict[str, Count]) -> list[dict[str, Any]]:
    return [{name: code or None, **_count(one)} for code, one in parts.items()]


def _count(one: Count) -> dict[str, Any]:
    told: dict[str, Any] = {
        "received": one.received,
        "answered": one.answered,
        "avoided": one.avoided,
    }
    if one.calls:
        told["calls"] = _calls(one)
    if one.rating_asked:
        told["satisfaction"] = _satisfaction(one)
    return told


def _satisfaction(one: Count) -> dict[str, Any]:
    return {
        "asked": one.rating_asked,
        "answered": one.rated,
        "satisfied": one.satisfied,
        "satisfied_share": _share(one.satisfied_share),
    }


def _calls(one: Count) -> dict[str, Any]:
    timed = one.calls_timed
    return {
        "offered": one.calls,
        "answered": one.calls_answered,
        "noted_by_agents": one.noted,
        "answer_rate": _share(one.answer_rate),
        "abandoned": one.abandoned,
        "callbacks": one.callbacks,
        "called_back": one.called_back,
        "left_before_queue": one.left,
        "not_ended": one.calls_open,
        "mean_wait_s": round(one.wait_s / timed) if timed else None,
        "mean_talk_s": round(one.talk_s / timed) if timed else None,
    }


def _share(share: float | None) -> float | None:
    return None if share is None else round(share, _DIGITS)
