"""Whether a document arrived: what came from the client, and what we still wait for."""

from parvis.casework.applications.facts import ClientAnswered
from parvis.lib.text import Text
from parvis.readers.tracker.page import FilePage, HistoryLine, RequestLine
from parvis.readers.tracker.words import due_said

_NOTHING_MORE = Text(
    en="We do not wait for anything from you.",
    fr="Nous n’attendons rien de votre part.",
)
_ANOTHER_WAY = Text(
    en="What you sent us another way shows on your page once it is with your application.",
    fr="Ce que vous nous avez envoyé autrement apparaît sur votre page une fois versé à votre"
    " demande.",
)


def receipts(page: FilePage) -> tuple[Text, ...]:
    """Return what came and when, newest first, and what lacks; nothing where we never asked."""
    came = [_came(line) for line in page.history if line.kind == ClientAnswered.KIND]
    lacking = [_lacks(request) for request in page.requests]
    if not came and not lacking:
        return ()
    return (*came, *lacking, _ANOTHER_WAY if lacking else _NOTHING_MORE)


def _came(line: HistoryLine) -> Text:
    on, said = line.on.text, line.sentence
    return Text(en=f"{on.en} – {said.en}", fr=f"{on.fr} – {said.fr}")


def _lacks(request: RequestLine) -> Text:
    name, due = request.document.name, due_said(request)
    en, fr = (f" {due.en}", f" {due.fr}") if due else ("", "")
    return Text(
        en=f"We still wait for: {name.en}.{en}",
        fr=f"Nous attendons encore\N{NO-BREAK SPACE}: {name.fr}.{fr}",
    )
