"""What is written to us by a page: the words, the files beside them, and which form it was."""

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.http import HttpRequest

from parvis.casework.documents.contents import LARGEST, MOST, TOO_LARGE
from parvis.casework.enquiries.mails import Attached
from parvis.lib.text import Text

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

LONGEST = 5_000
_NO_WORDS = Text(en="Write what you want to know.", fr="Écrivez ce que vous voulez savoir.")
_TOO_LONG = Text(
    en="This is longer than 5,000 letters. Shorten it.",
    fr="Ce texte dépasse 5 000 caractères. Raccourcissez-le.",
)
_TOO_MANY = Text(
    en="These are more than ten files. Send the others in a second message.",
    fr="Il y a plus de dix fichiers. Envoyez les autres dans un second message.",
)


def typed_words(request: HttpRequest) -> str:
    """Return what somebody wrote."""
    return request.POST.get("words", "").replace("\0", "").strip()


def wrong_words(words: str) -> Text | None:
    """Return why we cannot take these words; None where we can."""
    if not words:
        return _NO_WORDS
    return _TOO_LONG if len(words) > LONGEST else None


def sent_files(request: HttpRequest) -> tuple[list["UploadedFile[bytes]"], Text | None]:
    """Return the files that came, and why we cannot take them, if so."""
    files = [one for one in request.FILES.getlist("files") if one.size]
    if len(files) > MOST:
        return files, _TOO_MANY
    too_large = any((one.size or 0) > LARGEST for one in files)
    return files, TOO_LARGE if too_large else None


def attached(files: list["UploadedFile[bytes]"]) -> list[Attached]:
    """Return files as a message brings them."""
    return [Attached(name=one.name or "", content=one.read()) for one in files]


def form_of(told: str) -> str:
    """Return which form this is, so that the same one sent twice is one message."""
    try:
        return UUID(told).hex
    except ValueError:
        return uuid4().hex
