"""All that is held on a file as a signed archive (ZIP), made while it is sent.

No more of it is in memory at a time than a piece of a document and the file's own facts. The
manifest comes last, with the digest of each member; the signature is over the manifest.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from io import StringIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import orjson

from parvis.casework.accesses.selectors import all_accesses_to
from parvis.casework.applications.selectors import File
from parvis.casework.documents.selectors import Sent, content_of
from parvis.casework.documents.store import pieces
from parvis.casework.events import log
from parvis.casework.people.selectors import kept_answers_as_data
from parvis.lib.signatures import Signer, fingerprint
from parvis.lib.text import LANGUAGES, Language
from parvis.programs import loader
from parvis.readers.held.data import as_json
from parvis.readers.held.file import Held, held
from parvis.readers.held.looks import look_line
from parvis.readers.held.members import FORMAT, KEY, MANIFEST, SIGNATURE
from parvis.readers.held.paper import paper, paper_name
from parvis.readers.held.readme import readme
from parvis.readers.held.words import reader_of

_COLUMNS = ("at", "who", "what", "sentence_en", "sentence_fr")


@dataclass(slots=True)
class _Sink:
    """What the archive is written into: it holds what was not sent yet."""

    parts: list[bytes] = field(default_factory=list)

    def write(self, part: bytes, /) -> int:
        self.parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Keep nothing back: what is written is there."""

    def close(self) -> None:
        """Nothing is open: whoever takes the parts sends them."""

    def taken(self) -> bytes:
        whole = b"".join(self.parts)
        self.parts.clear()
        return whole


def archive_name(number: str, at: datetime) -> str:
    """Return what an archive is called when it is saved."""
    return f"{number}-{at:%Y-%m-%d}.zip"


def archive(file: File, *, language: Language, signer: Signer, at: datetime) -> Iterator[bytes]:
    """Yield a signed archive of all that is held on a file, part by part.

    What it tells is read at once, before the first part; documents as they are sent.
    """
    return _Writer(file, held(file, at), language, signer, at).parts()


class _Writer:
    def __init__(
        self, file: File, held: Held, language: Language, signer: Signer, at: datetime
    ) -> None:
        self._file, self._held, self._language = file, held, language
        self._signer, self._at = signer, at
        self._data = as_json(held, log.digests(file.id))
        self._kept = kept_answers_as_data(reader_of(file))
        self._sink = _Sink()
        self._zip = ZipFile(self._sink, "w", ZIP_DEFLATED)
        self._members: list[dict[str, object]] = []
        self._lost: list[str] = []
        self._altered: list[str] = []

    def parts(self) -> Iterator[bytes]:
        """Yield the archive."""
        page, key = self._held.page, self._signer.public_key
        yield from self._member("README.txt", [readme(page, self._language, key).encode()])
        for language in LANGUAGES:
            name = paper_name(language, self._language)
            yield from self._member(name, [paper(page, language, self._language).encode()])
        yield from self._member("file.json", [self._data])
        yield from self._member("accesses.csv", self._accesses())
        if self._kept:
            kept = orjson.dumps(self._kept, option=orjson.OPT_INDENT_2)
            yield from self._member("answers.json", [kept])
        yield from self._documents()
        yield from self._member(KEY, [key])
        manifest = self._manifest()
        yield from self._member(MANIFEST, [manifest])
        yield from self._member(SIGNATURE, [self._signer.sign(manifest)])
        self._zip.close()
        yield self._sink.taken()

    def _member(self, name: str, content: Iterable[bytes]) -> Iterator[bytes]:
        info = ZipInfo(name, date_time=self._at.timetuple()[:6])
        info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
        digest, size = sha256(), 0
        with self._zip.open(info, "w") as member:
            for piece in content:
                member.write(piece)
                digest.update(piece)
                size += len(piece)
                if ready := self._sink.taken():
                    yield ready
        self._members.append({"name": name, "size": size, "sha256": digest.hexdigest()})
        yield self._sink.taken()

    def _accesses(self) -> Iterator[bytes]:
        program = loader.program(self._file.state.program)
        yield _line(_COLUMNS)
        for one in all_accesses_to(self._file.id):
            line = look_line(one, self._file, program)
            said = line.sentence
            at = line.happened.at.isoformat(timespec="seconds")
            yield _line((at, line.capacity.value, line.act.value, said.en, said.fr))

    def _documents(self) -> Iterator[bytes]:
        lines = self._held.page.documents
        for one, line in zip(self._held.documents, lines, strict=True):
            name = f"documents/{line.name}"
            content = _content(one)
            if content is None:
                self._lost.append(name)
                continue
            yield from self._member(name, content)
            if self._members[-1]["sha256"] != one.sha256:
                self._altered.append(name)

    def _manifest(self) -> bytes:
        told = {
            "format": FORMAT,
            "number": self._file.number,
            "made_at": self._at.isoformat(),
            "language": self._language,
            "key": fingerprint(self._signer.public_key),
            "members": self._members,
            # What we should have and have not, or not as it came: said, and never covered up.
            "lost": self._lost,
            "altered": self._altered,
        }
        return orjson.dumps(told, option=orjson.OPT_INDENT_2)


def _content(one: Sent) -> Iterator[bytes] | None:
    """Return a document's contents, piece by piece; None where they are gone."""
    try:
        content = content_of(one)
    except FileNotFoundError:
        return None

    def read() -> Iterator[bytes]:
        with content:
            yield from pieces(content)

    return read()


def _line(values: Iterable[object]) -> bytes:
    line = StringIO()
    csv.writer(line).writerow(values)
    return line.getvalue().encode()
