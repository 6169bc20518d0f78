"""YAML read strictly, remembering on which line each value stands."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from parvis.programs.mistakes import Mistake, Place, ProgramRefused

LARGEST = 1_000_000
"""Bytes; the longest program is far below, so more is not a program."""


class _Strict(yaml.SafeLoader):
    """YAML in one reading only: no aliases, tags or merges, `no` is a word and a date is text.

    Dates stay text so that a place can be named as it was written; the schema reads them.
    """

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            raise yaml.MarkedYAMLError(
                problem=f"*{event.anchor} repeats another part; write the part out instead",
                problem_mark=_mark(event),
            )
        if getattr(event, "tag", None):
            raise yaml.MarkedYAMLError(
                problem="a tag (!) has no meaning here; remove it", problem_mark=_mark(event)
            )
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.tag == "tag:yaml.org,2002:merge":
                raise yaml.MarkedYAMLError(
                    problem="a key is one plain word or text", problem_mark=key.start_mark
                )
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {key.value!r} stands here twice; keep one",
                    problem_mark=key.start_mark,
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_Strict.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":timestamp", ":bool"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Strict.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


@dataclass(frozen=True)
class Lines:
    """One YAML file: what it says, and where."""

    file: Path
    data: dict[str, Any]
    root: yaml.MappingNode

    def find(self, place: Place) -> tuple[int, int]:
        """Return how many keys of `place` this file has, and the line of the last of them."""
        node: yaml.Node = self.root
        line, found = node.start_mark.line + 1, 0
        for part in place:
            if isinstance(node, yaml.MappingNode):
                here = next((pair for pair in node.value if pair[0].value == str(part)), None)
                if here is None:
                    break
                line, node = here[0].start_mark.line + 1, here[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
                node = node.value[part]
                line = node.start_mark.line + 1
            else:
                break
            found += 1
        return found, line


def read_lines(path: Path) -> Lines:
    """Read one YAML file.

    Raises `ProgramRefused` where it is not one mapping of strict YAML, `OSError` where it cannot
    be opened.
    """
    raw = path.read_bytes()

    def refused(line: int, message: str) -> ProgramRefused:
        return ProgramRefused([Mistake(path, line, "", message)])

    if len(raw) > LARGEST:
        raise refused(1, f"the file is larger than {LARGEST:,} bytes; this is not a program")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise refused(line, "this line is not UTF-8 text; save the file as UTF-8") from None
    try:
        loader = _Strict(text)
        root = loader.get_single_node()
        if not isinstance(root, yaml.MappingNode):
            wrong = "is empty" if root is None else "does not start with a key"
            raise refused(1, f"the file {wrong}; begin with code: and the program's code")
        return Lines(path, loader.construct_document(root), root)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise refused(line, "a character that may not stand in YAML; remove it") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise refused(mark.line + 1 if mark else 1, _told(error)) from None
    except RecursionError:
        raise refused(1, "parts are nested too deeply; this is not a program") from None
    except ValueError as error:
        raise refused(1, f"a value cannot be read ({error}); put it in quotes") from None


def _mark(event: yaml.Event) -> Any:
    """Return where an event starts; the stubs know of another kind of mark than ours."""
    return event.start_mark


def _told(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or error.context or "this is not YAML"
    if "'\\t'" in problem:
        return "a tab character; indent with spaces"
    if isinstance(error, yaml.scanner.ScannerError | yaml.parser.ParserError):
        return f"{problem}; check quotes, colons and indentation here and just above"
    return problem
