"""What the repository promises about itself: sizes, names, the lock, the papers at its door."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

TOP = Path(__file__).parents[1]
CODE = ("parvis", "tests", "benchmarks", "scripts", "docs")
LONGEST = 600

MODULES = sorted(
    path.relative_to(TOP)
    for folder in CODE
    for path in (TOP / folder).rglob("*.py")
    if "migrations" not in path.parts
)
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text())
LOCK = (TOP / "requirements.lock").read_text()


def test_no_module_grows_past_what_a_reader_can_hold() -> None:
    lines = {str(path): len((TOP / path).read_text().splitlines()) for path in MODULES}
    assert {path: count for path, count in lines.items() if count > LONGEST} == {}


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"utils", "util", "helpers", "helper", "misc", "common"}
    assert [str(path) for path in MODULES if drawers & {path.stem, *path.parts}] == []


def test_every_module_says_what_it_is_for() -> None:
    parsed = {path: ast.parse((TOP / path).read_text()) for path in MODULES}
    silent = [
        str(path) for path, tree in parsed.items() if tree.body and not ast.get_docstring(tree)
    ]
    assert silent == []


def locked() -> dict[str, tuple[str, str]]:
    """Return each package in the lock with its version and what stands below it."""
    entries = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)
    found = {}
    for entry in filter(None, entries):
        match = re.match(r"([\w.-]+)==([^\s;\\]+)", entry)
        assert match, entry
        found[canonicalize_name(match[1])] = (match[2], entry)
    return found


def asked() -> list[Requirement]:
    dependencies = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    return [Requirement(dependency) for dependency in dependencies]


@pytest.mark.parametrize("requirement", asked(), ids=lambda requirement: requirement.name)
def test_the_lock_has_what_pyproject_asks_for(requirement: Requirement) -> None:
    version, entry = locked()[canonicalize_name(requirement.name)]
    assert requirement.specifier.contains(version, prereleases=True), "run `make lock`"
    assert "via parvis (pyproject.toml" in entry or "#   parvis (pyproject.toml" in entry


def test_the_lock_has_nothing_that_pyproject_asks_for_no_longer() -> None:
    direct = {name for name, (_, entry) in locked().items() if "parvis (pyproject.toml" in entry}
    assert direct == {canonicalize_name(requirement.name) for requirement in asked()}


def test_the_lock_checks_every_file_and_names_no_host() -> None:
    assert [name for name, (_, entry) in locked().items() if "--hash=sha256:" not in entry] == []
    assert "://" not in LOCK


def test_the_licence_is_the_one_we_say() -> None:
    assert PROJECT["project"]["license"] == "MIT"
    assert (TOP / "LICENSE").read_text().startswith("MIT License")


@pytest.fixture(scope="module")
def publiccode() -> dict[str, object]:
    loaded: dict[str, object] = yaml.safe_load((TOP / "publiccode.yml").read_text())
    return loaded


def test_publiccode_has_what_its_standard_requires(publiccode: dict[str, object]) -> None:
    required = {
        *("publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus"),
        *("softwareType", "description", "legal", "maintenance", "localisation", "releaseDate"),
    }
    assert required <= set(publiccode)
    assert publiccode["publiccodeYmlVersion"] == "0.4"
    assert publiccode["softwareType"] == "standalone/web"
    assert publiccode["developmentStatus"] in {
        *("concept", "development", "beta", "stable", "obsolete"),
    }


def test_publiccode_agrees_with_pyproject(publiccode: dict[str, object]) -> None:
    assert publiccode["softwareVersion"] == PROJECT["project"]["version"]
    assert publiccode["legal"] == {"license": PROJECT["project"]["license"]}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_publiccode_describes_us_in_both_languages(
    publiccode: dict[str, dict[str, dict[str, str]]], language: str
) -> None:
    words = publiccode["description"][language]
    assert 0 < len(words["shortDescription"]) <= 150
    assert 150 <= len(words["longDescription"]) <= 10_000
    assert words["features"]
    assert language in publiccode["localisation"]["availableLanguages"]
