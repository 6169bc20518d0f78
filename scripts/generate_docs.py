"""Write docs/generated from the code (the life of a file, the programs); `--check` compares."""

import sys
from pathlib import Path

from parvis.casework.applications.status import ENDINGS, MOVES, SECTION_MOVES, TURN
from parvis.programs.loader import all_programs
from parvis.programs.schema import Program
from parvis.programs.vocabulary import Status

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


def main() -> int:
    """Write the documents, or with `--check` say which are not as the code has them."""
    stale = []
    for name, text in {"life-of-a-file.md": life_of_a_file(), "programs.md": programs()}.items():
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
