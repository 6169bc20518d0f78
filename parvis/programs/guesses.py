"""What a log suggests about its program: what receives, what ends, how the rest group."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from parvis.programs.summary import LogSummary
from parvis.programs.vocabulary import Does

NEARLY_ALWAYS = 0.9
"""Of the cases that have an activity, the share that it must end to be an ending."""
FEW = 12
"""Up to so many activities, each is a section of its own."""
MANY = 20
"""Beyond so many groups, they are grouped once more, by their first word."""
TOO_RARE = 0.05
"""A group in a smaller share of cases is steps without a section."""
MOST = 0.5
"""Of the events, the share at one minute of the day that shows midnight in another zone."""
NEAR_MIDNIGHT = 180
"""Minutes around midnight in which that minute is looked for."""
DAY = 24 * 60

ENDINGS: tuple[tuple[str, Does], ...] = (
    (r"withdr|retir|désist", Does.WITHDRAW),
    (r"abandon|lapsed", Does.ABANDON),
    (r"\b(not|non|un)[ -]?(certif|approv|grant|accept)", Does.REFUSE),
    (r"den(y|ied|ial)|refus|reject|rejet|declin|disapprov|dismiss", Does.REFUSE),
    (r"certif|approv|grant|accept|accord", Does.APPROVE),
    (r"review|pending|progress|examen|en cours", Does.STEP),
)
"""Words that tell an ending; the first that match count. What expired was certified before."""

ZONES: dict[frozenset[int], str] = {
    frozenset({0, 60}): "Europe/London",
    frozenset({60, 120}): "Europe/Brussels",
    frozenset({120, 180}): "Europe/Helsinki",
    frozenset({-180, -240}): "America/Halifax",
    frozenset({-240, -300}): "America/Toronto",
    frozenset({-300, -360}): "America/Winnipeg",
    frozenset({-360, -420}): "America/Edmonton",
    frozenset({-420, -480}): "America/Vancouver",
    frozenset({-150, -210}): "America/St_Johns",
    frozenset({0}): "Etc/UTC",
    frozenset({330}): "Asia/Kolkata",
}
"""A zone for each pair of winter and summer offsets, in minutes; others share it."""


@dataclass
class Roles:
    """What each activity of a log is taken for."""

    receive: str | None = None
    ends: dict[str, Does] = field(default_factory=dict)
    sections: dict[str, list[str]] = field(default_factory=dict)
    """By the label that the section takes, in the order in which cases usually meet them."""
    steps: list[str] = field(default_factory=list)


def roles(summary: LogSummary) -> Roles:
    """Guess what each activity does from where it stands in its cases."""
    seen, found = summary.activities, Roles()
    if not seen:
        return found
    found.receive = max(seen, key=lambda label: seen[label].begins)
    found.ends = {label: ending(label) for label in _endings(summary, found.receive)}
    rest = sorted(seen.keys() - {found.receive} - found.ends.keys())
    found.sections, found.steps = _sections(summary, sorted(rest, key=lambda a: seen[a].place))
    return found


def ending(label: str) -> Does:
    """Return what the words of an ending say that it did; `close` where they say nothing."""
    words = label.casefold().replace("_", " ")
    return next((does for pattern, does in ENDINGS if re.search(pattern, words)), Does.CLOSE)


def clock(summary: LogSummary) -> tuple[str, str]:
    """Guess the time zone of a log from the UTC offsets of its events, and say why."""
    if not summary.offsets:
        return "Etc/UTC", "no moments were seen"
    common = {m for m, n in summary.offsets.items() if n >= 0.01 * summary.offsets.total()}
    reason = "UTC offsets seen: " + ", ".join(map(_offset, sorted(common)))
    if common == {0}:
        reason = "No UTC offset but +00:00 was seen, or none at all"
    shift, share = _from_midnight(summary.clock)
    if shift:
        common = {minutes - shift for minutes in common}
        reason += (
            f"; but {share:.0%} of the events stand at {shift // 60 % 24:02d}:{shift % 60:02d}, "
            f"as if midnight was written in another zone: {', '.join(map(_offset, sorted(common)))}"
        )
    zone = ZONES.get(frozenset(common))
    if zone is None:
        hours = round(min(common) / 60)
        zone = f"Etc/GMT{-hours:+d}" if hours else "Etc/UTC"
    return zone, reason


def code_of(label: str, taken: set[str]) -> str:
    """Return a code made from a label, different from those taken, and take it."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "section"
    code, count = stem, 1
    while code in taken:
        count += 1
        code = f"{stem}-{count}"
    taken.add(code)
    return code


def _endings(summary: LogSummary, receive: str) -> list[str]:
    """Find what nearly always ends a case; if that ends few, also the most usual last activity."""
    seen = {label: counts for label, counts in summary.activities.items() if label != receive}
    found = [
        label
        for label, counts in seen.items()
        if counts.ends >= NEARLY_ALWAYS * counts.cases and counts.cases >= 0.01 * summary.cases
    ]
    if sum(seen[label].ends for label in found) < summary.cases / 2 and seen:
        usual = max(seen, key=lambda label: seen[label].ends)
        if usual not in found and seen[usual].ends >= seen[usual].cases / 2:
            found.append(usual)
    return sorted(found, key=lambda label: -seen[label].ends)


def _sections(summary: LogSummary, labels: list[str]) -> tuple[dict[str, list[str]], list[str]]:
    if len(labels) <= FEW:
        return {label: [label] for label in labels}, []
    groups = _grouped(labels, _without_number)
    if len(_common(summary, groups)) > MANY:
        groups = _grouped(labels, lambda label: re.split(r"[\W_]", label, maxsplit=1)[0] or label)
    common = _common(summary, groups)
    rare = [label for stem, group in groups.items() if stem not in common for label in group]
    return common, rare


def _grouped(labels: list[str], stem: Callable[[str], str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for label in labels:
        groups.setdefault(stem(label), []).append(label)
    return groups


def _common(summary: LogSummary, groups: dict[str, list[str]]) -> dict[str, list[str]]:
    """Keep the groups whose most frequent activity is in enough cases."""
    least = TOO_RARE * summary.cases
    return {
        stem: group
        for stem, group in groups.items()
        if max(summary.activities[label].cases for label in group) >= least
    }


def _without_number(label: str) -> str:
    return re.sub(r"[\W_]*\d+\w?$", "", label) or label


def _from_midnight(shown: Counter[int]) -> tuple[int, float]:
    """Return how many minutes after midnight most events stand, if within three hours of it."""
    minute, count = shown.most_common(1)[0]
    share = count / shown.total()
    shift = (minute + DAY // 2) % DAY - DAY // 2
    return (shift, share) if share >= MOST and abs(shift) <= NEAR_MIDNIGHT else (0, share)


def _offset(minutes: int) -> str:
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
