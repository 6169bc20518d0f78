"""What cannot be true of a person's time in Canada is refused where it stands, twice."""

from datetime import date

import pytest

from parvis.engines.rules.presence.counting import Terms, presence
from parvis.engines.rules.presence.history import History, Trip
from parvis.engines.rules.presence.refusals import HistoryRefused
from parvis.engines.rules.presence.stretches import Stretch

TODAY = date(2024, 5, 3)


def wrongs(history: History):
    terms = Terms(days=1095, years=5, most_before=365)
    with pytest.raises(HistoryRefused) as refused:
        presence(history, terms, applying_on=TODAY, today=TODAY)
    return refused.value.wrongs


def of_trips(*trips: Trip):
    return wrongs(History(date(2019, 1, 1), trips=trips))


@pytest.mark.parametrize(
    ("trip", "place", "en", "fr"),
    [
        (
            Trip(date(2024, 1, 9), date(2024, 1, 2)),
            "returned",
            "Trip 2: You came back before you left on 9 January 2024. Check both dates.",
            (
                "Voyage 2\u00a0: Le retour précède le départ du 9 janvier 2024. "
                "Vérifiez les deux dates."
            ),
        ),
        (
            Trip(date(2024, 4, 9), date(2024, 6, 1)),
            "returned",
            "Trip 2: 1 June 2024 has not come yet. Enter a day that has passed.",
            "Voyage 2\u00a0: Le 1er juin 2024 n’est pas encore venu. Entrez un jour passé.",
        ),
        (
            Trip(date(2019, 1, 9), date(2019, 5, 1)),
            "returned",
            "Trip 2: It ended before 3 May 2019, when the five years start. Leave it out.",
            "Voyage 2\u00a0: Il a pris fin avant le 3 mai 2019, début des cinq ans. Retirez-le.",
        ),
        (
            Trip(date(2024, 5, 3), date(2024, 5, 3)),
            "left",
            "Trip 2: It started after 2 May 2024, when the five years end. Leave it out.",
            "Voyage 2\u00a0: Il a commencé après le 2 mai 2024, fin des cinq ans. Retirez-le.",
        ),
        (
            Trip(date(2022, 1, 19), date(2022, 2, 2)),
            "left",
            "Trip 2: It starts before trip 1 is over on 20 January 2022. Check the dates of both.",
            (
                "Voyage 2\u00a0: Il commence avant la fin du voyage 1, le 20 janvier 2022. "
                "Vérifiez les dates des deux."
            ),
        ),
        (
            Trip(date(202, 1, 19), date(2022, 1, 2)),
            "left",
            "Trip 2: 19 January 202 is too long ago. Check the year.",
            "Voyage 2\u00a0: Le 19 janvier 202 est trop ancien. Vérifiez l’année.",
        ),
    ],
)
def test_a_trip_that_cannot_be_is_refused_by_number_and_field(trip, place, en, fr):
    (wrong,) = of_trips(Trip(date(2022, 1, 2), date(2022, 1, 20)), trip)
    assert wrong.place == ("trips", 1, place)
    assert (wrong.told.en, wrong.told.fr) == (en, fr)


def test_a_trip_inside_another_is_refused_in_whichever_order_they_are_told():
    outer, inner = (
        Trip(date(2022, 1, 1), date(2022, 12, 1)),
        Trip(date(2022, 3, 1), date(2022, 3, 5)),
    )
    later = Trip(date(2022, 11, 1), date(2022, 12, 24))
    assert [w.place for w in of_trips(outer, inner, later)] == [
        ("trips", 1, "left"),
        ("trips", 2, "left"),
    ]
    assert [w.place for w in of_trips(inner, outer)] == [("trips", 0, "left")]


def test_a_trip_may_begin_on_the_day_on_which_another_ends():
    terms = Terms(days=1095, years=5, most_before=365)
    trips = [Trip(date(2022, 1, 1), date(2022, 1, 5)), Trip(date(2022, 1, 5), date(2022, 1, 9))]
    history = History(date(2015, 1, 1), trips=trips)
    assert presence(history, terms, applying_on=TODAY, today=TODAY).away == 6


def test_every_mistake_is_told_at_once():
    history = History(
        resident_since=date(2025, 1, 1),
        before_residence=[Stretch(date(2020, 1, 1), date(2019, 1, 1))],
        trips=[Trip(date(2024, 1, 9), date(2024, 1, 2))],
        serving=[Stretch(date(2020, 1, 1), date(9999, 1, 1))],
    )
    assert [wrong.place for wrong in wrongs(history)] == [
        ("resident_since",),
        ("before_residence", 0, "last"),
        ("serving", 0, "last"),
        ("trips", 0, "returned"),
    ]
