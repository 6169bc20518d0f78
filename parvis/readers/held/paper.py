"""All that is held on a file as one page that needs nothing else: to keep, to read, to print."""

from collections.abc import Iterable, Iterator
from html import escape

from parvis.lib.text import Language, Text
from parvis.readers.held.page import EntryLine, HeldPage
from parvis.readers.held.saying import (
    ABOUT_YOU,
    ASKED,
    DATES,
    DOCUMENTS,
    HAPPENED,
    LOOKED,
    MESSAGES,
    NO_LOOKS,
    NONE_WITHHELD,
    NOT_KEPT,
    NOTHING,
    OWN_VISITS,
    TITLE,
    WITHHELD,
)

_STYLE = """
body { max-width: 46rem; margin: 2rem auto; padding: 0 1.25rem; font: 1.0625rem/1.55 sans-serif;
  color: #333; background: #fff; overflow-wrap: break-word; }
h1, h2 { color: #26374a; line-height: 1.25; } h2 { margin-top: 2.5rem; }
a { color: #284162; } ol, ul { padding: 0; list-style: none; }
li { padding: .5rem 0; border-top: 1px solid #d6d9dd; break-inside: avoid; }
li span, li small { display: block; } small, dt { color: #545961; font-size: 1rem; }
dl { display: grid; grid-template-columns: minmax(7rem, 13rem) 1fr; gap: .25rem 1rem; }
dd { margin: 0; }
@media print { body { margin: 0; font-size: 10.5pt; } }
"""
_FOLLOW = Text(
    en="Earlier ones are in accesses.csv.", fr="Les plus anciennes sont dans accesses.csv."
)
_OTHER = Text(en="English", fr="Français")
_LABELS = {
    "number": Text(en="Number", fr="Numéro"),
    "source": Text(en="Number in the other system", fr="Numéro dans l’autre système"),
    "program": Text(en="Program", fr="Programme"),
    "status": Text(en="Status", fr="État"),
    "office": Text(en="Office", fr="Bureau"),
    "name": Text(en="Your name", fr="Votre nom"),
    "email": Text(en="You sign in with", fr="Vous vous connectez avec"),
    "language": Text(en="We write to you in", fr="Nous vous écrivons en"),
}


def paper_name(language: Language, asked: Language) -> str:
    """Return the name of the page in a language; the one asked for has the plain name."""
    return "file.html" if language == asked else f"file.{language}.html"


def paper(page: HeldPage, language: Language, asked: Language) -> str:
    """Return the page in a language, with a link to the other."""
    title = f"{TITLE[language]} – {page.number}"
    other: Language = "fr" if language == "en" else "en"
    return "\n".join(
        (
            f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
            f'<header><a href="{paper_name(other, asked)}" lang="{other}">{_OTHER[other]}</a>',
            "</header>",
            "<main>",
            f"<h1>{escape(TITLE[language])}</h1>",
            f"<p>{escape(_first_line(page, language))}</p>",
            *_sections(page, language),
            "</main>\n</body>\n</html>\n",
        )
    )


def _first_line(page: HeldPage, language: Language) -> str:
    as_of = page.as_of
    return f"{as_of.on.text[language]}, {as_of.time[language]}. {page.counted[language]}"


def _sections(page: HeldPage, language: Language) -> Iterator[str]:
    nothing = f"<p>{escape(NOTHING[language])}</p>"
    yield _about(page, language)
    yield f"<h2>{escape(HAPPENED[language])}</h2>"
    yield _list((_entry(one, language) for one in page.entries), ordered=True)
    yield f"<h2>{escape(DOCUMENTS[language])}</h2>"
    yield (
        _list(
            _item(
                one.document.name[language],
                f"{one.what[language]}. {one.sent.on.text[language]}, {one.sent.time[language]}."
                f" SHA-256 {one.sha256}",
                href=f"documents/{one.name}" if one.kept else None,
                more="" if one.kept else NOT_KEPT[language],
            )
            for one in page.documents
        )
        or nothing
    )
    yield f"<h2>{escape(ASKED[language])}</h2>"
    yield (
        _list(
            _item(
                one.document.name[language],
                f"{one.asked_on.text[language]}"
                + (f" – {one.due_on.text[language]}" if one.due_on else "")
                + f". {one.outcome[language]}",
            )
            for one in page.asked
        )
        or nothing
    )
    yield f"<h2>{escape(DATES[language])}</h2>"
    yield (
        _list(_item(one.sentence[language], one.told_on.text[language]) for one in page.given)
        or nothing
    )
    yield f"<h2>{escape(MESSAGES[language])}</h2>"
    yield (
        _list(
            _item(
                one.sentence[language],
                f"{one.at.on.text[language]}, {one.at.time[language]}. {one.became[language]}",
            )
            for one in page.messages
        )
        or nothing
    )
    yield f"<h2>{escape(WITHHELD[language])}</h2>"
    yield (
        _list(
            _item(
                f"{one.counted[language]} – {one.name[language]}",
                f"{one.means[language]} {one.sections[language]}",
                href=one.source[language],
            )
            for one in page.withheld
        )
        or f"<p>{escape(NONE_WITHHELD[language])}</p>"
    )
    yield from _looks(page, language)


def _looks(page: HeldPage, language: Language) -> Iterator[str]:
    yield f"<h2>{escape(LOOKED[language])}</h2>\n<p>{escape(OWN_VISITS[language])}</p>"
    yield (
        _list(
            _item(
                line.sentence[language], f"{day.on.text[language]}, {line.happened.time[language]}"
            )
            for day in page.looks.days
            for line in day.lines
        )
        or f"<p>{escape(NO_LOOKS[language])}</p>"
    )
    if page.looks.next is not None:
        yield f'<p>{escape(_FOLLOW[language])} <a href="accesses.csv">accesses.csv</a></p>'


def _about(page: HeldPage, language: Language) -> str:
    rows = [
        ("number", page.number),
        ("source", page.source_number),
        ("program", page.program.name[language]),
        ("status", page.status.name[language]),
        ("office", page.office.name[language] if page.office else None),
    ]
    if page.you is not None:
        rows += [
            ("name", page.you.name),
            ("email", page.you.email),
            ("language", page.you.language[language]),
        ]
    told = "".join(
        f"<dt>{escape(_LABELS[label][language])}</dt><dd>{escape(value)}</dd>\n"
        for label, value in rows
        if value is not None
    )
    return f"<h2>{escape(ABOUT_YOU[language])}</h2>\n<dl>\n{told}</dl>"


def _entry(one: EntryLine, language: Language) -> str:
    when = f"{one.happened.on.text[language]}, {one.happened.time[language]}"
    learned = one.recorded
    recorded = Text(
        en=f"Recorded on {learned.on.text.en}, {learned.time.en}.",
        fr=f"Inscrit le {learned.on.text.fr}, {learned.time.fr}.",
    )
    return _item(one.sentence[language], f"{when}. {one.by[language]}. {recorded[language]}")


def _item(words: str, small: str, *, href: str | None = None, more: str = "") -> str:
    said = escape(words)
    if href is not None:
        said = f'<a href="{escape(href)}">{said}</a>'
    after = f" <strong>{escape(more)}</strong>" if more else ""
    return f"<li><span>{said}</span><small>{escape(small)}{after}</small></li>"


def _list(items: Iterable[str], *, ordered: bool = False) -> str:
    """Return a list; nothing where there is nothing to list."""
    told = "\n".join(items)
    tag = "ol" if ordered else "ul"
    return f"<{tag}>\n{told}\n</{tag}>" if told else ""
