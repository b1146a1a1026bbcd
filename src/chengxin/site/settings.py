"""Django's settings, made from the surroundings; every CHENGXIN_* variable is read in
`environment`, so that there is one table of them (docs/reference/settings.md).
"""  # noqa: D205

import sys
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from chengxin.site.database import django_database
from chengxin.site.environment import Environment, Mode

ENVIRONMENT = Environment.read()
HERE = Path(__file__).resolve().parent
UNDER_TEST = "pytest" in sys.modules

CHENGXIN_HOME = ENVIRONMENT.home
CHENGXIN_MODE = ENVIRONMENT.mode
CHENGXIN_BASE_URL = ENVIRONMENT.base_url
CHENGXIN_KEYS = ENVIRONMENT.keys
CHENGXIN_RULEBOOK = ENVIRONMENT.rulebook
CHENGXIN_DROPS = ENVIRONMENT.drops
CHENGXIN_SOURCES = ENVIRONMENT.sources
CHENGXIN_IDENTITY = ENVIRONMENT.identity
CHENGXIN_PROXIES = ENVIRONMENT.proxies
# What one search may take in the database, in milliseconds; tests share their machine.
SEARCH_MS = 10_000 if UNDER_TEST else 250

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
PRODUCTION = ENVIRONMENT.mode is Mode.PRODUCTION
# Behind a proxy the name is the proxy's business; the address in CHENGXIN_BASE_URL is ours.
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.base_url]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "pgtrigger",
    "django_htmx",
    "csp",
    "axes",
    "chengxin.audit",
    "chengxin.policy",
    "chengxin.looks",
    "chengxin.access",
    "chengxin.notices",
    "chengxin.subjects",
    "chengxin.visitors",
    "chengxin.register",
    "chengxin.publication",
    "chengxin.evaluation",
    "chengxin.measures",
    "chengxin.casework",
    "chengxin.intake",
    "chengxin.reports",
    "chengxin.supervision",
    "chengxin.tunnel",
    "chengxin.rights",
    "chengxin.web",
    "chengxin.desk",
    "chengxin.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "chengxin.site.middleware.chinese_first",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "chengxin.site.middleware.looks_noted",
]

ROOT_URLCONF = "chengxin.site.urls"
WSGI_APPLICATION = "chengxin.site.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": django_database(ENVIRONMENT)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Simplified Chinese first, English switchable; dates as people here read them.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "chengxin_language"
LOCALE_PATHS = [HERE.parent / room / "locale" for room in ("site", "web", "desk", "oversight")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

AUTH_USER_MODEL = "access.Officer"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_HASHERS = (
    # A real hash takes a third of a second by design; tests sign in hundreds of times.
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if UNDER_TEST
    else ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
)
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"

# Five wrong passwords for one sign-in from one address: half an hour's pause.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"
AXES_LOCKOUT_TEMPLATE = "site/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLED = not UNDER_TEST

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.home / "static"
# Manifest names need `collectstatic`; a test run has none, and no reader to cache for.
_STATICFILES = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if UNDER_TEST or DEBUG
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATICFILES},
}
WHITENOISE_USE_FINDERS = UNDER_TEST or DEBUG

# Everything from this server, nothing inline: a stored name can never become a script.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
_TLS = ENVIRONMENT.base_url.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _TLS
SECURE_HSTS_SECONDS = 31_536_000 if _TLS else 0
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600  # a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# A department's file may be large; it is streamed to disk, never held in memory.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
