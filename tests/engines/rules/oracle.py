"""The CRS once more, written plainly from the published grid, to hold the tables against.

It shares nothing with them: no table, no operation, no number. Ugly on purpose.
"""

from typing import Any

AGE = {
    **dict.fromkeys(range(20, 30), (100, 110)),
    18: (90, 99), 19: (95, 105), 30: (95, 105), 31: (90, 99), 32: (85, 94), 33: (80, 88),
    34: (75, 83), 35: (70, 77), 36: (65, 72), 37: (60, 66), 38: (55, 61), 39: (50, 55),
    40: (45, 50), 41: (35, 39), 42: (25, 28), 43: (15, 17), 44: (5, 6),
}  # fmt: skip
EDUCATION = {
    "less_than_secondary": (0, 0), "secondary": (28, 30), "one_year": (84, 90),
    "two_year": (91, 98), "bachelors": (112, 120), "two_or_more": (119, 128),
    "masters": (126, 135), "phd": (140, 150),
}  # fmt: skip
SPOUSE_EDUCATION = {
    "less_than_secondary": 0, "secondary": 2, "one_year": 6, "two_year": 7, "bachelors": 8,
    "two_or_more": 9, "masters": 10, "phd": 10,
}  # fmt: skip
FIRST = {4: (6, 6), 5: (6, 6), 6: (8, 9), 7: (16, 17), 8: (22, 23), 9: (29, 31), 10: (32, 34)}
WORK = ((0, 0), (35, 40), (46, 53), (56, 64), (63, 72), (70, 80))
SPOUSE_WORK = (0, 5, 7, 8, 9, 10)
UPPER = ("two_or_more", "masters", "phd")
LOWER = ("one_year", "two_year", "bachelors")


def lowest(scores: dict[str, int]) -> int | None:
    return min(scores.values()) if len(scores) == 4 else None


def per_ability(scores: dict[str, int], five: int, seven: int, nine: int) -> int:
    total = 0
    for level in scores.values():
        if level >= 9:
            total += nine
        elif level >= 7:
            total += seven
        elif level >= 5:
            total += five
    return total


def step(low: int, high: int, is_upper: bool, is_lower: bool) -> int:
    if is_upper:
        return high
    return low if is_lower else 0


def crs(  # noqa: C901, PLR0915 - plain on purpose, one factor after the other
    person: dict[str, Any], *, job_offers_count: bool = False
) -> dict[str, int]:
    """Return every key of a result; what is not in `person` is not known and gives nothing."""
    coming = bool(person.get("accompanying_spouse"))
    column = 0 if coming else 1
    spouse = person.get("spouse", {})
    first, second = person.get("first", {}), person.get("second", {})
    education, age = person.get("education"), person.get("age")
    canadian, foreign = person.get("canadian"), person.get("foreign")
    got: dict[str, int] = {}
    got["age"] = AGE.get(age, (0, 0))[column] if age is not None else 0
    got["education"] = EDUCATION[education][column] if education else 0
    got["first_language"] = sum(
        FIRST[min(level, 10)][column] for level in first.values() if level >= 4
    )
    got["second_language"] = min(per_ability(second, 1, 3, 6), 22 if coming else 24)
    got["canadian_work"] = WORK[min(canadian, 5)][column] if canadian is not None else 0
    got["core"] = sum(got.values())

    got["spouse_education"] = got["spouse_language"] = got["spouse_canadian_work"] = 0
    if coming:
        if spouse.get("education"):
            got["spouse_education"] = SPOUSE_EDUCATION[spouse["education"]]
        got["spouse_language"] = per_ability(spouse.get("language", {}), 1, 3, 5)
        if spouse.get("canadian") is not None:
            got["spouse_canadian_work"] = SPOUSE_WORK[min(spouse["canadian"], 5)]
    got["spouse_total"] = (
        got["spouse_education"] + got["spouse_language"] + got["spouse_canadian_work"]
    )

    clb = lowest(first)
    good, very_good = clb is not None and clb >= 7, clb is not None and clb >= 9
    schooled = education in UPPER or education in LOWER
    base = 25 if education in UPPER else 13
    got["st_edu_language"] = (2 * base if base == 25 else 25) if very_good else base
    if not (schooled and good):
        got["st_edu_language"] = 0
    edu_work = 0
    if schooled and canadian:
        edu_work = base if canadian == 1 else (50 if base == 25 else 25)
    got["st_education"] = min(got["st_edu_language"] + edu_work, 50)

    got["st_foreign_language"] = got["st_foreign_canadian"] = 0
    if foreign:
        long = foreign >= 3
        if good:
            got["st_foreign_language"] = {
                (False, False): 13, (False, True): 25, (True, False): 25, (True, True): 50,
            }[long, very_good]  # fmt: skip
        if canadian:
            got["st_foreign_canadian"] = {
                (False, False): 13, (False, True): 25, (True, False): 25, (True, True): 50,
            }[long, canadian >= 2]  # fmt: skip
    got["st_foreign"] = min(got["st_foreign_language"] + got["st_foreign_canadian"], 50)
    got["st_certificate"] = 0
    if person.get("trade_certificate") and clb is not None and clb >= 5:
        got["st_certificate"] = 50 if clb >= 7 else 25
    got["skill_transferability"] = min(
        got["st_education"] + got["st_foreign"] + got["st_certificate"], 100
    )

    french, english = (first, second) if person.get("language") == "fr" else (second, first)
    nclc, other = lowest(french), lowest(english)
    got["additional_french"] = 0
    if nclc is not None and nclc >= 7:
        got["additional_french"] = 50 if other is not None and other >= 5 else 25
    extra = got["additional_french"]
    extra += 600 if person.get("provincial_nomination") else 0
    extra += 15 if person.get("sibling_in_canada") else 0
    extra += {"one_or_two_years": 15, "three_years_or_more": 30}.get(
        person.get("canadian_education", ""), 0
    )
    if job_offers_count:
        extra += {"teer0_major_group_00": 200, "other_teer_0_1_2_3": 50}.get(
            person.get("job_offer", ""), 0
        )
    got["additional"] = min(extra, 600)
    got["total"] = (
        got["core"] + got["spouse_total"] + got["skill_transferability"] + got["additional"]
    )
    return got


def person_of(answers: dict[str, Any]) -> dict[str, Any]:
    """Return answers under their dotted names as the plain person that is scored here."""

    def four(lead: str) -> dict[str, int]:
        levels = {one: answers.get(f"{lead}.{one}") for one in "LRWS"}
        return {one: level for one, level in levels.items() if level is not None}

    person = {key: value for key, value in answers.items() if "." not in key}
    person |= {
        "language": answers.get("first_language_name"),
        "first": four("first_language_clb"),
        "second": four("second_language_clb"),
        "canadian": answers.get("canadian_work_years"),
        "foreign": answers.get("foreign_work_years"),
        "spouse": {
            "education": answers.get("spouse.education"),
            "language": four("spouse.language_clb"),
            "canadian": answers.get("spouse.canadian_work_years"),
        },
    }
    return person
