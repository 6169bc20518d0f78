"""`parvis topics`: list what enquiries are about, check a topic's file, train from one's own."""

import json
import sys
from collections import Counter
from pathlib import Path

import click
import numpy as np

from parvis.channels.casefiles import FileBroken
from parvis.engines.language.classifier import AT_LEAST, Classifier
from parvis.engines.language.learning import (
    NOTHING,
    Example,
    Scored,
    TooFewExamples,
    cross_validated,
)
from parvis.jobs.cli import Refused
from parvis.jobs.importing.rejects import Rejects
from parvis.jobs.labelled import read_labelled
from parvis.lib import clock
from parvis.lib.postgres import default_home
from parvis.programs.mistakes import ProgramRefused
from parvis.programs.topics.loader import SHIPPED, all_topics, load_topic, own_folder, seed
from parvis.programs.topics.schema import Topic

_FOLDS = 5
_SURE = 0.8


@click.group()
def topics() -> None:
    """List what enquiries are about, check a topic's file, train from one's own enquiries."""


@topics.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, in both languages.")
def list_(*, as_json: bool) -> None:
    """List the topics: code, line, what on the file answers it, name in both languages."""
    known = all_topics().values()
    if as_json:
        told = [one.model_dump(mode="json", exclude={"examples"}) | _counted(one) for one in known]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    rows = [(one.code, one.line, one.answered_by.value, one.name.en, one.name.fr) for one in known]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


@topics.command()
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False
)
def check(file: Path | None) -> None:
    """Check a topic's FILE, or all there are: every mistake with its line and what to do.

    Where FILE is kept in the house's folder of topics, it is one of the house's own.
    """
    files = [file] if file else [*_files(SHIPPED), *_files(own_folder())]
    wrong = False
    for one in files:
        try:
            found = load_topic(one)
        except ProgramRefused as refused:
            click.echo(str(refused), err=True)
            wrong = True
            continue
        if file:
            click.echo(f"{file} is a topic: {found.name.en} / {found.name.fr} ({found.code}).")
    if wrong:
        sys.exit(1)
    if not file:
        click.echo(f"{len(files)} topics hold; the house's own are in {own_folder()}.")


@topics.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The classifier."
)
@click.option("--json", "as_json", is_flag=True, help="Print what to expect as JSON.")
def train(*, file: Path, out: Path, as_json: bool) -> None:
    """Train a classifier from the enquiries in FILE and the examples of the topics.

    FILE is a table (CSV, also .gz) with the columns text, language (en, fr) and topic. What is told
    of it is measured on enquiries that were left out, in turn. Exit code 1 if a row was rejected.
    """
    rejects = Rejects(default_home() / "rejects", source=file, at=clock.now())
    try:
        own = list(read_labelled(file, all_topics(), rejects.keep))
    except FileBroken as error:
        raise Refused(f"{file}: {error}") from None
    finally:
        rejects.close()
    if not own:
        why = _rejected(rejects) if rejects.count else "It has no row below the names of columns."
        raise Refused(f"{file} holds nothing to learn from. {why}")
    examples = [*seed(), *own]
    try:
        scored = cross_validated(examples, _FOLDS)
        Classifier.train(examples).save(_fresh(out))
        _fresh(out).replace(out)
    except TooFewExamples as error:
        raise Refused(f"{file}: {error}.") from None
    except OSError as error:
        raise Refused(f"{out} cannot be written: {error.strerror}.") from None
    report = _report(scored, own)
    click.echo(json.dumps(report) if as_json else _in_words(report, out))
    if rejects.count:
        click.echo(f"parvis: {_rejected(rejects)}", err=True)
        sys.exit(1)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("[!_]*.yaml"))


def _counted(one: Topic) -> dict[str, dict[str, int]]:
    return {"examples": {"en": len(one.examples.en), "fr": len(one.examples.fr)}}


def _fresh(out: Path) -> Path:
    """Return where it is written first, so that nobody loads half of it."""
    return out.with_name(f"{out.name}.new.npz")


def _report(scored: Scored, own: list[Example]) -> dict[str, object]:
    """Return what to expect of enquiries that it has not seen."""
    likeliest = scored.chances.argmax(axis=1)
    sure = scored.chances.max(axis=1)
    names = np.array(scored.topics)
    said = (sure >= AT_LEAST) & (names[likeliest] != NOTHING)
    right = likeliest == scored.right

    def share(of: "np.typing.NDArray[np.bool_]") -> float | None:
        return round(float(right[of].mean()), 3) if of.any() else None

    return {
        "enquiries": len(own),
        "examples": len(scored.right),
        "topics": dict(sorted(Counter(one.topic for one in own).items())),
        "right": share(np.ones_like(right)),
        "said": round(float(said.mean()), 3),
        "right_when_said": share(said),
        "right_when_sure": share(said & (sure >= _SURE)),
    }


def _in_words(report: dict[str, object], out: Path) -> str:
    def percent(key: str) -> str:
        value = report[key]
        return f"{value:.0%}" if isinstance(value, float) else "none"

    learned = (
        f"Learned from {report['enquiries']:,} enquiries and the examples of the topics, "
        f"{report['examples']:,} in all; kept in {out}."
    )
    said = (
        f"A topic was said for {percent('said')}, and right for {percent('right_when_said')} of "
        f"them; where it was said with {_SURE:.0%} or more, for {percent('right_when_sure')}."
    )
    right = f"Of those left out, the likeliest topic was right for {percent('right')}."
    return "\n".join([learned, right, said])


def _rejected(rejects: Rejects) -> str:
    return f"{rejects.count:,} rows were rejected, kept in {rejects.path}. First: {rejects.first}."
