"""The Django project: settings from the environment once, and the two faces that stand on it."""

import os
from datetime import timedelta
from pathlib import Path

import asterism.reports
from asterism.store.hosting import Database, read_hosting

HOSTING = read_hosting(os.environ)

SECRET_KEY = HOSTING.secret
DEBUG = False
ALLOWED_HOSTS = list(HOSTING.hosts)
ROOT_URLCONF = "asterism.faces.addresses"
WSGI_APPLICATION = "asterism.faces.server.application"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "asterism.store.ledger",
    "asterism.faces.web",
]
MIDDLEWARE = [
    "asterism.faces.web.redirects.Redirects",
    "django.middleware.security.SecurityMiddleware",
    "asterism.faces.web.guard.Guard",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "asterism.faces.web.refusals.Refusals",
    "asterism.faces.api.door.Door",
]
AUTH_USER_MODEL = "ledger.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_USERNAME_FORM_FIELD = "username"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "asterism.faces.web.refusals.locked_out"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True


PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-32000", "temp_store=MEMORY", "secure_delete=ON")


def _tables(database: Database) -> dict[str, object]:
    if database.engine == "sqlite":
        # WAL lets pages be read while one writes; IMMEDIATE makes two writers queue instead of failing half-way.
        # What was erased must not stay readable in the file, so deleted rows are overwritten.
        pragmas = "; ".join(f"PRAGMA {one}" for one in PRAGMAS)
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": database.name, "OPTIONS": options, "CONN_MAX_AGE": 600}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database.name,
        "HOST": database.host,
        "PORT": database.port,
        "USER": database.user,
        "PASSWORD": database.password,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _tables(HOSTING.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "OPTIONS": {"environment": "asterism.faces.web.templating.environment"},
    }
]
STATIC_URL = "/static/"
STATICFILES_DIRS = [("report", str(Path(asterism.reports.__file__).parent / "style"))]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 86400
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HOSTING.secure
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = False
CSRF_FAILURE_VIEW = "asterism.faces.web.refusals.forged"
CSRF_TRUSTED_ORIGINS = [HOSTING.address]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HOSTING.secure else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HOSTING.secure else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_I18N = False

_MAILERS = {
    "file": "django.core.mail.backends.filebased.EmailBackend",
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "console": "django.core.mail.backends.console.EmailBackend",
    "memory": "django.core.mail.backends.locmem.EmailBackend",
}
EMAIL_BACKEND = _MAILERS[HOSTING.mail.kind]
EMAIL_FILE_PATH = str(HOSTING.mail.folder)
EMAIL_HOST, EMAIL_PORT = HOSTING.mail.host, HOSTING.mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = HOSTING.mail.user, HOSTING.mail.password
EMAIL_USE_TLS = HOSTING.mail.tls and HOSTING.mail.port != 465
EMAIL_USE_SSL = HOSTING.mail.tls and HOSTING.mail.port == 465
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = HOSTING.mail.sender

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"hushed": {"()": "asterism.faces.hushed.Hushed"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["hushed"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"axes": {"level": "ERROR"}, "django.request": {"level": "ERROR"}},
}
