"""How long files like this one took: said of decided files, and no promise for those that wait."""

from datetime import date, timedelta
from typing import Any

import pytest

from parvis.jobs.cli.paper import paper
from parvis.lib.dates import day
from parvis.lib.text import LANGUAGES, Text
from parvis.programs.vocabulary import Status
from parvis.readers.estimates.published import refresh
from parvis.readers.tracker import as_data, dotplot_of, file_page
from parvis.readers.tracker.page import Similar, SimilarLine
from tests.filing import OPEN, RECEIVED, REFUSE, WAYS, Act, filed, seen
from tests.readers.estimates.planting import decided

pytestmark = pytest.mark.django_db
NOW = RECEIVED + timedelta(days=10)


def similar(*acts: Act, days: int = 10, **what: Any) -> SimilarLine:
    return file_page(seen(filed(*acts, **what)), RECEIVED + timedelta(days=days)).similar


@pytest.fixture
def counted() -> None:
    """Have forty files decided in 20 days each, and counted."""
    decided([20] * 40)
    refresh(NOW)


@pytest.mark.usefixtures("counted")
def test_an_open_file_is_told_what_finished_ones_took_and_that_it_is_no_promise() -> None:
    told = similar(OPEN)
    assert told.sentences == (
        Text(
            en="8 of 10 applications decided between 2 October 2023 and 21 January 2024"
            " took 20 days or less.",
            fr="Du 2 octobre 2023 au 21 janvier 2024, 8 demandes sur 10 ont été réglées"
            " en 20 jours ou moins.",
        ),
        Text(
            en="This is how long finished applications took. It is not a promise for yours.",
            fr="C’est le temps qu’ont pris les demandes déjà réglées."
            " Ce n’est pas une promesse pour la vôtre.",
        ),
        Text(
            en="Applications that still wait often take longer.",
            fr="Les demandes encore à l’étude prennent souvent plus de temps.",
        ),
    )
    assert (told.code, told.share, told.days, told.files) == (Similar.KNOWN, 0.8, 20, 40)
    assert (told.decided_from, told.decided_to) == (
        day(date(2023, 10, 2)),
        day(date(2024, 1, 21)),
    )
    assert (told.as_of, told.dots) == (day(date(2024, 1, 22)), (20,) * 20)
    assert told.days_so_far == 10


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize(("days", "longer"), [(20, False), (21, True)])
def test_one_that_has_waited_longer_is_told_so(days: int, longer: bool) -> None:
    said = similar(OPEN, days=days).sentences[-1]
    assert (said.en == "Yours has already taken longer.") is longer


def test_before_anything_is_counted_we_say_that_we_do_not_know() -> None:
    told = similar(OPEN)
    assert (told.code, told.days, told.dots) == (Similar.NOT_YET, None, ())
    assert told.sentences[0].en.startswith("We do not know yet")


def test_of_too_few_files_no_time_is_told() -> None:
    decided([20] * 29)
    refresh(NOW)
    told = similar(OPEN)
    assert (told.code, told.days, told.files, told.dots) == (Similar.TOO_FEW, None, 29, ())
    assert told.sentences == (
        Text(
            en="Too few applications like yours were decided lately to say.",
            fr="Trop peu de demandes comme la vôtre ont été réglées récemment pour le dire.",
        ),
    )
    assert not any(figure in told.sentences[0].en for figure in "0123456789")


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize(
    ("acts", "en", "fr"),
    [
        ([REFUSE], "Your application took 1 day.", "Votre demande a pris 1 jour."),
        (
            [("acknowledge", {})] + [OPEN, ("complete_section", {"section": "background"})] * 38,
            "Your application took 78 days, or about 11 weeks.",
            "Votre demande a pris 78 jours, soit environ 11 semaines.",
        ),
    ],
)
def test_a_decided_file_is_told_how_long_it_took_itself(acts: list[Act], en: str, fr: str) -> None:
    if acts[-1] != REFUSE:
        acts = [*acts, REFUSE]
    told = similar(*acts, days=200)
    assert (told.code, told.sentences) == (Similar.DECIDED, (Text(en=en, fr=fr),))
    assert told.dots == ()


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.ABANDONED])
def test_one_that_ended_undecided_is_told_how_long_it_was_open(status: Status) -> None:
    told = similar(*WAYS[status])
    assert told.code is Similar.ENDED
    assert told.sentences[0].en.startswith("Your application was open for ")


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("status", WAYS)
def test_paper_and_data_say_the_same(status: Status) -> None:
    now = RECEIVED + timedelta(days=400 if status is Status.DORMANT else 10)
    page = file_page(seen(filed(*WAYS[status])), now)
    for language in LANGUAGES:
        said = [sentence[language] for sentence in page.similar.sentences]
        assert as_data(page, language)["similar"]["sentences"] == said
        for sentence in said:
            assert sentence in paper(page, language)


@pytest.mark.usefixtures("counted")
def test_the_picture_is_of_the_files_like_this_one() -> None:
    page = file_page(seen(filed(OPEN)), NOW)
    picture = dotplot_of(page)
    assert picture is not None
    assert [dot.days for dot in picture.dots] == [20] * 20
    assert picture.standard is not None
    assert picture.today is not None
    assert (picture.standard.days, picture.today.days) == (60, 10)
    assert dotplot_of(file_page(seen(filed(REFUSE)), NOW)) is None
