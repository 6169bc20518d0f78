"""What clients say, as facts on the client."""

from dataclasses import dataclass

from parvis.casework.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class TaskRated(Fact):
    """Whoever did a task said whether it was easy; `task` is the fact that ended it."""

    KIND = "client.task-rated"
    application: int
    task: int
    ease: str
