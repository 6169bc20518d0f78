"""What a program costs and how to apply: dated, sourced, and told in both languages."""

from datetime import date
from decimal import Decimal

import pytest

from parvis.programs.loader import all_programs, fee_on, load_program, program
from parvis.programs.mistakes import ProgramRefused


@pytest.mark.parametrize("code", all_programs())
def test_every_program_says_how_to_apply_and_what_it_costs_today(code):
    found = program(code)
    assert found.how_to_apply
    assert fee_on(found.fee, date(2026, 11, 29))


def test_a_fee_is_that_of_its_day_and_what_only_some_pay_is_no_part_of_it():
    fees = program("citizenship-grant").fee
    before, since = fee_on(fees, date(2025, 3, 30)), fee_on(fees, date(2025, 3, 31))
    assert before
    assert since
    assert (before.amount, since.amount) == (Decimal(630), Decimal("649.75"))
    study = fee_on(program("study-permit").fee, date(2026, 1, 1))
    assert study
    assert study.amount == Decimal(150)
    assert [part.amount for part in study.parts] == [Decimal(150), Decimal(85)]


def test_before_the_first_amount_no_fee_is_told():
    assert fee_on(program("study-permit").fee, date(2014, 2, 5)) is None


def test_an_amount_nobody_has_a_source_for_is_marked():
    sponsored = program("spouse-in-canada").fee
    assert [fee.unverified for fee in sponsored.values()] == [False, False, True]


@pytest.mark.parametrize(
    ("fee", "line", "message"),
    [
        ("{parts: [], source: x}", "fee.2025-01-01.parts", "at least 1 item"),
        ("{parts: [{for: {en: a, fr: b}, amount: 0}], source: x}", "amount", "greater than 0"),
        (
            "{parts: [{for: {en: a, fr: b}, amount: 1.234}], source: x}",
            "amount",
            "2 decimal places",
        ),
        ("{parts: [{for: {en: a}, amount: 1}], source: x}", "for.fr", "in both languages"),
        ("{parts: [{for: {en: a, fr: b}, amount: 1}]}", "source", "missing"),
    ],
)
def test_a_fee_that_says_too_little_is_refused_with_its_line(tmp_path, fee, line, message):
    shipped = (
        "code: mine\nline: mine\nname: {en: Mine, fr: Mien}\ntime_zone: America/Toronto\n"
        "no_standard: {en: None., fr: Aucune.}\ndormant_after_days: 30\nsections: {}\n"
        "documents: {}\noffices: {}\n"
    )
    file = tmp_path / "mine.yaml"
    file.write_text(f"{shipped}fee:\n  2025-01-01: {fee}\n")
    with pytest.raises(ProgramRefused) as refused:
        load_program(file)
    assert f"{file}:11" in str(refused.value)
    assert line in str(refused.value)
    assert message in str(refused.value)
