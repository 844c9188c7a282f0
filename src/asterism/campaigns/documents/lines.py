"""Text on one line: without breaks, without characters that steer a screen or turn its direction."""

import re
from typing import Final

_BREAKS: Final = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_STEERING: Final = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def flat(text: str) -> str:
    """The text on one line, without what steers a screen, a mail header or the direction of writing.

    >>> flat("Ana" + chr(13) + chr(10) + "Bcc: x" + chr(0x202E))
    'Ana Bcc: x'
    """
    return _STEERING.sub("", _BREAKS.sub(" ", text)).strip()


def flowing(text: str) -> str:
    """The text with its wrapped lines joined: a paragraph, heading or item of a list becomes one line each.

    >>> flowing("One" + chr(10) + "two." + chr(10) * 2 + "- a" + chr(10) + "- b")
    'One two.\\n\\n- a\\n- b'
    """
    flowed: list[str] = []
    for line in (line.strip() for line in text.strip().splitlines()):
        apart = not flowed or not line or not flowed[-1] or line.startswith("- ") or flowed[-1].startswith("#")
        if apart:
            flowed.append(line)
        else:
            flowed[-1] += f" {line}"
    return "\n".join(flowed)
