"""The question at the end, whether our answer helped: its link is in a mail, with no sign-in.

The page says nothing of who asked, what about, or any application: whoever has the link could be
anybody. It is read as often as anybody likes, mail programs too; only sending it says something.
"""

from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from parvis.casework.enquiries.rated import Question, question
from parvis.casework.enquiries.rating import rate
from parvis.casework.enquiries.status import Score
from parvis.casework.people.policies import ActRefused
from parvis.lib import clock
from parvis.lib.text import Text
from parvis.web.limits import is_within
from parvis.web.showing import show
from parvis.web.support.pages import Choice
from parvis.web.support.words import EASE, SOLVED

_CHOOSE = Text(en="Choose one of the three.", fr="Choisissez une des trois réponses.")
_GONE = 410


@dataclass(frozen=True, slots=True)
class HelpedPage:
    """Two questions, or what became of them."""

    sealed: str
    rated: bool
    over: bool
    solved: tuple[Choice, ...] = ()
    ease: tuple[Choice, ...] = ()
    words: str = ""
    wrong_solved: Text | None = None
    wrong_ease: Text | None = None
    wrong_words: Text | None = None

    @property
    def wrong(self) -> bool:
        """Whether something has to be put right."""
        return any((self.wrong_solved, self.wrong_ease, self.wrong_words))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def helped(request: HttpRequest, sealed: str) -> HttpResponse:
    """Ask whether our answer helped, and take down what is said; once."""
    found = question(sealed)
    if found is None:
        raise Http404
    page = _page(request, sealed, found)
    if page.rated or page.over or request.method != "POST":
        status = _GONE if page.over and not page.rated else 200
        return show(request, "support/helped.html", page, status=status)
    if not is_within(request, "rate"):
        return render(request, "429.html", status=429)
    page = _checked(request, page)
    if not page.wrong:
        solved, ease = Score(request.POST["solved"]), Score(request.POST["ease"])
        try:
            rate(sealed=sealed, solved=solved, ease=ease, words=page.words, at=clock.now())
        except ActRefused as refused:
            page = replace(page, wrong_words=refused.reason)
        else:
            return redirect("helped", sealed=sealed)
    return show(request, "support/helped.html", page, status=422)


def _page(request: HttpRequest, sealed: str, found: Question) -> HelpedPage:
    told = request.POST
    return HelpedPage(
        sealed=sealed,
        rated=found.rated,
        over=clock.now() >= found.ends_at,
        solved=tuple(Choice(one, text, told.get("solved") == one) for one, text in SOLVED.items()),
        ease=tuple(Choice(one, text, told.get("ease") == one) for one, text in EASE.items()),
        words=told.get("words", "").replace("\0", "").strip(),
    )


def _checked(request: HttpRequest, page: HelpedPage) -> HelpedPage:
    wrong = {
        name: None if request.POST.get(name) in set(Score) else _CHOOSE
        for name in ("solved", "ease")
    }
    return replace(page, wrong_solved=wrong["solved"], wrong_ease=wrong["ease"])
