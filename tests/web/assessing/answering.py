"""Answers that somebody gives, and what the pages say to them."""

import html
import re

from django.test import Client as Browser

SKILLED = {
    "purpose": {"purpose": "live"},
    "relation": {"relation": "nobody"},
    "first-language": {"first_language_name": "en"}
    | {f"first_language_clb.{ability}": "9" for ability in "LRWS"},
    "job-in-canada": {
        "recent_canadian_hours": "800",
        "job_teer": "teer_1",
        "work_self_employed": "no",
        "work_while_student": "no",
    },
    "years-of-work": {"canadian_work_years": "0", "foreign_work_years": "3"},
    "education": {"education": "masters"},
    "age": {"age": "30"},
}
OVER = {"left": "2024-01-10", "returned": "2024-02-10"}


def words(answer: object) -> str:
    text = answer.content.decode()  # type: ignore[attr-defined]
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


def wrong(answer: object) -> list[str]:
    """Return the sentences at the fields."""
    text = answer.content.decode()  # type: ignore[attr-defined]
    return [html.unescape(one) for one in re.findall(r'<p class="wrong"[^>]*>([^<]+)', text)]


def answered(browser: Browser, answers: dict[str, dict[str, str]], language: str = "en") -> str:
    """Answer questions; return where the last answer leads."""
    where = ""
    for code, said in answers.items():
        answer = browser.post(f"/{language}/find/questions/{code}/", said)
        assert answer.status_code == 302, wrong(answer)
        where = answer.headers["location"]
    return where
