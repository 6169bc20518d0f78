"""A table with a gap, an overlap or an unsourced value is refused, with its row and what to do."""

import re
from pathlib import Path

import pytest

from parvis.programs.mistakes import ProgramRefused
from parvis.programs.rules.loader import COMMON, SHIPPED, codes, load_assessment

GOOD = (SHIPPED / "fsw.yaml").read_text(encoding="utf-8")
AGES = "        source: fsw_grid\n        rows:\n          - {age:"
"""Where the rows begin of the table that most mistakes are made in."""
WRONG: dict[str, tuple[str, str, str, str]] = {
    # what: (the good part, the bad part, field, message)
    "a gap": (
        "          - {age: 40, points: 7}\n",
        "",
        "tables.age.since.2015-01-01",
        "a gap: no row for age: 40; add one",
    ),
    "a gap between columns": (
        "          - {accompanying_spouse: true, spouse_lowest: '<= 3', points: 0}\n",
        "",
        "tables.adapt_spouse_language.since.2015-01-01",
        "accompanying_spouse: true, spouse_lowest: 0; add one",
    ),
    "a title with a name that is none": (
        "    title: {en: Age, fr: Âge}\n",
        "    title: {en: 'Age, {agee}', fr: 'Âge, {agee}'}\n",
        "tables.age.title",
        "{agee} is no answer and no value here",
    ),
    "a gap at the top": ("'>= 47'", "47..60", "tables.age.since.2015-01-01", "no row for age: 61"),
    "an overlap": (
        "{age: 18..35, points: 12}",
        "{age: 18..36, points: 12}",
        "tables.age.since.2015-01-01.rows.row 3",
        "rows 2 and 3 overlap at age: 36",
    ),
    "an overlap of what is not known": (
        "{arranged_employment: true, points: 10}",
        (
            "{arranged_employment: [true, unknown], points: 10}\n"
            "          - {arranged_employment: unknown, points: 5}"
        ),
        "tables.employment.since.2015-01-01.rows.row 2",
        "rows 1 and 2 overlap at arranged_employment: unknown",
    ),
    "no source": (
        AGES,
        AGES.replace("        source: fsw_grid\n", ""),
        "tables.age.since.2015-01-01.rows.row 1",
        "has no source",
    ),
    "a source that is none": (
        AGES,
        AGES.replace("fsw_grid", "my_uncle"),
        "tables.age.since.2015-01-01.source",
        "'my_uncle' is no source",
    ),
    "a value that is missing": (
        "{age: 40, points: 7}",
        "{age: 40}",
        "tables.age.since.2015-01-01.rows.row 7.points",
        "missing; this table gives points",
    ),
    "points that are no number": (
        "{age: 40, points: 7}",
        "{age: 40, points: seven}",
        "tables.age.since.2015-01-01.rows.row 7.points",
        "whole number",
    ),
    "a column that is none": (
        "{age: 40, points: 7}",
        "{agee: 40, points: 7}",
        "tables.age.since.2015-01-01.rows.row 7.agee",
        "no column of this table",
    ),
    "a choice that is none": (
        "{education: phd, points: 25}",
        "{education: phdd, points: 25}",
        "tables.education.since.2015-01-01.rows.row 8.education",
        "'phdd' is none of",
    ),
    "a text in one language": (
        "fr: 'Vous avez {age} ans.'",
        "fr: ' '",
        "tables.age.because",
        "'fr' is empty",
    ),
    "a text without its French": (
        "      en: 'You are {age}.'\n      fr: 'Vous avez {age} ans.'",
        "      en: 'You are {age}.'",
        "tables.age.because.fr",
        "both languages",
    ),
    "a placeholder in one language": (
        "Vous avez {age} ans.",
        "Vous avez cet âge.",
        "tables.age.because",
        "one language only",
    ),
    "a placeholder that leads nowhere": (
        "'You are {age}.'\n      fr: 'Vous avez {age} ans.'",
        "'You are {aged}.'\n      fr: 'Vous avez {aged} ans.'",
        "tables.age.because",
        "{aged} is no answer",
    ),
    "a name that leads nowhere": (
        "    columns: [age]",
        "    columns: [agee]",
        "tables.age",
        "'agee' is no answer and no value",
    ),
    "a total of what is not there": (
        "    sum: [language_first, language_second]",
        "    sum: [language_first, language_third]",
        "totals.language",
        "'points.language_third' is no answer",
    ),
    "a circle": (
        "    sum: [language_first, language_second]",
        "    sum: [language_first, total]",
        "totals",
        "goes round in a circle",
    ),
    "an operation that is none": (
        "second_lowest: {least: second_clb}",
        "second_lowest: {lowest: second_clb}",
        "derived.second_lowest",
        "say one operation",
    ),
    "an answer that nobody knows": (
        "  age: {}\n",
        "  age: {}\n  shoe_size: {}\n",
        "inputs.shoe_size.kind",
        "missing",
    ),
    "an assessment to ask that is none": (
        "ask: language",
        "ask: languages",
        "derived.first_of_test.ask",
        "did you mean language",
    ),
    "a date that is none": (
        f"      2015-01-01:\n{AGES}",
        f"      2015-13-01:\n{AGES}",
        "tables.age.since.2015-13-01",
        "not a date",
    ),
    "a total called as a field of every result": (
        "  adaptability:\n    label",
        "  findings:\n    label",
        "totals.findings",
        "every result has a field 'findings'",
    ),
    "the same key twice": (
        "answer: met.eligible\n",
        "answer: met.eligible\nanswer: met.eligible\n",
        "",
        "stands here twice",
    ),
    "an answer to nothing": (
        "answer: met.eligible",
        "answer: met.eligibel",
        "answer",
        "is no total or outcome",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_mistake_is_told_with_its_place_and_what_to_do(what: str, tmp_path: Path) -> None:
    good, bad, field, message = WRONG[what]
    assert GOOD.count(good) >= 1, good
    file = tmp_path / "fsw.yaml"
    file.write_text(GOOD.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(ProgramRefused) as refused:
        load_assessment(file)
    told = [str(one) for one in refused.value.errors]
    mistake = next((one for one in refused.value.errors if message in one.message), None)
    assert mistake is not None, told
    assert mistake.field.startswith(field), told
    assert mistake.file in (file, COMMON)
    assert mistake.line >= 1


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    bad = GOOD.replace("{age: 40, points: 7}", "{age: 40}").replace(
        "{education: phd, points: 25}", "{education: phdd, points: 25}"
    )
    file = tmp_path / "fsw.yaml"
    file.write_text(bad, encoding="utf-8")
    with pytest.raises(ProgramRefused) as refused:
        load_assessment(file)
    fields = {one.field for one in refused.value.errors}
    assert {field.split(".")[1] for field in fields} == {"age", "education"}


def test_a_mistake_in_a_row_stands_at_the_line_of_the_row(tmp_path: Path) -> None:
    file = tmp_path / "fsw.yaml"
    bad = GOOD.replace("{education: phd, points: 25}", "{education: phdd, points: 25}")
    file.write_text(bad, encoding="utf-8")
    with pytest.raises(ProgramRefused) as refused:
        load_assessment(file)
    [mistake] = refused.value.errors
    assert "phdd" in bad.splitlines()[mistake.line - 1]


@pytest.mark.parametrize("code", codes())
def test_what_is_shipped_is_called_as_its_file(code: str) -> None:
    assert load_assessment(SHIPPED / f"{code}.yaml").code == code


def test_the_example_of_the_decision_record_loads(tmp_path: Path) -> None:
    [record] = Path(__file__).parents[3].glob("docs/adr/0016-*.md")
    [whole, _] = re.findall(r"```yaml\n(.*?)```", record.read_text(encoding="utf-8"), re.DOTALL)
    file = tmp_path / "example.yaml"
    file.write_text(whole, encoding="utf-8")
    assert load_assessment(file).code == "example"
