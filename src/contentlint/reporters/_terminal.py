"""What is safe and readable on a terminal: content comes from strangers and may hold control characters."""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls move the cursor or recolour the terminal, bidirectional controls reorder what is read, line and
# paragraph separators fake new lines, lone surrogates cannot be written at all.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_CODES = {"bold": "1", "dim": "2", "red": "31", "yellow": "33", "blue": "34", "cyan": "36", "green": "32"}


def safe(text: str) -> str:
    """The text with everything escaped that could do more on a terminal than be read. Tabs become spaces."""
    return _UNSAFE.sub(_escape, text.replace("\t", " "))


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def width(text: str) -> int:
    """How many columns a terminal gives to a text: none to combining marks, two to wide East Asian characters."""
    return sum(map(_columns, text))


def _columns(char: str) -> int:
    # Marks and joiners stand on or between other characters; of the soft hyphen terminals show the hyphen.
    if unicodedata.category(char) in ("Mn", "Me", "Cf") and char != "\u00ad":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, columns: int) -> str:
    """The text, shortened at its end to so many columns, with an ellipsis where something is left out."""
    used = 0
    fits = 0
    for number, char in enumerate(text):
        used += _columns(char)
        if used > columns:
            return text[:fits].rstrip() + "…"
        if used <= columns - 1:
            fits = number + 1
    return text


class Style:
    """Colours, or none."""

    def __init__(self, color: bool) -> None:
        self.color = color

    def __call__(self, text: str, *names: str) -> str:
        if not self.color or not text:
            return text
        return f"\x1b[{';'.join(_CODES[name] for name in names)}m{text}\x1b[0m"
