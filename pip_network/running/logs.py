"""How a log line looks: text for people or JSON for machines; the id of its request in each, in
none an address of a person or a key that opens an account.

Standard library only: the web server uses it before Django is there.
"""

import json
import logging
import re
import time

# Both begin where a word begins and give nothing back (++), so that a long line costs no more than
# its length.
ADDRESS = re.compile(r"(?<![\w.+%-])[\w.+%-]++@([\w-]++(?:\.[\w-]++)+)")
PASSWORD = re.compile(r"((?<!\w)\w++://[^\s:/@]*+):[^\s@/]++@")
# The address of a letter that opens an account, or stops letters: whole, as part of another, or
# written as part of a question.
KEY = re.compile(
    r"((?:/|%2f)(?:password(?:/|%2f)reset(?:/|%2f)key|invitation|calendar|mail(?:/|%2f)off)(?:/|%2f)+)"
    r"([^\s/]+)",
    re.IGNORECASE,
)


def without_keys(text: str) -> str:
    """Without the keys of an invitation and of a forgotten password, with which one enters as
    somebody else, of the letters that one stops for her, and of her calendar.
    """
    return KEY.sub(r"\1***", text)


def mask(text: str) -> str:
    """Without keys, names of mailboxes (a mail server repeats them in its errors) and passwords in
    addresses of servers.
    """
    return ADDRESS.sub(r"***@\1", PASSWORD.sub(r"\1:***@", without_keys(text)))


class MaskingFilter(logging.Filter):
    """For loggers whose handlers are not ours: what they are given is masked already."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = mask(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = mask(logging.Formatter().formatException(record.exc_info))
        return True


class LineFormatter(logging.Formatter):
    """One line for people, in UTC; what a traceback adds follows it."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object on one line: time, level, request, logger, message, and error for a
    traceback.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
            + f".{int(record.msecs):03d}Z",
            "level": record.levelname,
            "request": getattr(record, "request_id", "-"),
            "logger": record.name,
            "message": mask(record.getMessage()),
        }
        if record.exc_info:
            line["error"] = mask(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
