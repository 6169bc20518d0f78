"""What is new in a mail, apart from what it quotes and how it is signed; nothing is lost."""

from collections.abc import Iterator
from typing import NamedTuple

from parvis.engines.language.marks import (
    SIGNATURE,
    Kind,
    Mark,
    attribution_above,
    bare,
    is_blank,
    is_disclaimer,
    is_link,
    is_quoted,
    is_sent_from,
    mark_at,
)

_SAID, _QUOTED, _SIGNED = range(3)
_LONGEST_SIGNATURE = 15
"""Lines; what is longer below two dashes was written."""


class Folded(NamedTuple):
    """One mail in three parts, which together hold each of its lines once, in their order."""

    said: str
    """What was newly written; of a mail that only passes another on, that other."""
    quoted: str
    signature: str
    """With what a telephone or a lawyer adds."""


def fold(text: str) -> Folded:
    """Return what was newly written in a mail of plain text, in English or French, and the rest.

    Answers between quoted lines are all kept. Where a quotation has an announcement but no `>`,
    nothing says where it ends, so it goes to the end. Takes time in proportion to the length.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    parts = bytearray(len(lines))
    passed_on = _mark_quoted(lines, parts)
    _mark_signed(lines, parts)
    if passed_on and not any(
        part == _SAID and not is_blank(line) for line, part in zip(lines, parts, strict=True)
    ):
        parts = parts.replace(bytes([_QUOTED]), bytes([_SAID]))
    return Folded(*(_joined(lines, parts, part) for part in (_SAID, _QUOTED, _SIGNED)))


def _mark_quoted(lines: list[str], parts: bytearray) -> bool:
    """Mark what is quoted; tell whether it may be all that somebody meant to send.

    It is where they forwarded it, or where nothing tells their own words from what they quote. A
    reply that only repeats, line by line, what we wrote is empty.
    """
    at = lowest = 0
    forwarded = announced = False
    while at < len(lines):
        if is_quoted(lines[at]):
            above = attribution_above(lines, at, lowest)
            if above is not None:
                parts[above:at] = bytes([_QUOTED]) * (at - above)
                announced = True
            while at < len(lines) and is_quoted(lines[at]):
                parts[at] = _QUOTED
                at += 1
            lowest = at
        elif not is_blank(lines[at]) and (mark := mark_at(lines, at)):
            end, kind = _announcement(lines, mark)
            forwarded, announced = forwarded or kind is Kind.FORWARD, True
            if end == len(lines) or not is_quoted(lines[end]):
                parts[at:] = bytes([_QUOTED]) * (len(lines) - at)
                return True
            parts[at:end] = bytes([_QUOTED]) * (end - at)
            at = lowest = end
        else:
            at += 1
    return forwarded or not announced


def _announcement(lines: list[str], mark: Mark) -> Mark:
    """Return where an announcement ends that goes on: dashes, then headers, then an attribution."""
    end, kind = mark
    while True:
        while end < len(lines) and is_blank(lines[end]):
            end += 1
        further = None if end == len(lines) or is_quoted(lines[end]) else mark_at(lines, end)
        if further is None:
            return Mark(end, kind)
        end = further.end
        kind = kind if kind is Kind.FORWARD else further.kind


def _mark_signed(lines: list[str], parts: bytearray) -> None:
    for start, end in _runs(parts):
        for at in range(start, end):
            if is_sent_from(lines[at]):
                parts[at] = _SIGNED
                if at + 1 < end and is_link(lines[at + 1]):
                    parts[at + 1] = _SIGNED
        _mark_disclaimers(lines, parts, start, end)
        _mark_signature(lines, parts, start, end)


def _runs(parts: bytearray) -> Iterator[tuple[int, int]]:
    """Yield where each stretch of lines that are not quoted begins and ends."""
    end = 0
    while (start := parts.find(_SAID, end)) >= 0:
        end = parts.find(_QUOTED, start)
        end = len(parts) if end < 0 else end
        yield start, end


def _mark_disclaimers(lines: list[str], parts: bytearray, start: int, end: int) -> None:
    """Mark paragraphs at the end of a stretch that a lawyer wrote; their lines may be wrapped."""
    while end > start:
        while end > start and (is_blank(lines[end - 1]) or parts[end - 1] == _SIGNED):
            end -= 1
        first = end
        while first > start and not is_blank(lines[first - 1]) and parts[first - 1] == _SAID:
            first -= 1
        head = " ".join(map(bare, lines[first : min(first + 5, end)]))
        if first == end or not is_disclaimer(head):
            return
        parts[first:end] = bytes([_SIGNED]) * (end - first)
        end = first


def _mark_signature(lines: list[str], parts: bytearray, start: int, end: int) -> None:
    """Mark what stands below the last two dashes of a stretch, if it is short."""
    seen = 0
    for at in range(end - 1, start - 1, -1):
        if parts[at] == _SIGNED or is_blank(lines[at]):
            continue
        if SIGNATURE.match(lines[at]):
            parts[at:end] = bytes([_SIGNED]) * (end - at)
            return
        seen += 1
        if seen > _LONGEST_SIGNATURE:
            return


def _joined(lines: list[str], parts: bytearray, part: int) -> str:
    """Return the lines of one part; what was cut out between them leaves one blank line."""
    kept: list[str] = []
    gap = False
    for line, of in zip(lines, parts, strict=True):
        if of != part or is_blank(line):
            gap = True
            continue
        if gap and kept:
            kept.append("")
        kept.append(line.rstrip())
        gap = False
    return "\n".join(kept)
