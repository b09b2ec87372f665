"""One flat page of settings. Every knob is an environment variable; nonsense fails at start.

Nothing set: SQLite, an in-process cache, no Celery, no Elasticsearch. `.env.example` has a
sentence about each variable; `docs/operations.md` says what to set in production.
"""

import re
import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
EXAMPLES_DIR = BASE_DIR / "examples"

env = environ.Env()
ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]+)?")


def env_bool(name: str, default: bool) -> bool:
    """`true` or `false` and nothing else: a typing error must not switch something off."""
    text = env.str(name, default=str(default)).strip().lower()
    if text not in {"true", "false"}:
        raise ImproperlyConfigured(f"{name} must be true or false, not {text!r}")
    return text == "true"


def env_number(name: str, default: int, low: int, high: int) -> int:
    text = env.str(name, default=str(default)).strip()
    if not text.isdecimal() or not low <= int(text) <= high:
        raise ImproperlyConfigured(f"{name} must be a whole number {low} to {high}, not {text!r}")
    return int(text)


def env_url(name: str, default: str, schemes: tuple[str, ...]) -> str:
    """An address without a slash at its end, or the empty string."""
    text = env.str(name, default=default).strip().rstrip("/")
    if text and not text.startswith(tuple(f"{scheme}://" for scheme in schemes)):
        raise ImproperlyConfigured(f"{name} must start with {' or '.join(schemes)}://")
    return text


def env_origins(name: str, default: list[str]) -> list[str]:
    """Origins such as https://www.example.org, or `*` alone for every one."""
    origins = env.list(name, default=default)
    for origin in origins:
        if not ORIGIN.fullmatch(origin) and origins != ["*"]:
            raise ImproperlyConfigured(
                f"{name} must be * or origins such as https://www.example.org, not {origin!r}"
            )
    return origins


def next_port(address: str) -> str:
    """The same host at the port after it; the same address when there is none."""
    found = re.fullmatch(r"(https?://[^/]+:)([0-9]+)", address)
    following = int(found[2]) + 1 if found else 0
    return f"{found[1]}{following}" if found and following < 65536 else address


def kept_secret(path: Path) -> str:
    """A key made once and kept beside the data, for a laptop where none is given."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


# --- what kind of run this is -------------------------------------------------------------
DEMO = env_bool("DEMO", False)
DEBUG = env_bool("DEBUG", False)
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var" / ("demo" if DEMO else "data"))))

# --- addresses ----------------------------------------------------------------------------
BASE_URL = env_url("BASE_URL", "http://localhost:8000", ("http", "https"))
# The front end that shows the pages; links in answers lead there. The demo has one beside it.
SITE_URL = env_url("SITE_URL", next_port(BASE_URL) if DEMO else BASE_URL, ("http", "https"))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# Absolute addresses of media in answers; another host (a CDN) may serve the same files.
MEDIA_BASE_URL = env_url("MEDIA_BASE_URL", f"{BASE_URL}/media", ("http", "https"))

# --- stores -------------------------------------------------------------------------------
DATABASE_URL = env_url("DATABASE_URL", "", ("postgres", "postgresql", "sqlite"))
DATABASES = {"default": env.db_url_config(DATABASE_URL or f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    Path(_database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    # With several threads Django's defaults answer "database is locked".
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    _database["CONN_MAX_AGE"] = None
    _database["CONN_HEALTH_CHECKS"] = True
    _database["OPTIONS"] = {
        "connect_timeout": 5,
        # a hung database must not hold every thread of a web process
        "options": "-c statement_timeout=30000 -c lock_timeout=15000",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env_url("REDIS_URL", "", ("redis", "rediss"))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
ELASTICSEARCH_URL = env_url("ELASTICSEARCH_URL", "", ("http", "https"))
ELASTICSEARCH_PREFIX = env.str("ELASTICSEARCH_PREFIX", default="herstelwijzer")
if not re.fullmatch(r"[a-z][a-z0-9_.-]{0,99}", ELASTICSEARCH_PREFIX):
    raise ImproperlyConfigured(
        "ELASTICSEARCH_PREFIX must be small letters, digits, dots, dashes and underscores, "
        f"not {ELASTICSEARCH_PREFIX!r}"
    )

# --- the publications ---------------------------------------------------------------------
# A copy of everything live, so that a web process can start while the database is away.
REPLICA_COPY = env_bool("REPLICA_COPY", True)
# Item history and blocked sets, which a replay of advice needs.
HISTORY_DAYS = env_number("HISTORY_DAYS", 400, 1, 36500)

# --- affiliate ----------------------------------------------------------------------------
# The ledger of clicks: networks report sales for months, and accounts are made up after a year.
CLICK_DAYS = env_number("CLICK_DAYS", 800, 1, 36500)
# An image's old files after a new upload: pages in caches still name them.
REPLACED_FILES_DAYS = env_number("REPLACED_FILES_DAYS", 7, 0, 365)

# --- secrets and transport ----------------------------------------------------------------
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if DATABASE_URL:
        raise ImproperlyConfigured("SECRET_KEY must be set when DATABASE_URL is")
    SECRET_KEY = kept_secret(DATA_DIR / "secret-key")
# Older keys: what they signed or sealed stays good until they are taken out.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
HTTPS = env_bool("HTTPS", False)
SECURE_SSL_REDIRECT = HTTPS
# The health checks of a container and a load balancer speak plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
if env_bool("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's own preview frame
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # wants DENY for it

# --- the application ----------------------------------------------------------------------
INSTALLED_APPS = [
    "api",
    "search",
    "cms.operations",
    "cms.advice",
    "cms.affiliate",
    "cms.screening",
    "cms.content",
    "cms.published",
    "wagtail.contrib.simple_translation",
    "wagtail.locales",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.documents",  # not offered; the admin's pages do not render without it
    "wagtail.search",  # never together with "modelsearch": both register the same index
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
# The API takes the short stack, everything else the long one (api/wsgi.py).
PUBLIC_MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]
# Whose scripts may read the API in a browser: the front end's, when it has an origin of its own.
_own, _site = ("/".join(url.split("/")[:3]).lower() for url in (BASE_URL, SITE_URL))
CORS_ORIGINS = env_origins("CORS_ORIGINS", [] if _site == _own else [_site])
CORS_ALLOW_ALL_ORIGINS = CORS_ORIGINS == ["*"]
CORS_ALLOWED_ORIGINS = [] if CORS_ALLOW_ALL_ORIGINS else CORS_ORIGINS
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS", "POST"]
CORS_ALLOW_HEADERS = ["accept", "content-type", "if-none-match"]
CORS_EXPOSE_HEADERS = ["ETag", "Retry-After"]
CORS_PREFLIGHT_MAX_AGE = 86_400
if CORS_ORIGINS:
    # First, so that refusals and redirects carry the headers too.
    PUBLIC_MIDDLEWARE.insert(0, "corsheaders.middleware.CorsMiddleware")
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.middleware.AtomicAdminWrites",
]
ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "api.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]

# --- language and time --------------------------------------------------------------------
LANGUAGE_CODE = "nl"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
WAGTAIL_I18N_ENABLED = True
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
# The admin speaks these two; each editor chooses one under "Account".
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
LOCALE_PATHS = [BASE_DIR / "cms" / "locale"]

# --- Wagtail ------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Herstelwijzer"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False  # nothing of an installation is told to anyone
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILIMAGES_IMAGE_MODEL = "content.CustomImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.content.image_form.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILSEARCH_BACKENDS = {
    # Only for editors; its automatic update deadlocked concurrent publishes.
    "default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}
}

# --- the API ------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_PARSER_CLASSES": ["api.parser.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["api.renderer.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "api.errors.problem_handler",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Herstelwijzer",
    "DESCRIPTION": "Content, screening and advice for any front end.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "REDOC_DIST": "SIDECAR",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # It would check Wagtail's own admin API; the document of ours has tests.
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
    # Several shapes have a `kind` of their own; this one stands in two of them.
    "ENUM_NAME_OVERRIDES": {"ServiceKindEnum": "api.shapes.common.SERVICE_KINDS"},
}

# --- Celery: wakes readers, carries no content --------------------------------------------
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE = {
    "mirror-into-elasticsearch": {
        "task": "search.tasks.mirror",
        "schedule": 1.0,
        # a worker that was away finds one wake-up, not a thousand
        "options": {"expires": 5.0},
    }
}

# --- logs: route templates and names, never a query, a body or an answer -------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING").upper()},
}
