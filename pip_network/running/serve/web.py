"""Configuration of gunicorn: sync workers, measured fastest for pages of few queries (docs/adr/)."""

import http
import os
import socket
from typing import Any

from gunicorn import util

from pip_network.running.lifeline import end_with_parent
from pip_network.running.logs import MaskingFilter
from pip_network.running.serve import arrival

wsgi_app = "pip_network.wsgi:application"
workers = int(os.environ.get("WEB_CONCURRENCY") or min(5, 2 * (os.cpu_count() or 1) + 1))
worker_class = arrival.Worker  # a half-sent form holds it for seconds, not for ever
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests, max_requests_jitter = 5000, 500
preload_app = True  # one import instead of one per worker; unsafe production settings end the start
control_socket_disable = True
forwarded_allow_ips = ""  # whose word about HTTPS is taken is a setting of the portal
errorlog = "-"
# the portal writes its own line for each request, with its id and without what people search for
accesslog = None
if os.environ.get("LOG_FORMAT", "").strip() == "json":
    logconfig_dict = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "pip_network.running.logs.JsonFormatter"}},
        "handlers": {"error": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["error"], "level": "INFO"},
        "loggers": {
            "gunicorn.error": {"handlers": ["error"], "level": "INFO", "propagate": False},
            "gunicorn.access": {"handlers": [], "level": "INFO", "propagate": False},
        },
    }


def refuse(sock: socket.socket, status: int, _reason: str, _detail: str) -> None:
    """What gunicorn itself turns away, before any page: a status.

    Its own page says what was sent, and has no policy.
    """
    body = f"{status} {http.HTTPStatus(status).phrase}\n"
    head = (
        f"HTTP/1.1 {body.strip()}",
        "Connection: close",
        "Content-Type: text/plain; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options: nosniff",
    )
    util.write_nonblock(sock, "\r\n".join((*head, "", body)).encode())


util.write_error = refuse  # gunicorn has no setting for it


def on_starting(server: Any) -> None:
    """What the server itself says holds no key; under `make run` it ends with its supervisor."""
    for logger in (server.log.error_log, server.log.access_log):
        logger.addFilter(MaskingFilter())
    if supervisor := os.environ.get("PIP_SUPERVISOR"):
        end_with_parent(int(supervisor))


def post_fork(server: Any, _worker: Any) -> None:
    """A worker of the server ends with it."""
    end_with_parent(server.pid)
