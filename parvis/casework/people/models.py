"""Who signs in, and the clients that files are about. Names stand here and nowhere in the log."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower

from parvis.casework.people.along import Brought
from parvis.casework.people.roles import STAFF, Role
from parvis.casework.people.scope import Scope
from parvis.lib.text import LANGUAGES

if TYPE_CHECKING:
    from parvis.casework.people.sessions import SessionStore


class Users(BaseUserManager["User"]):
    """Makes users; one e-mail address in any spelling of its letters is one user."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return a new user, who cannot sign in by password if none is given."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who may sign in: from outside, or staff."""

    email = models.EmailField(max_length=254, unique=True)
    role = models.CharField(max_length=24, choices=[(one, one) for one in Role])
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    language = models.CharField(
        max_length=2, blank=True, default="", choices=[(code, code) for code in LANGUAGES]
    )
    """In which language they want to be written to; empty until they have said so."""

    scope: Scope | None = None
    """What the key is for that they came with; nothing that is kept."""
    brought: Brought | None = None
    """What came along with their session; nothing that is kept."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects: ClassVar[Users] = Users()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="an_address_is_kept_in_lower_case", condition=models.Q(email=Lower("email"))
            ),
            models.CheckConstraint(
                name="everybody_has_a_role_that_there_is",
                condition=models.Q(role__in=list(Role)),
            ),
            models.CheckConstraint(
                name="a_user_reads_english_or_french_or_has_not_said",
                condition=models.Q(language__in=["", *LANGUAGES]),
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def is_staff(self) -> bool:
        """Whether they work in the department."""
        return self.role in STAFF

    @property
    def ref(self) -> str:
        """How the log names this user: a reference, never a name or an address."""
        return f"user:{self.pk}"


class Session(AbstractBaseSession):
    """Django's session, and whose it is, so that one query finds both."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE)

    @classmethod
    def get_session_store_class(cls) -> "type[SessionStore]":
        """Return the class that reads and writes sessions."""
        from parvis.casework.people.sessions import SessionStore  # noqa: PLC0415 - it imports us

        return SessionStore


class Client(models.Model):
    """The person whose files these are. The primary key is their subject in the log."""

    id = models.BigIntegerField(primary_key=True)
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.PROTECT)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, choices=[(code, code) for code in LANGUAGES])
    unreached_at = models.DateTimeField(null=True)
    """Since when nothing that we send arrives; None where it does, or nothing was sent."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="a_client_writes_in_english_or_french",
                condition=models.Q(language__in=LANGUAGES),
            ),
        )

    def __str__(self) -> str:
        return f"client {self.pk}"


class Tries(models.Model):
    """How often something secret was guessed wrong lately: by an account, or about one number."""

    key = models.CharField(primary_key=True, max_length=80)
    count = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "tries"

    def __str__(self) -> str:
        return f"{self.count} tries"


class KeptAnswers(models.Model):
    """Answers about themselves that somebody asked to have kept in their account.

    They are no fact of the department: nobody decides by them, so they are in no log, and they go
    with the account or as soon as its owner says so.
    """

    user = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE)
    answers = models.JSONField()
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "kept answers"

    def __str__(self) -> str:
        return f"answers of user:{self.pk}"
