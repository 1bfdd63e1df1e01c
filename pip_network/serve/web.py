"""Configuration of gunicorn: sync workers, measured fastest for pages of few queries (docs/adr/)."""

import os

from pip_network.lifeline import end_with_parent

wsgi_app = "pip_network.wsgi:application"
workers = int(os.environ.get("WEB_CONCURRENCY") or min(5, 2 * (os.cpu_count() or 1) + 1))
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests, max_requests_jitter = 5000, 500
preload_app = True  # one import instead of one per worker; unsafe production settings end the start
control_socket_disable = True
errorlog = "-"
accesslog = None  # the portal writes its own line for each request, with its id and without what people search for
if os.environ.get("LOG_FORMAT", "").strip() == "json":
    logconfig_dict = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "pip_network.logs.JsonFormatter"}},
        "handlers": {"error": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["error"], "level": "INFO"},
        "loggers": {
            "gunicorn.error": {"handlers": ["error"], "level": "INFO", "propagate": False},
            "gunicorn.access": {"handlers": [], "level": "INFO", "propagate": False},
        },
    }


def on_starting(server):
    """Under `make run` the server ends with its supervisor."""
    if supervisor := os.environ.get("PIP_SUPERVISOR"):
        end_with_parent(int(supervisor))


def post_fork(server, worker):
    end_with_parent(server.pid)
