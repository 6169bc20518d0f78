"""What the pages of self-assessment say that depends on a number or a code."""

from collections.abc import Mapping

from parvis.engines.rules.offers import Fit
from parvis.lib.text import Text

_NNBSP = "\N{NARROW NO-BREAK SPACE}"

YES_NO: Mapping[str, Text] = {"yes": Text("Yes", "Oui"), "no": Text("No", "Non")}
PARTS: Mapping[str, Text] = {
    "left": Text("Day you left", "Jour du départ"),
    "returned": Text("Day you came back", "Jour du retour"),
    "first": Text("First day", "Premier jour"),
    "last": Text("Last day", "Dernier jour"),
}
CHOOSE = Text("Choose one of these.", "Choisissez une de ces réponses.")
NOT_A_NUMBER = Text("Write a number, such as 6.", "Écrivez un nombre, comme 6.")
BOTH_DAYS = Text("Give both days.", "Donnez les deux jours.")
NONE_AND_SOME = Text(
    "You gave days and also said that there are none. Keep one of the two.",
    "Vous donnez des jours, et dites aussi qu’il n’y en a pas. Gardez l’un des deux.",
)
TOO_MANY_ROWS = Text(
    "That is more than 200 rows, so we cannot count them all. Join those that follow each other.",
    "Il y a plus de 200 lignes, nous ne pouvons pas tout compter. Réunissez celles qui se suivent.",
)
NOTHING_YET = Text(
    "Answer the question, or choose “I do not know”.",
    "Répondez à la question, ou choisissez «\N{NO-BREAK SPACE}Je ne sais pas\N{NO-BREAK SPACE}».",
)
ALL_OF_THEM = Text("Give this one as well, or none of them.", "Donnez aussi celle-ci, ou aucune.")
FITS: Mapping[Fit, Text] = {
    Fit.YES: Text("Fits, by what you told us", "Convient, selon vos réponses"),
    Fit.OPEN: Text("May fit", "Peut convenir"),
    Fit.NO: Text("Does not fit yet", "Ne convient pas encore"),
}
MET: Mapping[bool | None, tuple[str, Text]] = {
    True: ("completed", Text("Met", "Condition remplie")),
    False: ("exempted", Text("Not met", "Condition non remplie")),
    None: ("not_started", Text("Not known", "Inconnu")),
}
NO_POINTS = Text("No points", "Aucun point")


def progress(answered: int, more: int) -> Text:
    """Return how far the asking is, and how much may still come."""
    number = answered + 1
    if more == 0:
        return Text(
            f"Question {number}. It is the last one.", f"Question {number}. C’est la dernière."
        )
    if more == 1:
        return Text(
            f"Question {number}. At most 1 more after it.",
            f"Question {number}. Au plus 1 autre ensuite.",
        )
    return Text(
        f"Question {number}. At most {more} more after it.",
        f"Question {number}. Au plus {more} autres ensuite.",
    )


def points(number: int) -> Text:
    """Return a number of points."""
    if number == 0:
        return NO_POINTS
    word = "point" if number == 1 else "points"
    return Text(f"{number:,} {word}", f"{number:,} {word}".replace(",", _NNBSP))


def gain(number: int) -> Text:
    """Return a number of points more."""
    told = points(number)
    return Text(f"+{told.en}", f"+{told.fr}")


def dollars(amount: str) -> Text:
    """Return an amount in Canadian dollars, from one with a comma and a point."""
    return Text(f"${amount}", f"{amount.replace(',', _NNBSP).replace('.', ',')}\N{NO-BREAK SPACE}$")


def shares(met: int, not_met: int, unknown: int) -> Text:
    """Return how many rules are met, how many not, and how many wait for an answer."""

    def phrase(number: int, one: str, more: str) -> list[str]:
        return [f"{number} {one if number == 1 else more}"] if number else []

    english = [*phrase(met, "met", "met"), *phrase(not_met, "not met", "not met"),
               *phrase(unknown, "not known", "not known")]  # fmt: skip
    french = [*phrase(met, "remplie", "remplies"), *phrase(not_met, "non remplie", "non remplies"),
              *phrase(unknown, "à voir", "à voir")]  # fmt: skip
    return Text(
        f"Conditions: {', '.join(english)}.", f"Conditions\N{NO-BREAK SPACE}: {', '.join(french)}."
    )


ELIGIBLE: Mapping[bool | None, Text] = {
    True: Text("Yes, by what you told us.", "Oui, selon vos réponses."),
    False: Text("Not yet, by what you told us.", "Pas encore, selon vos réponses."),
    None: Text("We do not know yet. Answers are missing.",
               "Nous ne le savons pas encore. Il manque des réponses."),
}  # fmt: skip
NOT_ANSWERED = Text("not answered", "sans réponse")


def entries(number: int) -> Text:
    """Return a number of rows that somebody gave."""
    if number == 1:
        return Text("1 entry", "1 entrée")
    return Text(f"{number} entries", f"{number} entrées")


def still(number: int) -> Text:
    """Return how many questions would still make it clearer."""
    if number == 1:
        return Text("One more question can make this clearer.",
                    "Une question de plus peut préciser cela.")  # fmt: skip
    return Text(
        f"At most {number} more questions can make this clearer.",
        f"Au plus {number} autres questions peuvent préciser cela.",
    )


ANSWER_SOME = Text("Answer at least one question.", "Répondez à au moins une question.")
TESTS = Text("Give the scores of a language test in place of levels",
             "Donner les notes d’un test de langue plutôt que des niveaux")  # fmt: skip
DAYS = Text("Count your days from your trips", "Compter vos jours à partir de vos voyages")
EXACT = Text("Give months in place of full years", "Donner des mois plutôt que des années pleines")
OTHER_GOAL = Text("It is for another goal than yours.", "C’est pour un autre but que le vôtre.")


def capital(text: Text) -> Text:
    """Return words of the rules as they begin a line."""
    return Text(text.en[:1].upper() + text.en[1:], text.fr[:1].upper() + text.fr[1:])


def small(text: Text) -> Text:
    """Return words of the rules as they go on within a line; CLB and NCLC stay."""
    en, fr = (
        one if one[1:2].isupper() else one[:1].lower() + one[1:] for one in (text.en, text.fr)
    )
    return Text(en, fr)


def labelled(label: Text, value: Text) -> Text:
    """Return a value behind its label, each language with its own colon."""
    name = capital(label)
    return Text(f"{name.en}: {value.en}", f"{name.fr}\N{NO-BREAK SPACE}: {value.fr}")
