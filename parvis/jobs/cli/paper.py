"""A file's page as plain text for a terminal or a printer."""

import textwrap
from collections.abc import Iterator

from parvis.lib.dates import month_of
from parvis.lib.text import Language, Text
from parvis.readers.tracker import FilePage

_WIDTH = 88
_LABELS = {
    "source_number": Text(en="Their number", fr="Leur numéro"),
    "status": Text(en="Status", fr="État"),
    "turn": Text(en="Whose turn", fr="À qui d’agir"),
    "office": Text(en="Office", fr="Bureau"),
    "received": Text(en="Received", fr="Reçue le"),
    "closed": Text(en="Closed", fr="Fermée le"),
    "updated": Text(en="Last update", fr="Dernière mise à jour"),
    "to_do": Text(en="What the client has to do", fr="Ce que le client doit faire"),
    "due": Text(en="due", fr="échéance"),
    "overdue": Text(en="overdue", fr="en retard"),
    "standard": Text(en="Service standard", fr="Norme de service"),
    "similar": Text(en="How long", fr="Combien de temps"),
    "sections": Text(en="Sections", fr="Étapes"),
    "history": Text(en="What happened", fr="Ce qui s’est passé"),
    "officer_only": Text(en="officers only", fr="pour les agents seulement"),
}


def paper(page: FilePage, language: Language) -> str:
    """Return the page as lines of text, without colour."""
    return "\n".join(line.rstrip() for line in _lines(page, language))


def _lines(page: FilePage, language: Language) -> Iterator[str]:
    yield f"{page.number}  {page.program.name[language]}"
    yield ""
    yield from textwrap.wrap(page.headline[language], _WIDTH)
    yield from textwrap.wrap(page.next[language], _WIDTH)
    yield ""
    yield from _columns(list(_facts(page, language)))
    if page.requests:
        yield from _heading("to_do", language)
        colon = "\N{NO-BREAK SPACE}:" if language == "fr" else ":"
        for asked in page.requests:
            yield f"  {asked.document.name[language]}{colon} {asked.task[language]}"
            if asked.due_on:
                late = f" ({_LABELS['overdue'][language]})" if asked.overdue else ""
                yield f"    {_LABELS['due'][language]}{colon} {asked.due_on.text[language]}{late}"
    yield from _heading("standard", language)
    for sentence in page.service_standard.sentences:
        yield f"  {sentence[language]}"
    yield from _heading("similar", language)
    estimate = page.estimate
    own = (*estimate.sentences, *estimate.changed, *estimate.basis)
    for sentence in (*own, *page.similar.sentences):
        yield f"  {sentence[language]}"
    yield from _heading("sections", language)
    yield from _columns(
        [
            (one.name[language], one.status.name[language], one.sentence[language])
            for one in page.sections
        ]
    )
    yield from _heading("history", language)
    yield from _history(page, language)


def _facts(page: FilePage, language: Language) -> Iterator[tuple[str, str]]:
    if page.source_number:
        yield _LABELS["source_number"][language], page.source_number
    yield _LABELS["status"][language], page.status.name[language]
    yield _LABELS["turn"][language], page.turn.sentence[language]
    if page.office:
        yield _LABELS["office"][language], page.office.name[language]
    yield _LABELS["received"][language], page.received_on.text[language]
    if page.closed_on:
        yield _LABELS["closed"][language], page.closed_on.text[language]
    yield _LABELS["updated"][language], page.updated_on.text[language]


def _history(page: FilePage, language: Language) -> Iterator[str]:
    month = None
    for line in page.history:
        if (found := month_of(line.on.on)) != month:
            month = found
            yield f"  {month[language]}"
        note = f" ({_LABELS['officer_only'][language]})" if line.officer_only else ""
        yield f"    {line.on.on.day:>2}  {line.at:%H:%M}  {line.sentence[language]}{note}"


def _heading(label: str, language: Language) -> Iterator[str]:
    yield ""
    yield _LABELS[label][language]


def _columns(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
