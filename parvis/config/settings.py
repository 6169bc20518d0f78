"""Django's settings. What differs from one house to the next comes from `environment`."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from parvis.casework.events.later import Follower
from parvis.casework.notices.news import NEWS_FOR, NOTE, TOLD_OF
from parvis.casework.webhooks.status import TOLD_TO_SOFTWARE
from parvis.channels.storage.disk import Disk
from parvis.config.environment import read_environment
from parvis.config.outside import carriers, enquiry_post, read_outside, scanner
from parvis.config.sign_in import sign_in_services
from parvis.jobs.queue import InDatabase
from parvis.lib import clock
from parvis.lib.dates import DEPARTMENT

PACKAGE = Path(__file__).parent.parent
ENVIRONMENT = read_environment()
PARVIS_HOME = ENVIRONMENT.home
PARVIS_ANCHOR_KEY = ENVIRONMENT.anchor_key
PARVIS_CONTACT = ENVIRONMENT.contact
if ENVIRONMENT.clock:
    clock.start_at(ENVIRONMENT.clock)

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = False
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts
CSRF_TRUSTED_ORIGINS = ENVIRONMENT.trusted_origins

INSTALLED_APPS = [
    "parvis.casework.events",
    "parvis.casework.people",
    "parvis.casework.accesses",
    "parvis.casework.mandates",
    "parvis.casework.keys",
    "parvis.casework.applications",
    "parvis.casework.documents",
    "parvis.casework.notices",
    "parvis.casework.lines",
    "parvis.casework.webhooks",
    "parvis.casework.enquiries",
    "parvis.casework.contacts",
    "parvis.casework.feedback",
    "parvis.casework.cohorts",
    "parvis.readers.estimates",
    "parvis.readers.standards",
    "parvis.readers.support",
    "parvis.web",
    "parvis.web.identity",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "csp",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "parvis.web.headers.SafeHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "parvis.web.language.RememberLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "parvis.web.signed_in.SignedInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "parvis.config.urls"
WSGI_APPLICATION = "parvis.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # Cotton's components, by its parts: as an app it would load Django's admin.
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# The tests make a database named test_parvis beside this one, and may empty that one alone.
DATABASES = {"default": ENVIRONMENT.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# One account for every program, opened by e-mail.
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["parvis.config.hashing.PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# Whose address sign-ins are counted by: the client's, as the department's own proxies pass it on.
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxies
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "parvis.web.account.Adapter"
ACCOUNT_FORMS = {"signup": "parvis.web.accounts.signing_up.SignUp"}
ACCOUNT_LOGOUT_REDIRECT_URL = "signed_out"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if ENVIRONMENT.production else "http"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Parvis – "
ACCOUNT_EMAIL_NOTIFICATIONS = True
# An account has one address, proved by a code that goes there. A code has three tries, and 15
# minutes; a link to a new password has as long (PASSWORD_RESET_TIMEOUT).
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
PASSWORD_RESET_TIMEOUT = 15 * 60
# Nobody learns from an answer who has an account here.
ACCOUNT_PREVENT_ENUMERATION = True
# Whoever finds a browser open cannot take the account with it.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_SESSION_REMEMBER = False
# Who tries too often waits: counted in the database, for all processes of all machines together.
CACHES = {"default": {"BACKEND": "parvis.config.shared_cache.SharedCache"}}

MFA_ADAPTER = "parvis.web.second_factors.Adapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_FORMS = {
    f"{what}_webauthn": f"parvis.web.accounts.passkeys.{form}"
    for what, form in {
        "login": "Login",
        "authenticate": "Second",
        "reauthenticate": "Again",
        "add": "Add",
        "signup": "First",
        "edit": "Rename",
    }.items()
}
MFA_TOTP_ISSUER = "Parvis"
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Browsers make passkeys over plain http for localhost alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.production

SOCIALACCOUNT_ADAPTER = "parvis.web.identity.adapter.Adapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
SOCIALACCOUNT_PROVIDERS = sign_in_services(ENVIRONMENT)
MESSAGE_STORAGE = "parvis.web.messages.InSession"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "applications"

# Both official languages, always.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = DEPARTMENT.key

STATIC_URL = "static/"
STATIC_ROOT = PARVIS_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "parvis.web.static_files.StaticFiles"},
}

# What clients send. Files travel through temporary ones beside no more than this in memory; a post
# that is larger than any answer may be is refused unread, with a page that says so (413).
DOCUMENT_STORE = Disk(PARVIS_HOME / "documents")
FILE_UPLOAD_HANDLERS = ["parvis.channels.storage.uploads.Limited"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# Whoever crosses a border each week has two hundred trips in five years, of two days each.
DATA_UPLOAD_MAX_NUMBER_FIELDS, DATA_UPLOAD_MAX_NUMBER_FILES = 600, 100

# What follows a fact is a job, kept in the database with it (casework/events/later).
LATER = InDatabase()
FOLLOWERS = [
    Follower(job=NOTE, kinds=TOLD_OF, news_for=NEWS_FOR),
    Follower(job="webhooks.spread", kinds=TOLD_TO_SOFTWARE, news_for=timedelta(days=7)),
]
# Other systems are told again what they did not take, after so many seconds each time: some three
# days in all. Addresses inside the department are told only where they are named here.
WEBHOOK_WAITS_S = ENVIRONMENT.webhook_waits_s
WEBHOOK_NETWORKS = ENVIRONMENT.webhook_networks
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["parvis.jobs.tasks"]

# Where clients go to whom the new door is not open yet; empty where there is no other.
PARVIS_OLD_DOOR = ENVIRONMENT.old_door

# Mail goes to a folder until a department names its server; so do texts. Notices go by `CARRIERS`,
# what an account asks for (a code, a new password) by Django's own way to the same server.
OUTSIDE = read_outside(ENVIRONMENT)
PARVIS_ADDRESS = OUTSIDE.address
CARRIERS = carriers(ENVIRONMENT, OUTSIDE)
ENQUIRY_POST = enquiry_post(ENVIRONMENT, OUTSIDE)
# What recognises topics, once it has learned from what agents said.
TOPIC_MODEL = PARVIS_HOME / "topics.npz"
# Documents that come with mail wait until somebody has looked for harm in them.
SCANNER = scanner()
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if OUTSIDE.smtp else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = PARVIS_HOME / "mail"
if OUTSIDE.smtp:
    EMAIL_HOST, EMAIL_PORT = OUTSIDE.smtp.host, OUTSIDE.smtp.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = OUTSIDE.smtp.user, OUTSIDE.smtp.password
    EMAIL_USE_TLS = OUTSIDE.smtp.security == "starttls"
    EMAIL_USE_SSL = OUTSIDE.smtp.security == "tls"
    EMAIL_TIMEOUT = OUTSIDE.smtp.timeout_s
DEFAULT_FROM_EMAIL = ENVIRONMENT.sender

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        # What a passkey has to answer is asked for by the sign-in page's script.
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SESSION_ENGINE = "parvis.casework.people.sessions"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.production
SECURE_SSL_REDIRECT = ENVIRONMENT.production
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.production else None
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.production else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENVIRONMENT.production
X_FRAME_OPTIONS = "DENY"
# SafeHeaders is these two middlewares as one, under a name that the checks do not know.
SILENCED_SYSTEM_CHECKS = ["security.W001", "security.W002"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # A post that is too large is told to whoever sent it (413); it is no failure of ours.
    "loggers": {
        f"django.security.{name}": {"level": "CRITICAL"}
        for name in ("RequestDataTooBig", "TooManyFieldsSent", "TooManyFilesSent")
    },
}
