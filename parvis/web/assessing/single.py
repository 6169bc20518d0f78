"""One assessment by itself: its questions on one page, its result above. Nothing is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from parvis.engines.rules.answers import read_answers
from parvis.engines.rules.findings import assess
from parvis.engines.rules.kinds import Sort
from parvis.engines.rules.refusals import AnswersRefused
from parvis.engines.rules.rules import Assessment, Input, Rules
from parvis.engines.rules.telling import plain
from parvis.lib import clock
from parvis.lib.text import Text
from parvis.programs.rules.finder import asker, finder
from parvis.programs.rules.loader import assessment
from parvis.web.assessing import fields, words
from parvis.web.assessing.asking import WrongLine
from parvis.web.assessing.cookie import COOKIE, read_kept
from parvis.web.assessing.fields import Read, Shown
from parvis.web.assessing.pages import SingleLine
from parvis.web.assessing.results import ResultPart, result_part
from parvis.web.mandates.days import today
from parvis.web.showing import show

CODES = (
    "crs",
    "fsw",
    "cec",
    "fst",
    "language-test",
    "citizenship",
    "visitor-visa",
    "study-permit",
    "work-permit",
    "family-sponsorship",
)
"""Those that stand by themselves, in the order in which they are listed."""


_NOWHERE = "0123456789 "
"""Of what the names of sentences consist that stand at no field."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some questions of an assessment that belong together."""

    ask: Text | None
    """None where the one field asks for itself."""
    hint: Text | None
    fields: tuple[Shown, ...]
    more: bool = False
    """Whether these stand behind a line that opens."""
    open: bool = False


@dataclass(frozen=True, slots=True)
class SinglePage:
    """An assessment as it stands: its result, if there is one, and its form."""

    code: str
    name: Text
    result: ResultPart | None
    parts: tuple[Part, ...]
    wrongs: tuple[WrongLine, ...]
    rows: bool
    """Whether rows can be added."""
    filled: bool
    """Whether answers came from the questions before."""


def listed() -> tuple[SingleLine, ...]:
    """Return the assessments that stand by themselves."""
    return tuple(SingleLine(code, assessment(code).name) for code in CODES)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def single(request: HttpRequest, code: str) -> HttpResponse:
    """Work out one assessment from a form; show what it says above it."""
    if code not in CODES:
        raise Http404
    on = today(clock.now())
    asked = assessment(code)
    rules = asked.on(on)
    if request.method != "POST":
        found = _from_device(request, rules, on)
        page = _page(asked, rules, on, found, None, came=bool(found.answers))
        return show(request, "assessing/single.html", page)
    found, result = _worked_out(asked, rules, on, request.POST)
    status = 422 if found.wrongs else 200
    page = _page(asked, rules, on, found, result, came=False)
    return show(request, "assessing/single.html", page, status=status)


def _from_device(request: HttpRequest, rules: Rules, on: date) -> Read:
    """Return the form filled with what this device keeps; most have nothing, and wait for none."""
    if COOKIE not in request.COOKIES:
        return Read()
    kept = read_kept(request, finder(on).asker.house)
    own = {name: value for name, value in kept.answers.items() if name in rules.inputs}
    return fields.filled(own, rules.inputs.values())


def _worked_out(
    asked: Assessment, rules: Rules, on: date, post: QueryDict
) -> tuple[Read, ResultPart | None]:
    found = fields.read(rules.inputs.values(), post, on)
    if "add" in post:
        found.wrongs.clear()
        return found, None
    if not found.wrongs and not found.answers:
        found.wrongs[""] = words.ANSWER_SOME
    if found.wrongs:
        return found, None
    try:
        sent = {name: plain(value) for name, value in found.answers.items()}
        said = read_answers(asked, sent, today=on, on=None)
        return found, result_part(assess(asked, said), said.rules, said.answers)
    except AnswersRefused as error:
        for place, one in enumerate(fields.refuse(found, error.refusals)):
            found.wrongs[f" {place}"] = one.message
        return found, None


def _page(  # noqa: PLR0913 - each is a part of the page
    asked: Assessment, rules: Rules, on: date, found: Read, result: ResultPart | None, *, came: bool
) -> SinglePage:  # fmt: skip
    parts = tuple(_parts(asked.code, rules, on, found))
    shown = [field for part in parts for field in part.fields]
    nowhere = [
        WrongLine(shown[0].id, text)
        for name, text in found.wrongs.items()
        if not name.strip(_NOWHERE)
    ]
    lines = [WrongLine(*line) for line in fields.wrong_lines(shown, found)]
    return SinglePage(
        code=asked.code,
        name=asked.name,
        result=result,
        parts=parts,
        wrongs=(*nowhere, *lines),
        rows=any(field.rows for field in shown),
        filled=came,
    )


def _parts(code: str, rules: Rules, on: date, found: Read) -> Iterator[Part]:
    """Yield the questions as they are asked elsewhere, then the more exact ways to answer some."""
    taken: set[str] = set()
    for question in asker(code, on).questions:
        several = len(question.inputs) > 1
        shown = [
            fields.shown(rules.inputs[name], found, on, label=None if several else question.ask)
            for name in question.inputs
        ]
        taken.update(question.inputs)
        yield Part(question.ask if several else None, question.help if several else None,
                   tuple(shown))  # fmt: skip
    left = [one for name, one in rules.inputs.items() if name not in taken]
    if not taken:
        yield Part(None, None, tuple(fields.shown(one, found, on) for one in left))
        return
    for title, among in _left(left):
        shown = [fields.shown(one, found, on) for one in among]
        used = any(one.typed or one.wrong or len(found.rows.get(one.name, ())) for one in shown)
        opens = used or any(one.kind.sort is Sort.LIST for one in among)
        yield Part(title, None, tuple(shown), more=True, open=opens)


def _left(left: Sequence[Input]) -> Iterator[tuple[Text, list[Input]]]:
    """Yield what was left out, together where it is about the same."""
    tests = [one for one in left if "_test" in one.name]
    days = [one for one in left if one.kind.sort in (Sort.LIST, Sort.DATE) and one not in tests]
    others = [one for one in left if one not in tests and one not in days]
    for title, among in ((words.TESTS, tests), (words.DAYS, days), (words.EXACT, others)):
        if among:
            yield title, among
