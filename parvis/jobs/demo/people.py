"""Who is in the demo department. Every name says that nobody has it."""

from dataclasses import dataclass

from parvis.lib.text import Language

PASSWORD = "open-the-square-2024"  # noqa: S105 - printed for whoever looks at the demo
OFFICER = "officer@example.org"
SUPERVISOR = "supervisor@example.org"


@dataclass(frozen=True, slots=True)
class Person:
    """A client of the demo, who signs in where there is an address."""

    name: str
    language: Language
    email: str | None = None


ADA = Person("Ada Example", "en", "ada@example.org")
ZOE = Person("Zoé Exemple", "fr", "zoe@example.org")
SAM = Person("Sam Sample", "en")
JEAN = Person("Jean Modèle", "fr")
MINA = Person("Mina Specimen", "en")
OTTO = Person("Otto Placeholder", "en")
LUCE = Person("Luce Fictive", "fr")
PEOPLE = (ADA, ZOE, SAM, JEAN, MINA, OTTO, LUCE)
