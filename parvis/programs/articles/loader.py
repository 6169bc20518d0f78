"""Articles from their files: those that come with Parvis, and on top the house's own."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from parvis.lib.postgres import default_home
from parvis.programs import kept
from parvis.programs.articles.schema import Article, Known, Owner
from parvis.programs.lines import read_lines
from parvis.programs.mistakes import Mistake, ProgramRefused
from parvis.programs.topics.loader import all_topics

SHIPPED = Path(__file__).parent / "data"
_KNOWN = frozenset(
    {"en", "fr", *(key for part in (Article, Owner, Known) for key in part.model_fields)}
)


def load_article(path: Path) -> Article:
    """Load one article from its YAML file.

    Raises `ProgramRefused` with file, line and field of every mistake, `OSError` where the file
    cannot be opened.
    """
    return kept.load(path, Article, _KNOWN)


def checked_article(path: Path) -> Article:
    """Load one article, and refuse what else is wrong with it: a topic that there is not.

    On a desk such an article is only never the first, so it loads there. Raises as `load_article`.
    """
    found, topics = load_article(path), all_topics()
    lines = read_lines(path)
    mistakes = []
    for number, code in enumerate(found.topics):
        if code not in topics:
            close = get_close_matches(code, topics, n=1)
            hint = f"did you mean {close[0]}?" if close else "parvis topics list names them"
            place = ("topics", number)
            message = f"no topic has the code {code!r}; {hint}"
            mistakes.append(Mistake(path, lines.find(place)[1], kept.field_of(place), message))
    if mistakes:
        raise ProgramRefused(mistakes)
    return found


def own_folder() -> Path:
    """Return where the house keeps its own articles; one with a shipped code takes its place."""
    return default_home() / "articles"


def all_articles() -> dict[str, Article]:
    """Return the articles by code: the one whose review is due first at the head."""
    found = (_shipped() | kept.of_house(own_folder(), load_article)).values()
    return {one.code: one for one in sorted(found, key=lambda one: (one.review_by, one.code))}


def twice(found: Iterable[tuple[Path, Article]]) -> list[Mistake]:
    """Return a mistake for each file whose code an earlier one of its folder has."""
    first: dict[tuple[Path, str], Path] = {}
    mistakes = []
    for path, one in found:
        before = first.setdefault((path.parent, one.code), path)
        if before != path:
            line = read_lines(path).find(("code",))[1]
            message = f"{before.name} has the code {one.code!r} too; keep one"
            mistakes.append(Mistake(path, line, "code", message))
    return mistakes


@cache
def _shipped() -> dict[str, Article]:
    return {found.code: found for found in map(load_article, kept.files(SHIPPED))}
