"""The tags of HTML and JSX in a text, each with its attributes and their places.

Browsers repair broken HTML; this scanner does not: what is no well-formed tag is no tag. It reads any input in linear
time, which the standard library's HTMLParser does not.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from contentlint.source.nodes import Attribute
from contentlint.span import Span

_NAME = re.compile(r"[A-Za-z][^\s/>\"'<=&{}]*")
_SPACE = re.compile(r"[ \t\r\n\f]*")
_ATTRIBUTE_NAME = re.compile(r"[^\s/>\"'<=]+")
_UNQUOTED = re.compile(r"[^\s\"'<>=`]+")
_JSX_STRING = re.compile(r"""\{\s*(["'`])([^"'`\\$]*)\1\s*\}""")
# A reference must end in a semicolon: without one, “?a=1&copy=2” would lose its parameter.
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

# What stands between these tags is no HTML.
_RAW_TEXT = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style", "textarea", "title")
}
# Constructs that end at the first occurrence of a string, whatever they hold.
_DELIMITED = (("<!--", "-->", "!--"), ("<![CDATA[", "]]>", "![cdata["), ("<?", "?>", "?"), ("<!", ">", "!"))

Braces = Callable[[int], int | None]
"""Where the brace that opens at an offset is closed: the offset after it, None where it is not."""


class RawTag(NamedTuple):
    """A tag as it stands in the text that was scanned; the offsets are those of that text."""

    name: str
    closing: bool
    self_closing: bool
    span: Span
    attributes: dict[str, Attribute]


def unescape(value: str) -> str:
    """The value with its character references resolved."""
    if "&" not in value:
        return value
    return _REFERENCE.sub(lambda match: html.unescape(match.group()), value)


class Scanner:
    """Finds tags in one text. Keeps what it learnt about missing delimiters, so that hostile input stays linear.

    With ``braces`` the tags are JSX: names keep their case, values may be expressions, ``<>`` is a fragment.
    """

    def __init__(self, text: str, braces: Braces | None = None) -> None:
        self._text = text
        self._braces = braces
        self._absent: dict[str, int] = {}

    def tags(self, start: int = 0, end: int | None = None) -> Iterator[RawTag]:
        """All tags from start to end, in order; those inside ``<script>`` and the like excepted."""
        end = len(self._text) if end is None else end
        position = self._find("<", start)
        while 0 <= position < end:
            tag = self.tag_at(position)
            if tag is None or tag.span.end > end:
                position = self._find("<", position + 1)
                continue
            yield tag
            position = self._find("<", self._after(tag))

    def tag_at(self, start: int) -> RawTag | None:
        """The tag that begins at the offset of a ``<``, or None if what stands there is no tag."""
        text = self._text
        if text.startswith(("<!", "<?"), start):
            return self._delimited(start)
        closing = text.startswith("</", start)
        position = start + (2 if closing else 1)
        match = _NAME.match(text, position)
        if match is None:
            if self._braces and text.startswith(">", position):
                return RawTag("", closing, False, Span(start, position + 1), {})
            return None
        name = match.group() if self._braces else match.group().lower()
        return self._finish(start, match.end(), name, closing)

    def _finish(self, start: int, position: int, name: str, closing: bool) -> RawTag | None:
        text = self._text
        attributes: dict[str, Attribute] = {}
        while True:
            after_space = _end(_SPACE, text, position)
            if text.startswith("/>", after_space):
                return RawTag(name, closing, True, Span(start, after_space + 2), attributes)
            if text.startswith(">", after_space):
                return RawTag(name, closing, False, Span(start, after_space + 1), attributes)
            if self._braces and text.startswith("{", after_space):
                spread = self._braces(after_space)
                if spread is None:
                    return None
                position = spread
                continue
            match = _ATTRIBUTE_NAME.match(text, after_space) if after_space > position else None
            if match is None:
                return None
            key = match.group() if self._braces else match.group().lower()
            found = self._value(Span(match.start(), match.end()))
            if found is None:
                return None
            attribute, position = found
            attributes.setdefault(key, attribute)

    def _value(self, name: Span) -> tuple[Attribute, int] | None:
        text = self._text
        equals = _end(_SPACE, text, name.end)
        if not text.startswith("=", equals):
            return Attribute(None, name), name.end
        start = _end(_SPACE, text, equals + 1)
        quote = text[start : start + 1]
        if quote in ('"', "'"):
            close = self._find(quote, start + 1)
            if close < 0:
                return None
            return Attribute(unescape(text[start + 1 : close]), Span(start + 1, close)), close + 1
        if quote == "{" and self._braces:
            return self._expression(start)
        match = _UNQUOTED.match(text, start)
        if match is None:
            return None
        # In “<br class=a/>” the slash closes the tag for every author, if not for HTML.
        end = match.end() - 1 if match.group().endswith("/") and text.startswith(">", match.end()) else match.end()
        return Attribute(unescape(text[start:end]), Span(start, end)), end

    def _expression(self, start: int) -> tuple[Attribute, int] | None:
        assert self._braces is not None
        end = self._braces(start)
        if end is None:
            return None
        string = _JSX_STRING.fullmatch(self._text, start, end)
        if string:
            return Attribute(string.group(2), Span(*string.span(2))), end
        return Attribute(None, Span(start, end), expression=True), end

    def _delimited(self, start: int) -> RawTag | None:
        text = self._text
        for opener, closer, name in _DELIMITED:
            if not text.startswith(opener, start):
                continue
            if name == "!--" and text.startswith((">", "->"), start + 4):
                return RawTag(name, False, False, Span(start, text.index(">", start) + 1), {})
            close = self._find(closer, start + len(opener))
            if close < 0:
                return None
            return RawTag(name, False, False, Span(start, close + len(closer)), {})
        return None

    def _after(self, tag: RawTag) -> int:
        """Where to go on after a tag: after its text, if that is no HTML."""
        closer = None if self._braces or tag.closing or tag.self_closing else _RAW_TEXT.get(tag.name)
        if closer is None:
            return tag.span.end
        key = f"</{tag.name}"
        if tag.span.end >= self._absent.get(key, len(self._text) + 1):
            return len(self._text)
        match = closer.search(self._text, tag.span.end)
        if match is None:
            self._absent[key] = tag.span.end
            return len(self._text)
        return match.start()

    def _find(self, needle: str, start: int) -> int:
        if start >= self._absent.get(needle, len(self._text) + 1):
            return -1
        found = self._text.find(needle, start)
        if found < 0:
            self._absent[needle] = start
        return found


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start
