"""Run the benchmarks, keep what they measured and write the page."""

import argparse
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import FrameType

from benchmarks import (
    backlog,
    bouncing,
    contacts,
    enquiring,
    estimates,
    importing,
    lookup,
    noticing,
    page,
    permitting,
    results,
    ruling,
    serving,
    signing_in,
    standards,
    verifying,
    webhooks,
)
from benchmarks.results import Result

Benchmark = Callable[[], Iterable[Result]]


def main(arguments: list[str] | None = None) -> None:
    """Run those benchmarks that are named, or all."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=(
            "import, verify, lookup, serving, wall, permission, signing-in, notices, bounces,"
            " standards, backlog, estimates, rules, webhooks, contacts,"
            " enquiries"
        ),
    )
    parser.add_argument(
        "--five-million", action="store_true", help="look up and serve among so many too"
    )
    parser.add_argument("--files", type=Path, help="the folder of the real event log")
    asked = parser.parse_args(arguments)
    sizes = tuple(lookup.NAMES)[: 3 if asked.five_million else 2]
    many = sizes[1:]
    benchmarks: dict[str, Benchmark] = {
        "import": lambda: importing.run(files=asked.files),
        "verify": lambda: verifying.run(files=asked.files),
        "lookup": lambda: lookup.run(sizes),
        "serving": lambda: serving.run(sizes),
        "wall": serving.walls,
        "permission": permitting.run,
        "signing-in": signing_in.run,
        "notices": noticing.run,
        "bounces": bouncing.run,
        "standards": lambda: standards.run(many),
        "backlog": lambda: backlog.run(files=asked.files),
        "estimates": lambda: estimates.run(files=asked.files),
        "rules": ruling.run,
        "webhooks": webhooks.run,
        "enquiries": enquiring.run,
        "contacts": contacts.run,
    }
    if unknown := set(asked.names) - set(benchmarks):
        parser.error(f"no benchmark is named {', '.join(sorted(unknown))}")
    # So that the temporary clusters go, however we do.
    signal.signal(signal.SIGTERM, _leave)
    for name in asked.names or benchmarks:
        print(f"{name}…", flush=True)
        found = list(benchmarks[name]())
        for one in found:
            print(f"  {one.name}: {one.value:,} {one.unit}", flush=True)
        page.write(results.keep(found))


def _leave(signal_number: int, frame: FrameType | None) -> None:
    sys.exit(128 + signal_number)


if __name__ == "__main__":
    main()
