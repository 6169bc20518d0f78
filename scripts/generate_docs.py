"""Write docs/generated from the code (the life of a file, the programs, who may do what).

`--check` compares.
"""

import ast
import inspect
import os
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import django

from parvis.casework.applications.status import ENDINGS, MOVES, SECTION_MOVES, TURN
from parvis.programs.loader import all_programs
from parvis.programs.schema import Program
from parvis.programs.vocabulary import Status

if TYPE_CHECKING:
    from parvis.casework.people.policies import Act, Capacity

FOLDER = Path(__file__).parent.parent / "docs" / "generated"
HEAD = "<!-- Written by scripts/generate_docs.py from the code; `make fmt` writes it anew. -->\n"


def life_of_a_file() -> str:
    """Return the two tables of a file's status, as diagram and as table."""
    words = next(iter(all_programs().values())).statuses
    lines = [
        HEAD,
        "# The life of a file\n",
        "```mermaid",
        "stateDiagram-v2",
        "    [*] --> received",
    ]
    endings = sorted(ENDINGS)
    lines += [
        f"    {status} --> {to}"
        for status in Status
        if status not in ENDINGS
        for to in sorted(MOVES[status] - ENDINGS - {status})
    ]
    lines += ["    state ended {", *(f"        {status}" for status in endings), "    }"]
    lines += [f"    {status} --> ended" for status in Status if status not in ENDINGS]
    lines += ["    ended --> in_progress: reopened", "```\n"]
    lines += ["| status | in English | en français | whose turn |", "|---|---|---|---|"]
    lines += [
        f"| `{status}` | {words[status].name.en} | {words[status].name.fr} | {TURN[status]} |"
        for status in Status
    ]
    lines += ["\n## Sections\n", "| a section that is | may become |", "|---|---|"]
    lines += [
        f"| `{status}` | {', '.join(f'`{to}`' for to in sorted(moves))} |"
        for status, moves in SECTION_MOVES.items()
    ]
    return "\n".join(lines) + "\n"


def programs() -> str:
    """Return what each shipped program holds, and where its service standard comes from."""
    lines = [HEAD, "# The programs\n"]
    lines += [
        "| code | name | nom | service standard | published time | sections |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| `{one.code}` | {one.name.en} | {one.name.fr} | {_standards(one)} | {_times(one)} "
        f"| {', '.join(section.name.en for section in one.sections.values())} |"
        for one in all_programs().values()
    ]
    return "\n".join(lines) + "\n"


def _standards(program: Program) -> str:
    if program.no_standard:
        return program.no_standard.en
    return "<br>".join(
        f"{one.target:.0%} in {f'{one.days} days' if one.days else f'{one.months} months'}"
        f" (from {start}; {one.source})"
        for start, one in sorted(program.service_standard.items())
    )


def _times(program: Program) -> str:
    return "<br>".join(
        f"{one.share:.0%} of files decided in the last"
        f" {f'{one.weeks} weeks' if one.weeks else f'{one.months} months'}"
        f" (from {start}; {one.source})"
        for start, one in sorted(program.published_time.items())
    )


def permissions() -> str:
    """Return who may do what, and which door asks for which of it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
    django.setup()
    # Users are Django's models, which can be imported only now.
    from parvis.casework.people.policies import Act, Capacity  # noqa: PLC0415
    from parvis.config.doors import COMMANDS, DOORS, Entrance, Needed  # noqa: PLC0415

    def named(needed: Needed) -> str:
        return f"`{needed}`" if isinstance(needed, Act) else f"*{needed}*"

    open_to_all = [door for door, needed in DOORS.items() if needed is Entrance.EVERYBODY]
    lines = [
        HEAD,
        "# Who may do what\n",
        "Somebody comes to a file in a capacity: as its client, with a mandate that the client",
        "gave, or as staff in the role that the department's own sign-in told. To a file that is",
        "somebody else's, and to one that does not exist, the answer is the same. A mandate may be",
        "for less than its capacity allows. What the state of a file forbids (to answer what is",
        "closed, say) is refused to everybody, with the reason. What is of no file (to hold",
        "mandates, to link a file) is asked of whoever is signed in and is not staff: the first",
        "column. The last is whoever runs the house's commands.\n",
        *_granted(list(Capacity)[1:], list(Act)),
        "\n## What a key can be for\n",
        "Software comes to the API with a key. It does no more than its owner may, in the capacity",
        "that its owner has to the file, and no more than the key is for: some of these acts, with",
        "files of some programs, until a day. No key opens a page. Staff have none.\n",
        *_scopes(),
        "\n## Every door\n",
        "A test walks through each of them in every capacity, to one's own file, a mandated one,",
        "somebody else's and one that does not exist, and compares; a door that is not here fails",
        "it.\n",
        "| door | what it takes |",
        "|---|---|",
        *(f"| `{door}` | {named(DOORS[door])} |" for door in DOORS if door not in open_to_all),
        "\n## Open to everybody\n",
        *(f"- `{door}`" for door in open_to_all),
        "\n## Every command\n",
        "Whoever runs one holds the house's database. A file that a command opens is written down",
        "like anybody's look, and its client is told; a command that is not here fails a test.\n",
        "| command | what it takes |",
        "|---|---|",
        *(f"| `parvis {name}` | {named(needed)} |" for name, needed in COMMANDS.items()),
    ]
    return "\n".join(lines) + "\n"


def _scopes() -> Iterator[str]:
    from parvis.casework.people.policies import SCOPES  # noqa: PLC0415

    owners = {"person": "a person’s software", "parliamentary-office": "a parliamentary office’s"}
    yield "| software of | acts |"
    yield "|---|---|"
    for role, acts in SCOPES.items():
        told = ", ".join(f"`{act}`" for act in sorted(acts))
        yield f"| {owners.get(role, 'another system of the department')} | {told} |"


def _granted(capacities: "list[Capacity]", acts: "list[Act]") -> Iterator[str]:
    from parvis.casework.people.policies import GRANTED  # noqa: PLC0415

    yield f"| | {' | '.join(str(one).replace('-', ' ') for one in capacities)} |"
    yield f"|---|{'---|' * len(capacities)}"
    for act in acts:
        cells = ("yes" if one in GRANTED[act] else "–" for one in capacities)
        yield f"| `{act}` | {' | '.join(cells)} |"
    yield ""
    meanings = _meanings(acts[0].__class__)
    for act in acts:
        yield f"- `{act}`: {meanings[act.name]}"


def _meanings(words: type) -> dict[str, str]:
    """Return what the code says below each word of an enumeration."""
    [found] = ast.parse(inspect.getsource(words)).body
    body = found.body if isinstance(found, ast.ClassDef) else []
    return {
        named.targets[0].id: " ".join(said.value.value.split())
        for named, said in pairwise(body)
        if isinstance(named, ast.Assign)
        and isinstance(named.targets[0], ast.Name)
        and isinstance(said, ast.Expr)
        and isinstance(said.value, ast.Constant)
        and isinstance(said.value.value, str)
    }


def main() -> int:
    """Write the documents, or with `--check` say which are not as the code has them."""
    stale = []
    made = {
        "life-of-a-file.md": life_of_a_file(),
        "programs.md": programs(),
        "permissions.md": permissions(),
    }
    for name, text in made.items():
        path = FOLDER / name
        if path.exists() and path.read_text() == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            FOLDER.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    if stale and "--check" in sys.argv:
        print(f"docs/generated is not as the code has it: {', '.join(stale)}; run make fmt")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
