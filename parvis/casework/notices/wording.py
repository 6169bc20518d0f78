"""A message in words: sentences of programs, nothing personal, and a link that needs signing in."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.conf import settings
from django.utils.html import format_html, format_html_join

from parvis.casework.notices.models import Message, Notice
from parvis.casework.notices.noting import words_of
from parvis.casework.notices.references import name_of
from parvis.casework.notices.status import Way
from parvis.casework.notices.ways import Letter
from parvis.lib.dates import day
from parvis.lib.text import Language
from parvis.programs.notices import frame
from parvis.programs.vocabulary import NoticeKind

_STYLE = (
    "max-width:34em;margin:0 auto;padding:1.5em 1em;font:1.0625em/1.5 'Noto Sans',Arial,sans-serif;"
    "color:#333;background:#fff"
)
_HTML = (
    '<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{subject}</title></head>\n'
    '<body style="margin:0;background:#fff"><div style="{style}">\n'
    '<p style="font-weight:bold;border-bottom:1px solid #ccc;padding-bottom:.5em" translate="no">'
    "Parvis</p>\n<p>{greeting}</p>\n{says}\n"
    '<p><a style="display:inline-block;padding:.6em 1em;border-radius:4px;background:#26374a;'
    'color:#fff;text-decoration:none" href="{link}">{link_words}</a></p>\n'
    '<p style="font-size:.9em">{instead}{closing}<br>'
    '<a style="color:#2b4380" href="{choose}">{choose_words}</a></p>\n'
    "</div></body></html>\n"
)


class Words(NamedTuple):
    """A message in words."""

    subject: str
    text: str
    html: str


def letter_of(message: Message, notices: Sequence[Notice]) -> Letter:
    """Return a message ready to go."""
    language: Language = "fr" if message.language == "fr" else "en"
    name = name_of(message.pk)
    link = link_to(name, language)
    if message.way == Way.TEXT:
        text = frame().text[language].format(link=link)
        return Letter(name, message.address, language, "", text, "")
    words = in_words(sentences(notices, language), language, link=link, instead=message.instead)
    return Letter(name, message.address, language, *words)


def link_to(name: str, language: Language) -> str:
    """Return the address that leads to what a message is about, after signing in."""
    return f"{settings.PARVIS_ADDRESS}/{language}/messages/{name}/"


def sentences(notices: Iterable[Notice], language: Language) -> list[str]:
    """Return what notices say, what is urgent first, the same sentence once."""
    ordered = sorted(notices, key=lambda one: (not one.urgent, one.due_on is None, one.pk or 0))
    return list(dict.fromkeys(_sentence(one, language) for one in ordered))


def _sentence(notice: Notice, language: Language) -> str:
    due = "" if notice.due_on is None else day(notice.due_on).text[language]
    words = words_of(NoticeKind(notice.kind), notice.program)
    return words.says[language].format(due=due.replace(" ", "\N{NO-BREAK SPACE}"))


def in_words(says: Sequence[str], language: Language, *, link: str, instead: bool) -> Words:
    """Return a message that says this, as text and as HTML that reads the same."""
    around = frame()
    choose = f"{settings.PARVIS_ADDRESS}/{language}/account/notices/"
    parts = [
        around.greeting[language],
        says[0] if len(says) == 1 else "\n".join(f"- {one}" for one in says),
        f"{around.link[language]}\n{link}",
        *([around.instead[language]] if instead else []),
        around.closing[language],
        f"{around.choose[language]}\n{choose}",
    ]
    html = format_html(
        _HTML,
        language=language,
        subject=around.subject[language],
        style=_STYLE,
        greeting=around.greeting[language],
        says=_says(says),
        link=link,
        link_words=around.link[language].rstrip(": \N{NO-BREAK SPACE}"),
        instead=format_html("{}<br>", around.instead[language]) if instead else "",
        closing=around.closing[language],
        choose=choose,
        choose_words=around.choose[language].rstrip(": \N{NO-BREAK SPACE}"),
    )
    return Words(around.subject[language], "\n\n".join(parts) + "\n", html)


def _says(says: Sequence[str]) -> str:
    if len(says) == 1:
        return format_html("<p>{}</p>", says[0])
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((one,) for one in says)))
