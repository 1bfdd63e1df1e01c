"""How a log line looks: text for people or JSON for machines; the id of its request in each, no address of a person in any.

Standard library only: the web server uses it before Django is there.
"""

import json
import logging
import re
import time

ADDRESS = re.compile(r"[\w.+%-]+@([\w-]+(?:\.[\w-]+)+)")
PASSWORD = re.compile(r"(\w+://[^\s:/@]*):[^\s@/]+@")


def mask(text: str) -> str:
    """Without the names of mailboxes (a mail server repeats them in its errors) and passwords in addresses of servers."""
    return ADDRESS.sub(r"***@\1", PASSWORD.sub(r"\1:***@", text))


class LineFormatter(logging.Formatter):
    """One line for people, in UTC; what a traceback adds follows it."""

    converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object on one line: time, level, request, logger, message, and error for a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03d}Z",
            "level": record.levelname,
            "request": getattr(record, "request_id", "-"),
            "logger": record.name,
            "message": mask(record.getMessage()),
        }
        if record.exc_info:
            told["error"] = mask(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False)
