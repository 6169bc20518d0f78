"""Texts into a folder of the house, until a department names a gateway; to look at, never sent."""

from pathlib import Path

from parvis.casework.notices.ways import Letter
from parvis.channels.keeping import keep


class TextFolder:
    """Keeps each text as a file: the number on its first line, the words below."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, letter: Letter) -> None:
        """Keep a text; the same one again takes its own place."""
        content = f"{letter.address}\n{letter.text}\n".encode()
        keep(self._folder / f"notice-{letter.name}.txt", content)

    def close(self) -> None:
        """There is no line to let go."""
