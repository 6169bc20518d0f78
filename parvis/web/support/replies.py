"""Replies and articles on the desk: those that fit at the head, and one put into the answer.

A reply is filled with what may be said at the proof that there is of who asks. It goes after what
was typed, in the language of the enquiry, and nothing that was typed is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from parvis.casework.applications.selectors import File
from parvis.casework.enquiries.selectors import Enquiry
from parvis.casework.enquiries.services import LONGEST
from parvis.casework.enquiries.status import SPEAKS_OF_THE_FILE
from parvis.lib.dates import department_day
from parvis.lib.text import Language, Text
from parvis.programs.articles.blanks import Blank, filled
from parvis.programs.articles.finding import fitting, found
from parvis.programs.articles.loader import all_articles
from parvis.programs.articles.schema import Article
from parvis.readers.tracker import file_page
from parvis.web.support.article_lines import ArticleLine, article_line
from parvis.web.support.drafts import GOODBYE, letter

_MOST = 10
"""How many of those that were found are shown; more words find fewer."""
_PUT = Text(
    en="The reply is in your answer. Read it before you send it.",
    fr="La réponse type est dans votre réponse. Relisez-la avant de l’envoyer.",
)
_PUT_IN_PART = Text(
    en="The reply is in your answer, without what it says of the application: either nobody knows"
    " who asks, or the enquiry is linked to none. Read it before you send it.",
    fr="La réponse type est dans votre réponse, sans ce qu’elle dit du dossier\N{NO-BREAK SPACE}:"
    " on ne sait pas qui demande, ou la demande n’est rattachée à aucun dossier. Relisez-la avant"
    " de l’envoyer.",
)
_TOO_LONG = Text(
    en="Your answer would be longer than 20,000 letters. Shorten it, then choose the reply again.",
    fr="Votre réponse dépasserait 20\N{NO-BREAK SPACE}000 caractères. Raccourcissez-la, puis"
    " choisissez de nouveau la réponse type.",
)
_NO_REPLY = Text(
    en="This reply is no longer there. Choose another.",
    fr="Cette réponse type n’existe plus. Choisissez-en une autre.",
)


@dataclass(frozen=True, slots=True)
class OfferedLine:
    """An article, with its reply as it would be put in."""

    article: ArticleLine
    reply: str
    """In the language of the enquiry; empty where the article has none."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What the desk offers to whoever answers."""

    language: Language
    """Of the enquiry, and of each reply."""
    looked: bool
    """Whether words were looked for, even none, which finds all."""
    words: str
    fitting: tuple[OfferedLine, ...]
    others: tuple[OfferedLine, ...]
    count: int
    """How many others were found; those that are shown are the first."""
    typed: str | None
    """What was typed, with the reply where one was chosen; None where nobody typed."""
    put: Text | None = None
    """That a reply was put in."""
    wrong: Text | None = None


def offered(
    told: Mapping[str, str], one: Enquiry, *, file: File | None, line: Text, now: datetime
) -> Offered:
    """Return what to offer, with the reply put in that `told`, a form, asks for.

    The form says `words` (the answer so far), `look` and `find` (what to look for), `reply` (the
    code of an article). `file` is the one that the enquiry is about, `line` the name of its line.
    """
    language: Language = "fr" if one.brief.language == "fr" else "en"
    articles, today = list(all_articles().values()), department_day(now)
    values = _values(one, file, line, language, now)
    # Where one may be wrong, another that is not comes before it.
    fits = sorted(fitting(articles, one.brief.topic), key=lambda each: each.is_past_review(today))
    look, words = "look" in told, " ".join(told.get("find", "").split())
    others = [each for each in found(articles, words) if each not in fits] if look else []
    typed = told["words"].replace("\r\n", "\n") if "words" in told else None
    put = wrong = None
    if "reply" in told:
        typed, put, wrong = _put(typed or "", told["reply"], language, values)
    return Offered(
        language=language,
        looked=look,
        words=words,
        fitting=tuple(_line(each, today, language, values) for each in fits),
        others=tuple(_line(each, today, language, values) for each in others[:_MOST]),
        count=len(others),
        typed=typed,
        put=put,
        wrong=wrong,
    )


def _values(
    one: Enquiry, file: File | None, line: Text, language: Language, now: datetime
) -> dict[Blank, str]:
    """Return what each blank stands for; nothing of a file unless it is known who asks."""
    site = f"{settings.PARVIS_ADDRESS}/{language}"
    values = {
        Blank.ENQUIRY: one.brief.number,
        Blank.LINE: line[language],
        Blank.ACCOUNT: f"{site}/applications/",
        Blank.FORM: f"{site}/enquiries/new/",
        Blank.FIND: f"{site}/find/",
        Blank.TIMES: f"{site}/processing-times/",
    }
    if file is not None and one.proof in SPEAKS_OF_THE_FILE:
        page = file_page(file, now)
        values[Blank.APPLICATION] = file.number
        values[Blank.PROGRAM] = page.program.name[language]
        values[Blank.STANDARD] = page.service_standard.sentences[0][language]
    return values


def _put(
    typed: str, code: str, language: Language, values: Mapping[Blank, str]
) -> tuple[str, Text | None, Text | None]:
    """Return the answer with a reply put in, that it was, and what is wrong if it was not."""
    article = all_articles().get(code)
    if article is None or article.reply is None:
        return typed, None, _NO_REPLY
    reply, in_part = filled(article.reply[language], values)
    whole = _after(typed, reply, language)
    if len(whole) > LONGEST:
        return typed, None, _TOO_LONG
    return whole, _PUT_IN_PART if in_part else _PUT, None


def _after(typed: str, reply: str, language: Language) -> str:
    """Return a reply after what was typed, and before our own goodbye where that ends it."""
    if not typed.strip():
        return letter([reply], language)
    head, goodbye, rest = typed.rpartition(f"\n\n{GOODBYE[language]}")
    if not goodbye or rest.strip():
        head, goodbye, rest = typed, "", ""
    between = "\n" * max(0, 2 - (len(head) - len(head.rstrip("\n"))))
    return f"{head}{between}{reply}{goodbye}{rest}"


def _line(
    one: Article, today: date, language: Language, values: Mapping[Blank, str]
) -> OfferedLine:
    reply = filled(one.reply[language], values)[0] if one.reply else ""
    return OfferedLine(article_line(one, today), reply)
