"""All settings of the portal, from the environment.

Rules that production must keep are system checks (checks.py).
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from pip_network.running import env

BASE_DIR = Path(__file__).resolve().parent.parent
MODE = env.choice("PIP_MODE", ("demo", "test", "production"), "demo")
PRODUCTION, TEST = MODE == "production", MODE == "test"
DATA_DIR = env.folder("PIP_DATA", BASE_DIR / ".data" / ("test" if TEST else ""))
VERSION = next(
    line.split()[1]
    for line in (BASE_DIR / "CHANGELOG.md").read_text("utf-8").splitlines()
    if line.startswith("## ")
)

DEBUG = False
# The embedded default keeps a secret of its own beside its data; production must be given one.
SECRET_KEY = env.text("SECRET_KEY", None if PRODUCTION else "") or env.secret_file(
    DATA_DIR / "secret.txt"
)
# Earlier ones: addresses that stop letters stand in mailboxes for years.
SECRET_KEY_FALLBACKS = env.secrets_of("SECRET_KEY_FALLBACKS")
HOST = env.text("HOST", "127.0.0.1")
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", None if PRODUCTION else env.hosts_answered(HOST))
# What stands before an address in files that leave the portal (a figure's trace in a PDF).
PUBLIC_URL = env.text("PUBLIC_URL", f"http://localhost:{env.text('PORT', '8000')}").rstrip("/")
# Whom readers write to; shown on the pages of contact, accessibility and privacy.
CONTACT_EMAIL = env.text("CONTACT_EMAIL", "")
# Where weaknesses are reported (/.well-known/security.txt): an e-mail address or an https address.
SECURITY_CONTACT = env.text("SECURITY_CONTACT", "")
CSRF_TRUSTED_ORIGINS = env.names("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "pip_network.apps.PipNetworkConfig",
    "projects.apps.ProjectsConfig",
    "monitoring.apps.MonitoringConfig",
    "workshops.apps.WorkshopsConfig",
    "knowledge.apps.KnowledgeConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_countries",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "import_export",
]

MIDDLEWARE = [
    # First, so that every answer has them: refused hosts, redirects, static files and errors too.
    "pip_network.web.requests.RequestIdMiddleware",
    "pip_network.web.requests.ProxyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pip_network.web.requests.PermissionsPolicyMiddleware",
    "pip_network.audit.denied.DeniedAttemptsMiddleware",
    "pip_network.web.requests.HostMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pip_network.running.maintenance.MaintenanceMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "pip_network.people.session_store.SeenMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pip_network.web.requests.PrivateAnswerMiddleware",
    "pip_network.web.requests.LanguageMiddleware",
    "pip_network.people.time_zones.TimeZoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "pip_network.web.drafts.DraftMiddleware",
    "pip_network.web.errors.FullDiskMiddleware",
    "pip_network.web.requests.PlainAddressMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pip_network.people.open_pages.OpenPageMiddleware",
    "pip_network.people.second_factor.SecondFactorMiddleware",
    "pip_network.web.errors.EmptyRefusalMiddleware",
    "pip_network.web.requests.MethodMiddleware",
    "pip_network.web.errors.DomainErrorMiddleware",
]

ROOT_URLCONF = "pip_network.site.urls"
WSGI_APPLICATION = "pip_network.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pip_network.site.context_processors.portal",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "pip_network.templatetags.components",
                "pip_network.templatetags.numbers",
                "pip_network.templatetags.portal",
            ],
        },
    }
]

DATABASES = {"default": env.database(env.text("DATABASE_URL", ""), DATA_DIR / "portal.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.redis("REDIS_URL")
REDIS_PREFIX = env.text("REDIS_PREFIX", f"pip-{MODE}")  # one server may serve several portals
CACHES = {
    # In the database, because sign-in limits count in it: shared by all processes, and there when
    # Redis is away.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "pip_network_cache",
        "OPTIONS": {"MAX_ENTRIES": 20000},
    }
}

AUTH_USER_MODEL = "pip_network.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
if TEST:  # hundreds of people sign in; nothing here is worth a slow hash
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "/accounts/login/"
ACCOUNT_ADAPTER = "pip_network.people.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody makes the portal write to strangers
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_FORMS = {
    "reset_password": "pip_network.people.passwords.ForgottenForm",
    "reset_password_from_key": "pip_network.people.passwords.NewPasswordForm",
}
# Who asked for it waits for the letter; a mailbox read later by somebody else opens nothing.
PASSWORD_RESET_TIMEOUT = 60 * 60
# Its reader did not ask for it and may be travelling; nothing is behind it but an empty account.
INVITATION_DAYS = 7
# A working day from the sign-in, whatever is done meanwhile; and half an hour without a request for
# those who enter or decide: an open page on a desk writes under their name.
SESSION_ENGINE = "pip_network.people.session_store"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_SECONDS = 30 * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True  # who changed a password or a second step is told by letter
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900  # seconds for which a password given again is fresh
# Thirty sign-ins a minute from one address pass; wrong passwords for one account are stopped
# sooner. Behind N proxies the N-th address from the right of X-Forwarded-For is the client; with 0
# that header is not believed.
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("TRUSTED_PROXIES", 0, low=0, high=5)
PROXY_ADDRESSES = env.networks(
    "PROXY_ADDRESSES"
)  # whose X-Forwarded-... is believed; without any, everybody's is
ACCOUNT_RATE_LIMITS = {
    "login": "40/m/ip",
    "login_failed": "30/m/ip,10/5m/key",
    "mail_off": "60/m/ip",  # many readers may have one mail provider, which presses for them
}
USERSESSIONS_TRACK_ACTIVITY = False
USERSESSIONS_ADAPTER = "pip_network.people.sessions.SessionsAdapter"
MFA_FORMS = {
    "activate_totp": "pip_network.audit.signing_in.ActivateForm",
    "authenticate": "pip_network.audit.signing_in.AuthenticateForm",
    "reauthenticate": "pip_network.audit.signing_in.ReauthenticateForm",
}
# Specialists and the administration set up a second step before anything else opens.
SECOND_FACTOR_REQUIRED = env.boolean("SECOND_FACTOR_REQUIRED", PRODUCTION)
# The first seals the seeds, each opens them; SECRET_KEY opens them too (people/sealing.py).
SECOND_FACTOR_KEYS = env.secrets_of("SECOND_FACTOR_KEYS")
MFA_ADAPTER = "pip_network.people.second_factor.MFAAdapter"
MFA_TOTP_TOLERANCE = 1  # a clock half a minute off

LANGUAGE_CODE = "es"
LANGUAGES = [("es", _("Spanish")), ("pt", _("Portuguese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "pip_language"
USE_I18N = True
USE_THOUSAND_SEPARATOR = (
    False  # years and codes stay whole; pip_network/web/formats.py groups what is a quantity
)
USE_TZ = True
TIME_ZONE = "UTC"

# Of one file. The server in front takes 26 MB at once (front/portal.conf.template): a file sent by a
# form without a script, and what the form says besides.
UPLOAD_MOST_BYTES = env.integer("UPLOAD_MOST_MB", 25, low=1, high=50) << 20
# Where clamd listens, as /run/clamav/clamd.ctl or host:port; without it files are "not scanned".
CLAMD_SOCKET = env.socket("CLAMD_SOCKET")

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.folder("STATIC_ROOT", DATA_DIR / "static")
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
_STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if TEST
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC_STORAGE},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = TEST  # tests need no collected files

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "ui/table.html"
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if PRODUCTION
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.integer("EMAIL_PORT", 25, low=1, high=65535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.boolean("EMAIL_USE_TLS", False)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "red-pip@localhost")

# Who collects /metrics shows this as a bearer token; without it there is no such page.
METRICS_TOKEN = env.text("METRICS_TOKEN", "")

CELERY_BROKER_URL = REDIS_URL or ("memory://" if TEST else "filesystem://localhost//")
CELERY_TASK_IGNORE_RESULT = CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_TASK_SOFT_TIME_LIMIT = 840
CELERY_TASK_TIME_LIMIT = 900
# However long the broker is away, worker and timetable come back by themselves; what was being done
# meanwhile goes on, for its row says that it is.
CELERY_BROKER_CONNECTION_RETRY = CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"  # keeps no file: each task may run at any moment
CELERY_BEAT_SCHEDULE = {
    name: {"task": f"{room}.tasks.{name}", "schedule": 30.0, "options": {"expires": 30}}
    for room, name in (
        ("pip_network", "sweep"),
        ("pip_network", "send_outbox"),
        ("monitoring", "sweep_monitoring"),
        ("knowledge", "sweep_library"),
    )
}
if REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 1200,  # longer than the hard limit of a task
        "unacked_restore_throttle": 1,
        # A Redis that is away or stuck must not hold a page: one try, and a short one.
        "socket_connect_timeout": 1,
        "socket_timeout": 1,
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0.1,
        "interval_max": 0.1,
        "global_keyprefix": f"{REDIS_PREFIX}:",
    }
else:
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
    CELERY_BROKER_TRANSPORT = None if TEST else "pip_network.jobs.queue_files:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(DATA_DIR / "queue"),
        "data_folder_out": str(DATA_DIR / "queue"),
        "processed_folder": str(DATA_DIR / "queue-done"),
        "control_folder": str(DATA_DIR / "queue-control"),
        "polling_interval": 0.1,
    }

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "pip_network.audit.denied.forged"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = PRODUCTION and env.boolean("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = (
    env.integer("SECURE_HSTS_SECONDS", 31536000, low=0, high=63072000) if PRODUCTION else 0
)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.boolean("TRUST_FORWARDED_PROTO", False) else None
)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "pip_network.web.requests.RequestIdFilter"},
        "quiet_health": {"()": "pip_network.web.requests.QuietHealthFilter"},
    },
    "formatters": {
        "line": {
            "()": "pip_network.running.logs.LineFormatter",
            "format": "%(asctime)s %(levelname)s [%(request_id)s] %(name)s: %(message)s",
        },
        "json": {"()": "pip_network.running.logs.JsonFormatter"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": env.choice("LOG_FORMAT", ("line", "json"), "line"),
            "filters": ["request_id", "quiet_health"],
        },
    },
    # The development server has a handler of its own, which would write addresses with their keys.
    "loggers": {"django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False}},
    "root": {
        "handlers": ["stderr"],
        "level": env.choice("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO"),
    },
}
