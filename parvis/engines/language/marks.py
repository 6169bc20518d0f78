"""How programs for mail mark what they quote, in English and French: tested line by line.

Every look ahead is bounded and every line is cut before a pattern sees it, so that a text of any
length and malice is read in time that grows with its length.
"""

import re
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

Lines = Sequence[str]


class Kind(Enum):
    """What stands at a line, apart from words that somebody wrote."""

    FORWARD = "forward"
    QUOTE = "quote"


class Mark(NamedTuple):
    """Where a quotation is announced: the line after its announcement, and of what kind it is."""

    end: int
    kind: Kind


_CUT = 400
"""Characters of a line that patterns see; no announcement is longer."""
_WRAPPED = 5
"""Lines over which an attribution may be wrapped."""
_HEADERS = 24
"""Lines that the headers of a quoted mail may take."""
_BLANK = " \t\r\f\v\ufeff\u200b\xa0\u202f"

_QUOTED = re.compile(r"[ \t\ufeff]{0,3}>(?!From )")
_SHOUTED = re.compile(r">+[^<>]*<+$")
_RULE = re.compile(r"[_\-=*]{10,}$")
_DASHES = r"[-_=*]{2,}"
_FORWARDED = re.compile(
    rf"(?:{_DASHES} ?)?(?:forwarded (?:message|mail|e-?mail)"
    r"|(?:message|courriel|mail) (?:transf[eé]r[eé]|réexpédié|transmis|retransmis|suivi))"
    rf"(?: (?:by|from|par|de) .*?)? ?{_DASHES}$"
    r"|begin forwarded message ?:$"
    r"|d[eé]but d(?:u |['’]un )message (?:réexpédié|transféré|transmis) ?:$",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    rf"{_DASHES} ?(?:original (?:message|e-?mail|appointment)|reply message|réponse"
    r"|(?:message|courriel|mail|rendez-vous) (?:d['’]origine|original|initial|précédent))"
    rf" ?{_DASHES}$"
    r"|\[?(?:quoted text hidden|texte des messages précédents masqué|texte cité masqué)\]?$",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"[ \t]*\*{0,2}(?:(?P<from>from|de|exp[eé]diteur)"
    r"|(?P<sent>sent|date|envoy[eé](?: le)?|date d['’]envoi)"
    r"|(?P<to>to|[àa]|destinataires?|pour)"
    r"|(?P<subject>subject|objet|sujet)"
    r"|(?P<other>b?cc|cci|copie|reply-to|répondre à|attachments?|pièces? jointes?|importance))"
    r"[ \xa0\u202f]?\*{0,2}[ \xa0\u202f]?:",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"(?:on|le)\b", re.IGNORECASE)
_WROTE = re.compile(
    r"(?:(?<!['’\w])(?<!vous )(?<!nous )a écrit|\bwrote)(?: le .{4,60}| on .{4,60})? ?:$"
)
_WROTE_ON = re.compile(r"\b(?:a écrit le|wrote on) .{4,60} ?:$")
_BY_SOMEBODY = re.compile(
    r"\b(?:the|my|your|our|an?|le|la|une?|mon|ma|votre|notre|cette?) [\w-]+ (?:wrote|a écrit) ?:$"
    r"|\bl['’][\w-]+ a écrit ?:$",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b\d{1,2} ?(?::|h) ?\d{2}\b")
_ADDRESS = re.compile(r"[^\s<>()\[\]]{1,64}@[^\s<>()\[\]]{3,255}")
_BARE_ATTRIBUTION = re.compile(
    r"(?:\d{4}[-/]\d\d[-/]\d\d|\d\d?[-/.]\d\d?[-/.]\d{4}) \d{1,2}:\d{2}.{0,80}"
    r"<[^<>\s]+@[^<>\s]+> ?:$"
)

SIGNATURE = re.compile(r"-- ?$")
"""The line above a signature; programs often lose its space."""
_DEVICE = (
    r"(?:iphone|ipad|ipod|galaxy|samsung|huawei|pixel|android|blackberry|nokia|xiaomi|redmi|oppo"
    r"|(?:cell ?|smart)?phone|mobile|tablet|device|t[eé]l[eé]phone|cellulaire|portable|tablette"
    r"|appareil|computer|ordinateur)"
)
_PROGRAM = (
    r"(?:outlook|yahoo|gmail|proton|hotmail|bluemail|airmail|spark|thunderbird"
    r"|(?:mail|courrier) (?:for|pour) (?:windows|android|ios))"
)
_SENT_FROM = re.compile(
    r"[*_(]*(?:"
    rf"(?:sent|envoy[eé]e?) (?:from|by|via|using|with|de(?:puis)?|à partir de|par|avec) "
    rf"(?:my|an?|the|mon|ma|un|une) (?:\w+ ){{0,3}}?{_DEVICE}\b"
    r"|(?:sent|envoy[eé]e?) (?:from|by|via|using|with|de(?:puis)?|par|avec|à partir (?:de|d['’])) ?"
    rf"(?:(?:la|the) )?(?:[\w.]+ ){{0,3}}?{_PROGRAM}\b"
    r"|(?:get|download|obtene[rz]|obtenir|t[eé]l[eé]charge[rz]?) (?:outlook|bluemail|spark)\b"
    r"|(?:provenance|source) ?: ?courrier\b"
    r")[^,;:?!]{0,60}(?:https?://\S+)?$",
    re.IGNORECASE,
)
_LINK = re.compile(r"<?https?://\S+>?$")
_MAIL = r"(?:e-?mail|message|communication|transmission|courriel|courrier)"
_DISCLAIMER = re.compile(
    r"[*_ ]*(?:(?:confidentiality|privacy|privileged)[\w ]{0,30}(?:notice|warning|disclaimer)\b"
    r"|(?:avis|note|mention|clause)[\w ]{0,20} (?:de|sur la) confidentialit[eé]"
    rf"|(?:this|the (?:information|contents?) (?:contained |of )?(?:in )?this) {_MAIL}\b"
    r".{0,160}\b(?:confidential|privileged|intended|addressee)"
    r"|(?:(?:le contenu|l['’]information|les renseignements)[\w ]{0,30} (?:de |dans |par ))?cet?"
    rf"(?:te)? ?{_MAIL}\b.{{0,160}}\b(?:confidentiel|privil[eé]gi|destin|réservé)"
    r"|if you (?:are not|have received).{0,120}\b(?:recipient|in error|by mistake)"
    r"|si vous (?:n['’]êtes pas|avez reçu|recevez).{0,120}\b(?:destinataire|erreur)"
    r"|(?:please )?consider the environment before printing"
    r"|(?:pensez|songez|merci de penser) à l['’]environnement avant)",
    re.IGNORECASE | re.DOTALL,
)


def bare(line: str) -> str:
    """Return a line as patterns see it: cut, plain spaces, nothing at its ends."""
    return line[:_CUT].translate(_PLAIN).strip()


_PLAIN = {ord(mark): " " for mark in "\t\r\f\v\xa0\u202f"} | {0xFEFF: None, 0x200B: None}


def is_blank(line: str) -> bool:
    """Tell whether nothing can be seen in a line."""
    return not line.strip(_BLANK)


def is_quoted(line: str) -> bool:
    """Tell whether a line is marked as quoted; `>>> READ THIS <<<` is not."""
    return _QUOTED.match(line) is not None and not _SHOUTED.match(line[:_CUT].strip())


def is_sent_from(line: str) -> bool:
    """Tell whether a telephone, or a program for mail, names itself here."""
    return len(line) < _CUT and _SENT_FROM.match(bare(line)) is not None


def is_link(line: str) -> bool:
    """Tell whether there is nothing but an address of the web."""
    return len(line) < _CUT and _LINK.match(bare(line)) is not None


def is_disclaimer(paragraph: str) -> bool:
    """Tell whether a paragraph, by its first words, is what lawyers put below each mail."""
    return _DISCLAIMER.match(paragraph[:_CUT]) is not None


def mark_at(lines: Lines, at: int) -> Mark | None:
    """Return the announcement of a quotation that begins at a line, where there is one.

    What only looks like one (“Le 3 janvier, l’agent a écrit :”) counts when quoted lines follow,
    which `attribution_above` sees.
    """
    first = bare(lines[at])
    if _RULE.match(first):
        below = _next_seen(lines, at + 1)
        if below is None:
            return None
        first, at = bare(lines[below]), below
        if not _FORWARDED.match(first) and not _ORIGINAL.match(first):
            return _headers(lines, at)
    if _FORWARDED.match(first):
        return Mark(at + 1, Kind.FORWARD)
    if _ORIGINAL.match(first):
        return Mark(at + 1, Kind.QUOTE)
    return _headers(lines, at) or _attribution(lines, at, first)


def attribution_above(lines: Lines, quoted: int, lowest: int) -> int | None:
    """Return where the words begin that say whose the quoted line is; none where none say it.

    Looks at no line before `lowest`.
    """
    last = quoted - 1
    while last >= max(lowest, quoted - 3) and is_blank(lines[last]):
        last -= 1
    if last < lowest or not bare(lines[last]).endswith(":"):
        return None
    said, found = "", None
    for start in range(last, max(lowest, last - _WRAPPED + 1) - 1, -1):
        if is_blank(lines[start]):
            break
        said = f"{bare(lines[start])} {said}".strip()
        if len(said) > _CUT:
            break
        if (_WROTE.search(said) and re.search(r"\d|@", said)) or (
            _ADDRESS.search(said) and re.search(r"\d", said)
        ):
            found = start
            if _BEGINS.match(said):
                break
    return found


def _next_seen(lines: Lines, at: int) -> int | None:
    """Return the next line that is not blank, among the next three."""
    return next(
        (one for one in range(at, min(at + 3, len(lines))) if not is_blank(lines[one])), None
    )


def _headers(lines: Lines, at: int) -> Mark | None:
    """Return the headers of a quoted mail: who, when, and to whom or about what, each once."""
    first = _key(lines[at])
    if first not in ("from", "sent", "subject"):
        return None
    keys, end = {first}, at + 1
    loose = 0
    for below in range(at + 1, min(at + _HEADERS, len(lines))):
        key = _key(lines[below])
        if key is None:
            loose += 1
            if loose > _WRAPPED:
                break
            continue
        if key in keys and key != "other":
            break
        keys.add(key)
        loose, end = 0, below + 1
    if {"from", "sent"} <= keys and keys & {"to", "subject"}:
        return Mark(end, Kind.QUOTE)
    return None


def _key(line: str) -> str | None:
    if ":" not in line[:40]:
        return None
    found = _HEADER.match(line[:40])
    return found.lastgroup if found else None


def _attribution(lines: Lines, at: int, first: str) -> Mark | None:
    """Return who wrote the rest, where program and not person says so: by its time or address."""
    if _BARE_ATTRIBUTION.match(first):
        return Mark(at + 1, Kind.QUOTE)
    said = ""
    for below in range(at, min(at + _WRAPPED, len(lines))):
        line = bare(lines[below])
        said = f"{said} {line}".strip()
        if not line or len(said) > _CUT:
            return None
        if line.endswith(":") and _WROTE.search(said):
            dated = _BEGINS.match(said) or _WROTE_ON.search(said)
            by_program = _ADDRESS.search(said) or (dated and _TIME.search(said))
            return (
                Mark(below + 1, Kind.QUOTE)
                if by_program and not _BY_SOMEBODY.search(said)
                else None
            )
        if not _BEGINS.match(said) and not ("@" in said and _ADDRESS.search(said)):
            return None
    return None
