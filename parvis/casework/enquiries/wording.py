"""The question at the end as a mail says it: nothing of what was asked, and a link."""

from parvis.casework.enquiries.models import Message
from parvis.casework.enquiries.references import link_to_rating
from parvis.lib.dates import day, department_day
from parvis.lib.text import Language, Text

_WORDS = Text(
    en="""Hello,

You asked us something, and we answered. Did it help? Two questions, asked once:

{link}

The link works until {day}. What you say changes nothing for any application.

Not answered yet? Reply to this message.

The support centre""",
    fr="""Bonjour,

Vous nous avez posé une question et nous y avons répondu. Cela vous a-t-il aidé\N{NO-BREAK SPACE}?
Deux questions, posées une seule fois\N{NO-BREAK SPACE}:

{link}

Le lien fonctionne jusqu’au {day}. Ce que vous dites ne change rien à aucune demande.

Pas encore de réponse\N{NO-BREAK SPACE}? Répondez à ce message.

Le centre de soutien""",
)


def question_of(message: Message) -> str:
    """Return what a mail asks, in the language of its conversation."""
    rating = message.rating
    language: Language = "fr" if rating.conversation.language == "fr" else "en"
    return _WORDS[language].format(
        link=link_to_rating(rating.key, language),
        day=day(department_day(rating.ends_at)).text[language],
    )
