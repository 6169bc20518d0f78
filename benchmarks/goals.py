"""What the numbers should be."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.results import Result
from benchmarks.words import PERMISSIONS, SERVED, SETS, spaced

_SLOWEST_IMPORT = 40_000
_SHARE_OF_COPY = 0.35
_FLAT = 1.1
_AMONG_MANY = 1.2
_SHARE_OF_READS = 0.023
_SLOWEST_MS = 60
_KEPT_AMONG_MANY = 0.8
_BEHIND_WALL = 0.9
_INSIDE = (0.7, 0.9)
_OFF_A_MONTH = {"workers": 11, "building": 4, "fines": 12}
_LESS_PINBALL = {"workers": 0.60, "building": 0.65, "fines": 0.65}
_NEAR_80 = {"together": 2, "workers": 3}
_LESS_ERROR = 0.8
_FOR_NOTHING = 1
_REFRESH = 10
_TOTALS_MS, _SPLITS_MS = 100, 1_000
_SIGN_INS = 1_000
_PERMISSION = 0.1
_NOTICES, _URGENT_S = 200, 5
_MAILS, _FORMS, _GIVEN_MS = 400, 200, 100
_RESULTS, _CHANGES_MS, _DIFF_S = 500, 150, 600
_LOAD_MIN, _REPORT_S = 10, 1


@dataclass(frozen=True, slots=True)
class Goal:
    """What a number should be, and the words that tell what was seen."""

    name: str
    what: str
    goal: str
    is_met: Callable[[Result], bool]
    seen: Callable[[Result], str]


def _ratio(to: str) -> Callable[[Result], str]:
    return lambda one: f"{one.ratio} of {to}" if one.ratio is not None else "not measured"


def _at_most(limit: float) -> Callable[[Result], bool]:
    return lambda one: one.ratio is not None and one.ratio <= limit


def _at_least(limit: float) -> Callable[[Result], bool]:
    return lambda one: one.ratio is not None and one.ratio >= limit


def _value(one: Result) -> str:
    return f"{one.value:,} {one.unit}"


GOALS = (
    Goal(
        "import.rate",
        "Import, end to end",
        f"at least {_SLOWEST_IMPORT:,} events/s",
        lambda one: one.value >= _SLOWEST_IMPORT,
        _value,
    ),
    Goal(
        "import.rate",
        "Import against a bare COPY of the same rows",
        f"at least {_SHARE_OF_COPY} of its rate",
        _at_least(_SHARE_OF_COPY),
        _ratio("the rate of COPY"),
    ),
    Goal(
        "import.memory",
        "Memory of the import, the whole file against half of it",
        f"flat: at most {_FLAT} of half’s",
        _at_most(_FLAT),
        _ratio("half’s"),
    ),
    *(
        Goal(
            f"lookup.1-million.{number}-p50",
            f"Look-up among 1 million files, by {whose} number",
            f"at most {_AMONG_MANY} of the time among 10 thousand",
            _at_most(_AMONG_MANY),
            _ratio("the time among 10 thousand"),
        )
        for number, whose in (("own", "our"), ("source", "the other system’s"))
    ),
    *(
        Goal(
            f"serving.{size}.{name}-rate",
            f"{what} among {spaced(size)} files, against `pgbench -S`",
            f"at least {_SHARE_OF_READS:.1%} of its rate",
            _at_least(_SHARE_OF_READS),
            lambda one: f"{one.ratio or 0:.2%}: {one.value:,} {one.unit}",
        )
        for size in ("10-thousand", "1-million")
        for name, what in SERVED
    ),
    *(
        Goal(
            f"serving.{size}.{name}-p99",
            f"{what} among {spaced(size)} files, the slowest in a hundred",
            f"at most {_SLOWEST_MS} ms",
            lambda one: one.value <= _SLOWEST_MS,
            _value,
        )
        for size in ("10-thousand", "1-million")
        for name, what in SERVED
    ),
    *(
        Goal(
            f"serving.1-million.{name}-kept",
            f"{what} among 1 million files, against itself among 10 thousand",
            f"at least {_KEPT_AMONG_MANY} of the rate",
            _at_least(_KEPT_AMONG_MANY),
            _ratio("the rate among 10 thousand"),
        )
        for name, what in SERVED
    ),
    Goal(
        "wall.page-rate",
        "The tracker’s page behind the second wall, against itself without it",
        f"at least {_BEHIND_WALL:.0%} of the rate",
        _at_least(_BEHIND_WALL),
        _ratio("the rate without it"),
    ),
    *(
        Goal(
            name,
            what,
            f"at most {_PERMISSION:.0%} of the page",
            lambda one: one.ratio is not None and one.ratio <= _PERMISSION,
            lambda one: f"{one.ratio or 0:.1%} ({_value(one)} of {one.baseline or 0:.1f} ms)",
        )
        for name, what in PERMISSIONS.items()
    ),
    Goal(
        "webhooks.arrived",
        "Webhooks to a receiver that fails a third of the time, a worker killed on the way",
        "all 50,000 arrive",
        lambda one: one.ratio == 1,
        lambda one: f"{one.value:,} of {one.baseline or 0:,}",
    ),
    *(
        Goal(
            f"webhooks.{name}",
            f"Of these, {what}",
            "none",
            lambda one: one.value == 0,
            _value,
        )
        for name, what in (
            ("out-of-order", "out of the order of their file"),
            ("unsigned", "without a good signature"),
            ("given-up", "given up, withheld or left waiting"),
        )
    ),
    Goal(
        "signing-in.rate",
        "Sign-ins through the form, with the hash of passwords as it is",
        f"at least {_SIGN_INS:,} a minute",
        lambda one: one.value >= _SIGN_INS,
        lambda one: f"{_value(one)}, {one.ratio or 0:.0%} of what the hash alone allows",
    ),
    Goal(
        "notices.rate",
        "Notices sent through a mail server on the same machine",
        f"at least {_NOTICES} a second",
        lambda one: one.value >= _NOTICES,
        _value,
    ),
    Goal(
        "notices.lost",
        "Notices lost where the worker that sends them is killed (kill -9)",
        "none",
        lambda one: one.value == 0,
        _value,
    ),
    Goal(
        "notices.repeated",
        "Messages that arrive twice, under one Message-ID, where it is killed",
        "at most 1",
        lambda one: one.value <= 1,
        _value,
    ),
    Goal(
        "notices.urgent",
        "An urgent notice while 20,000 others wait",
        f"within {_URGENT_S} seconds",
        lambda one: one.value <= _URGENT_S,
        _value,
    ),
    Goal(
        "enquiries.mail-rate",
        "Mail to conversations, from a mailbox on the same machine",
        f"at least {_MAILS} a second",
        lambda one: one.value >= _MAILS,
        _value,
    ),
    *(
        Goal(f"enquiries.{name}", words, "none", lambda one: one.value == 0, _value)
        for name, words in (
            ("lost", "Mails lost where the worker that takes them in is killed (kill -9)"),
            ("twice", "Conversations that two were made of, where it is killed"),
            ("given-twice", "Enquiries given to two agents, of 100 who ask every two seconds"),
            ("form-lost", "Enquiries by the form that were acknowledged and are not there"),
        )
    ),
    Goal(
        "enquiries.form-rate",
        "Enquiries by the form, for a minute",
        f"at least {_FORMS} a second",
        lambda one: one.value >= _FORMS,
        _value,
    ),
    Goal(
        "enquiries.given-p99",
        "The next enquiry, under 100 agents, p99",
        f"at most {_GIVEN_MS} ms",
        lambda one: one.value <= _GIVEN_MS,
        _value,
    ),
    *(
        Goal(
            f"backlog.worst.{days}",
            f"Files waiting in {days} days: error against the better of the last value and a year "
            "before, in the worst of the real sets",
            "below 1",
            lambda one: one.value < 1,
            lambda one: f"{one.value} of its error",
        )
        for days in (30, 91, 182)
    ),
    *(
        Goal(
            f"backlog.inside.{days}",
            f"Files waiting in {days} days: outcomes inside the 80 % range, mean of the real sets",
            f"{_INSIDE[0]:.0%} to {_INSIDE[1]:.0%}",
            lambda one: _INSIDE[0] <= one.value <= _INSIDE[1],
            lambda one: f"{one.value:.0%}",
        )
        for days in (30, 91, 182)
    ),
    *(
        Goal(
            f"estimates.{name}.coverage80",
            f"Dates of open files, {SETS.get(name, 'all sets')}: kept by the 80 % date",
            f"80 ± {off} %",
            lambda one, off=off: abs(one.value - 80) <= off,
            _value,
        )
        for name, off in _NEAR_80.items()
    ),
    *(
        Goal(
            f"estimates.{name}.mad",
            f"Dates of open files, {SETS[name]}: share kept, off 80 in a month",
            f"at most {off} points",
            lambda one, off=off: one.value <= off,
            _value,
        )
        for name, off in _OFF_A_MONTH.items()
    ),
    *(
        Goal(
            f"estimates.{name}.pinball80",
            f"Dates of open files, {SETS[name]}: pinball loss against the published rule",
            f"at most {share} of its loss",
            _at_most(share),
            _ratio("its loss"),
        )
        for name, share in _LESS_PINBALL.items()
    ),
    Goal(
        "estimates.together.mae50",
        "Dates of open files: error of the 50 % date against the published rule, mean of three",
        f"at most {_LESS_ERROR} of its error",
        lambda one: one.value <= _LESS_ERROR,
        lambda one: f"{one.value} of its error",
    ),
    *(
        Goal(
            f"estimates.alarm.{name}-in-time",
            f"Alarm, {SETS[name]}: breaks to less than half the pace noticed within 30 days",
            "all",
            lambda one: one.value == 1,
            lambda one: f"{one.value:.0%} {one.unit}",
        )
        for name in _OFF_A_MONTH
    ),
    *(
        Goal(
            f"estimates.alarm.{name}-for-nothing",
            f"Alarm, {SETS[name]}: raised for nothing",
            f"at most {_FOR_NOTHING} a year",
            lambda one: one.value <= _FOR_NOTHING,
            _value,
        )
        for name in _OFF_A_MONTH
    ),
    Goal(
        "estimates.seconds.refresh",
        "All dates of 5 million files in 400 strata, in the engine",
        f"at most {_REFRESH} s",
        lambda one: one.value <= _REFRESH,
        _value,
    ),
    *(
        Goal(
            f"standards.{size}.{name}-slowest",
            f"{what} on any day, among {spaced(size)} files, the slowest of fifty",
            f"at most {limit:,} ms",
            lambda one, limit=limit: one.value <= limit,
            _value,
        )
        for size in ("1-million", "5-million")
        for name, what, limit in (
            ("totals", "Service standards and backlog in all", _TOTALS_MS),
            ("splits", "By program, office and month at once", _SPLITS_MS),
        )
    ),
    Goal(
        "contacts.a-tenth.full-load",
        "A year of 4.7 million calls loaded and counted, in proportion to a tenth of them",
        f"at most {_LOAD_MIN} min",
        lambda one: one.value <= _LOAD_MIN,
        _value,
    ),
    Goal(
        "contacts.a-tenth.report-page",
        "The page of a year beside the one before, at a tenth of the calls, timed from outside",
        f"at most {_REPORT_S} s",
        lambda one: one.value <= _REPORT_S,
        _value,
    ),
    Goal(
        "rules.full",
        "The CRS of one person, with every finding, on one core",
        f"at least {_RESULTS} a second",
        lambda one: one.value >= _RESULTS,
        _value,
    ),
    Goal(
        "rules.changes-p99",
        "What would change it, the slowest in a hundred",
        f"at most {_CHANGES_MS} ms",
        lambda one: one.value <= _CHANGES_MS,
        _value,
    ),
    Goal(
        "rules.diff",
        "`parvis rules diff` over a million people, timed from outside",
        f"at most {_DIFF_S} s",
        lambda one: one.value <= _DIFF_S,
        _value,
    ),
)
