"""The articles for whoever answers: all of them, overdue ones first, and one by itself."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from parvis.casework.people.policies import Act, user_may
from parvis.lib import clock
from parvis.lib.dates import department_day
from parvis.programs.articles.finding import found
from parvis.programs.articles.loader import all_articles
from parvis.web.showing import show
from parvis.web.signed_in import private
from parvis.web.support.article_lines import ArticleLine, article_line


@dataclass(frozen=True, slots=True)
class ArticlesPage:
    """All articles, or those in which some words stand."""

    words: str
    late: tuple[ArticleLine, ...]
    others: tuple[ArticleLine, ...]


@require_safe
@private
def articles(request: HttpRequest) -> HttpResponse:
    """Show the articles: those past their review first, then as their reviews come due."""
    _check(request)
    words = " ".join(request.GET.get("find", "").split())
    known = set(found(all_articles().values(), words))
    lines = [article_line(one, _today()) for one in all_articles().values() if one in known]
    page = ArticlesPage(
        words=words,
        late=tuple(one for one in lines if one.late),
        others=tuple(one for one in lines if not one.late),
    )
    return show(request, "support/articles.html", page)


@require_safe
@private
def article(request: HttpRequest, code: str) -> HttpResponse:
    """Show an article: what it says, its facts with their sources, its reply and its owner."""
    _check(request)
    one = all_articles().get(code)
    if one is None:
        raise Http404
    return show(request, "support/article.html", article_line(one, _today()))


def _check(request: HttpRequest) -> None:
    """Refuse whoever does not answer enquiries like what is not there."""
    if not user_may(Act.ANSWER_ENQUIRIES, request.user):
        raise Http404


def _today() -> date:
    return department_day(clock.now())
