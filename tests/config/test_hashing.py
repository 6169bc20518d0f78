"""Passwords: who made the hash does not matter, what it cost does."""

import argon2
import pytest

from parvis.config.hashing import PasswordHasher

pytestmark = pytest.mark.usefixtures("passwords_as_they_are")
KEPT = "argon2" + argon2.PasswordHasher(2, 47_104, 1).hash("Пароль, é")
WEAKER = "argon2" + argon2.PasswordHasher(1, 19_456, 1).hash("Пароль, é")
LANES = "argon2" + argon2.PasswordHasher(2, 19_456, 8).hash("Пароль, é")


def test_a_password_opens_what_it_made_and_nothing_else_does() -> None:
    hasher = PasswordHasher()
    kept, again = hasher.encode("Пароль, é", ""), hasher.encode("Пароль, é", "")
    assert kept != again
    assert hasher.verify("Пароль, é", kept)
    assert not hasher.verify("Пароль, e", kept)
    assert not hasher.verify("", kept)
    assert argon2.PasswordHasher().verify(kept.removeprefix("argon2"), "Пароль, é")
    assert not hasher.must_update(kept)
    assert hasher.safe_summary(kept)


@pytest.mark.parametrize(("kept", "anew"), [(KEPT, False), (WEAKER, True), (LANES, True)])
def test_what_others_hashed_is_checked_and_hashed_anew_where_it_cost_otherwise(
    kept: str, anew: bool
) -> None:
    hasher = PasswordHasher()
    assert hasher.verify("Пароль, é", kept)
    assert not hasher.verify("пароль, é", kept)
    assert hasher.must_update(kept) is anew
