"""Articles as pages show them."""

from dataclasses import dataclass
from datetime import date

from parvis.lib.dates import Day, day
from parvis.lib.text import Text
from parvis.programs.articles.blanks import paragraphs
from parvis.programs.articles.schema import Article
from parvis.web.support.words import topic_name


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact of the field, and where it comes from."""

    says: Text
    source: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article, with whether its review is overdue and whose it is."""

    code: str
    title: Text
    topics: tuple[Text, ...]
    unit: Text
    mailbox: str
    reviewed: Day
    review_by: Day
    late: bool
    text: Text
    facts: tuple[FactLine, ...]
    reply: Text | None


def article_line(one: Article, today: date) -> ArticleLine:
    """Return an article as a page shows it."""
    return ArticleLine(
        code=one.code,
        title=one.title,
        topics=tuple(map(topic_name, one.topics)),
        unit=one.owner.unit,
        mailbox=one.owner.mailbox or "",
        reviewed=day(one.reviewed_on),
        review_by=day(one.review_by),
        late=one.is_past_review(today),
        text=_spaced(one.text),
        facts=tuple(FactLine(fact.says, fact.source, fact.unverified) for fact in one.facts),
        reply=_spaced(one.reply) if one.reply else None,
    )


def _spaced(text: Text) -> Text:
    """Return a text with an empty line between its paragraphs."""
    return Text(en="\n\n".join(paragraphs(text.en)), fr="\n\n".join(paragraphs(text.fr)))
