"""All that people can do to a file, by name, and what the log and the row say of it afterwards."""

from datetime import date, datetime
from typing import Any

from hypothesis import strategies as st

from parvis.casework.applications import services
from parvis.casework.applications.models import Application
from parvis.casework.applications.state import State, fold
from parvis.casework.events import log
from parvis.programs import loader
from parvis.programs.vocabulary import Outcome

PROGRAM = loader.program("study-permit")
Act = tuple[str, dict[str, Any]]

SECTIONS = ["medical", "background", "no-such-section"]
DOCUMENTS = [
    "biometrics-appointment",
    "medical-exam",
    "proof-of-funds",
    "police-certificate",
    "no-such-document",
]
OFFICES = ["cpc-edmonton", "vac-manila", "visa-office-paris", "no-such-office"]

ACTS: st.SearchStrategy[Act] = st.one_of(
    st.tuples(st.sampled_from(["acknowledge", "withdraw", "abandon", "reopen"]), st.builds(dict)),
    st.tuples(
        st.sampled_from(["open_section", "complete_section", "exempt_section"]),
        st.fixed_dictionaries({"section": st.sampled_from(SECTIONS)}),
    ),
    st.tuples(
        st.just("ask_client"),
        st.fixed_dictionaries(
            {
                "document": st.sampled_from(DOCUMENTS),
                "section": st.none() | st.sampled_from(SECTIONS),
                "due_on": st.none() | st.just(date(2024, 5, 1)),
            }
        ),
    ),
    st.tuples(
        st.just("receive_answer"),
        st.fixed_dictionaries({"document": st.sampled_from(DOCUMENTS)}),
    ),
    st.tuples(st.just("transfer"), st.fixed_dictionaries({"office": st.sampled_from(OFFICES)})),
    st.tuples(st.just("decide"), st.fixed_dictionaries({"outcome": st.sampled_from(Outcome)})),
)


def act(id_: int, name: str, what: dict[str, Any], *, at: datetime) -> None:
    """Do one act, by its name, to the file as somebody else may hold it: by its id alone."""
    getattr(services, name)(
        application=Application(id=id_, program="study-permit"), by="user:1", at=at, **what
    )


def kept(id_: int) -> State:
    """Return the state that the file's row keeps."""
    return Application.objects.get(pk=id_).state


def folded(id_: int) -> State:
    """Return the state that the log gives."""
    state = fold((one.at, one.fact) for one in log.history(id_))
    assert state is not None
    return state
