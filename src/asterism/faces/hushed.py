"""What the log does not hold: the secrets in addresses of creators' pages, clients' links, shops and feeds."""

import logging
import re
from typing import Final

_SECRET: Final = re.compile(r"(/(?:c|s|o|in|join|feeds|report)/)[\w:.=-]{12,}")


class Hushed(logging.Filter):
    """Strikes secrets out of every line before it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true: the line is written, without its secrets."""
        record.msg, record.args = hushed(record.getMessage()), ()
        return True


def hushed(text: str) -> str:
    """A line without the secrets of addresses.

    >>> hushed("Internal Server Error: /c/abcdefghijklmnop/drafts/7")
    'Internal Server Error: /c/…/drafts/7'
    """
    return _SECRET.sub(r"\1…", text)
