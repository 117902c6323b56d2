"""What pages hold besides Markdown, hidden from the Markdown parser: shortcodes, Liquid, MDX.

Site generators replace these constructs before, or while, they read the Markdown; to a Markdown parser they are noise
that breaks links and tables. Each is hidden code point for code point, so that every offset stays what it was:
inside a block by private-use letters, which read as one word, and alone on its lines by blanks, which read as a blank
line. The generator's own limits are kept: what is not closed stays text.

A dialect is entries of ``DELIMITED`` and ``PAIRED``; only MDX, whose constructs nest, has a reader of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from contentlint.source import tags
from contentlint.span import Span

LETTER = "\ue5a5"
"""What stands for a hidden code point inside a block. Of private use: no letter, punctuation or space of any script."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A place that the Markdown parser does not see."""

    span: Span
    kind: str
    """``shortcode``, ``liquid``, ``code``, ``comment``, ``front-matter``, or of MDX ``mdx-esm``, ``mdx-expression``,
    ``mdx-tag``.
    """
    block: bool = False
    """Whether it stands alone on its lines, and so is hidden by blanks."""
    tag: tags.RawTag | None = None
    """The tag, where one is hidden."""


@dataclass(frozen=True, slots=True)
class Mask:
    """The text to parse, and what was hidden to make it, in the order of the text."""

    text: str
    hidden: tuple[Hidden, ...] = ()
    dialects: frozenset[str] = frozenset()
    """The dialects of the page: those of the site, and what its name tells (``mdx``)."""
    body: Span = field(default_factory=lambda: Span(0, 0))
    _starts: list[int] = field(default_factory=list, repr=False, compare=False)

    def within(self, span: Span) -> list[Hidden]:
        """What is hidden inside blocks in that span, in order."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = bisect_left(self._starts, span.end, lo=first)
        return [hidden for hidden in self.hidden[first:last] if not hidden.block and hidden.span.end > span.start]


@dataclass(frozen=True, slots=True)
class Delimited:
    """A construct between two strings."""

    opener: str
    closer: str
    kind: str
    dialect: str
    """The dialect that it belongs to, whose generator reads it before the Markdown: in code too."""
    everywhere: bool = True
    """Whether it is hidden, outside code, on a site of unknown dialect: it is never prose."""
    content: bool = False
    """Whether it stands for text of the page, so that alone on its line it is still a paragraph."""
    paragraph: bool = True
    """Whether it ends before a blank line, so that an opener without closer cannot swallow the page."""


# An opener comes before the openers that it begins with.
DELIMITED = (
    Delimited("{{{<", ">}}}", "shortcode", "shortcodes"),
    Delimited("{{<", ">}}", "shortcode", "shortcodes"),
    Delimited("{{%", "%}}", "shortcode", "shortcodes"),
    Delimited("{{", "}}", "liquid", "liquid", content=True),
    Delimited("{%", "%}", "liquid", "liquid"),
    Delimited("{#", "#}", "comment", "liquid", everywhere=False, paragraph=False),
    Delimited("{/*", "*/}", "comment", "mdx", everywhere=False, paragraph=False),
)


@dataclass(frozen=True, slots=True)
class Paired:
    """A construct from a first tag to a last one, between which the generator reads otherwise than elsewhere."""

    name: str
    dialect: str
    kind: str | None
    """What it is hidden as, with all that it holds; None where only its tags are hidden and what it holds is shown."""
    single: str | None = None
    """What in the first tag tells that it has no end."""


# Not Liquid's “capture”: it holds prose as often as code.
PAIRED = (
    Paired("raw", "liquid", None),
    Paired("verbatim", "liquid", None),
    Paired("comment", "liquid", "comment"),
    Paired("highlight", "liquid", "code"),
    Paired("set", "liquid", "code", single="="),
    Paired("setAsync", "liquid", "code"),
    Paired("css", "liquid", "code"),
    Paired("js", "liquid", "code"),
    Paired("highlight", "shortcodes", "code", single="/>}}"),
    Paired("mermaid", "shortcodes", "code", single="/>}}"),
    Paired("code-toggle", "shortcodes", "code", single="/>}}"),
)
_PAIRED = {(pair.dialect, pair.name): pair for pair in PAIRED}
_TAG_NAME = re.compile(r"(?:\{%-?|\{\{[<%])\s*([\w-]+)")
_LAST_TAG = {
    "liquid": r"\{{%-?\s*end{name}\s*-?%\}}",
    "shortcodes": r"\{{\{{[<%]\s*/\s*{name}\s*[>%]\}}\}}",
}
# In code, what looks like the last tag may stand between tags that leave it as it is.
_LEFT_AS_IT_IS = rf"|\{{%-?\s*(?P<raw>{'|'.join(pair.name for pair in PAIRED if pair.kind is None)})\s*-?%\}}"
_END = {
    pair: re.compile(
        _LAST_TAG[pair.dialect].format(name=pair.name)
        + (_LEFT_AS_IT_IS if (pair.dialect, pair.kind) == ("liquid", "code") else "")
    )
    for pair in PAIRED
}

_NOT_LINE_END = re.compile(r"[^\r\n]")
_LONE_CR = re.compile(r"\r(?!\n)")
_BLANK_LINE = re.compile(r"\n[ \t]*\r?(?=\n)")
_BACKTICKS = re.compile(r"\\`|`+")
_FENCE = re.compile(r"^[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)?(`{3,}|~{3,})([^\n]*)", re.MULTILINE)
# Kramdown, Pandoc and Docusaurus write the id of a heading so: no comment of Nunjucks, no expression of MDX.
_HEADING_ID = re.compile(r"\{#[\w:.-]+\}")
# A paragraph may begin with “import” or “export”, even if MDX would say that it is bad JavaScript.
_ESM = (
    r"""^import[ \t]*(?:['"{*]|type\b|[\w$]+[ \t]*(?:,|[ \t]from\b))"""
    r"|^export[ \t]+(?:const|let|var|function|class|default|async|type|interface|enum|\{|\*)"
)
_MDX_OPENERS = (r"(?P<brace>\{)", r"(?P<tag><)(?=[A-Za-z/>])", f"(?P<esm>{_ESM})")
_BRACE_OR_STRING = re.compile(r"""[{}]|(?<!\w)"[^"\\\n]*(?:\\.[^"\\\n]*)*"|(?<!\w)'[^'\\\n]*(?:\\.[^'\\\n]*)*'""")


def mask(text: str, body: Span, path: str, dialects: frozenset[str]) -> Mask:
    """Hide from the Markdown parser what the page's dialects say is none.

    ``body`` is what follows the front matter, which is hidden too. ``path`` tells MDX by its ending. Of a site whose
    dialects are not known (empty ``dialects``) the constructs that are never prose are hidden outside code.
    """
    if path.lower().endswith(".mdx"):
        dialects |= {"mdx"}
    # A lone CR ends a line like any other; so the readers below need to know of \n alone.
    plain = _LONE_CR.sub("\n", text)
    found = _Page(plain, body.start, dialects).hidden()
    if body.start:
        found.insert(0, Hidden(Span(0, body.start), "front-matter", block=True))
    return Mask(_replace(text, found), tuple(found), dialects, body, [place.span.start for place in found])


def _replace(text: str, hidden: Iterable[Hidden]) -> str:
    pieces, position = [], 0
    for place in hidden:
        pieces.append(text[position : place.span.start])
        pieces.append(_NOT_LINE_END.sub(" " if place.block else LETTER, place.span.of(text)))
        position = place.span.end
    pieces.append(text[position:])
    return "".join(pieces)


class _Page:
    """Reads a page from opener to opener."""

    def __init__(self, text: str, start: int, dialects: frozenset[str]) -> None:
        self._text = text
        self._start = start
        self._dialects = dialects
        self._entries = {entry.opener: entry for entry in DELIMITED if self._applies(entry)}
        self._missing: dict[str, int] = {}
        """For each closer the offset up to which there is none, so that no stretch is searched twice."""
        self._unclosed: set[Paired] = set()
        """Those of which the rest of the page holds no last tag."""
        self._raw_until = -1
        """The end of the stretch that the generator leaves as it is. What it looks like is still no prose."""

    def _applies(self, entry: Delimited) -> bool:
        # Braces are expressions in MDX; what is never prose elsewhere would be a part of one there.
        return entry.dialect in self._dialects or (entry.everywhere and "mdx" not in self._dialects)

    def hidden(self) -> list[Hidden]:
        """All that is to be hidden, in order, none overlapping another."""
        mdx = "mdx" in self._dialects
        if not mdx and not any(opener in self._text for opener in self._entries):
            return []
        self._blank_lines = [match.end() for match in _BLANK_LINE.finditer(self._text, self._start)]
        self._code = _code(self._text, self._start, self._blank_lines)
        self._braces = _matching_braces(self._text, self._start, self._code) if mdx else {}
        self._tags = tags.Scanner(self._text, self._braces.get)
        openers = [re.escape(opener) for opener in self._entries] + list(_MDX_OPENERS if mdx else ())
        pattern = re.compile("|".join(openers), re.MULTILINE)
        found: list[Hidden] = []
        position = self._start
        while match := pattern.search(self._text, position):
            place, position = self._read(match, found[-1] if found else None)
            if place is not None:
                found.append(place)
        return list(self._alone(found))

    def _read(self, match: re.Match[str], previous: Hidden | None) -> tuple[Hidden | None, int]:
        """What the opener opens, if anything, and where to go on."""
        entry = self._entries.get(match.group())
        if not self._reaches_into_code(entry, match.start()) and _around(self._code, match.start()):
            return None, match.end()
        found = self._delimited(entry, match.start()) if entry else self._mdx(match, previous)
        return found, found.span.end if found else match.start() + 1

    def _reaches_into_code(self, entry: Delimited | None, start: int) -> bool:
        """Whether the generator reads it before it reads Markdown. MDX knows code."""
        if entry is None or entry.dialect == "mdx" or start < self._raw_until:
            return False
        return entry.dialect in self._dialects

    def _delimited(self, entry: Delimited, start: int) -> Hidden | None:
        text, inside = self._text, start + len(entry.opener)
        if _HEADING_ID.match(text, start):
            return None
        limit = _next(self._blank_lines, inside, len(text)) if entry.paragraph else len(text)
        end = self._close(entry.closer, inside, min(limit, self._raw_until) if start < self._raw_until else limit)
        if end is None:
            return None
        tag = Hidden(Span(start, end), entry.kind)
        return self._paired(entry, tag) if start >= self._raw_until else tag

    def _paired(self, entry: Delimited, tag: Hidden) -> Hidden:
        """The tag, or all up to the end of the pair that it begins."""
        name = _TAG_NAME.match(self._text, tag.span.start)
        pair = _PAIRED.get((entry.dialect, name.group(1))) if name else None
        if pair is None or (pair.single and pair.single in tag.span.of(self._text)):
            return tag
        last = self._last_tag(pair, tag.span.end)
        if last is None:
            return tag
        if pair.kind is None:
            self._raw_until = last.start
            return tag
        return Hidden(Span(tag.span.start, last.end), pair.kind)

    def _last_tag(self, pair: Paired, position: int) -> Span | None:
        if pair in self._unclosed:
            return None
        while match := _END[pair].search(self._text, position):
            raw = match.groupdict().get("raw")
            if not raw:
                return Span(*match.span())
            last = self._last_tag(_PAIRED[pair.dialect, raw], match.end())
            position = last.end if last else match.end()
        self._unclosed.add(pair)
        return None

    def _close(self, closer: str, start: int, limit: int) -> int | None:
        if limit <= self._missing.get(closer, -1):
            return None
        found = self._text.find(closer, start, limit)
        if found < 0:
            self._missing[closer] = limit
            return None
        return found + len(closer)

    def _mdx(self, match: re.Match[str], previous: Hidden | None) -> Hidden | None:
        start = match.start()
        if _is_escaped(self._text, start):
            return None
        if match.lastgroup == "brace":
            end = None if _HEADING_ID.match(self._text, start) else self._braces.get(start)
            return Hidden(Span(start, end), "mdx-expression") if end else None
        if match.lastgroup == "tag":
            tag = self._tags.tag_at(start)
            return Hidden(tag.span, "mdx-tag", tag=tag) if tag else None
        follows_esm = previous is not None and previous.kind == "mdx-esm"
        before = previous.span.end if previous and follows_esm else _line_start(self._text, start - 1, self._start)
        return None if self._text[before:start].strip() else Hidden(self._esm(start), "mdx-esm")

    def _esm(self, start: int) -> Span:
        """From an import or export to the first blank line that is in no braces."""
        text = self._text
        end = _next(self._blank_lines, start, len(text))
        position = start
        while (brace := text.find("{", position, end)) >= 0:
            position = self._braces.get(brace, brace + 1)
            end = max(end, _next(self._blank_lines, position, len(text)))
        return Span(start, start + len(text[start:end].rstrip()))

    def _alone(self, found: list[Hidden]) -> Iterator[Hidden]:
        """The same, those marked that stand alone on their lines."""
        for group in _on_same_lines(self._text, found):
            block = not any(self._is_content(place) for place in group) and self._fills_its_lines(group)
            for place in group:
                yield replace(place, block=block)

    def _is_content(self, place: Hidden) -> bool:
        openers = (opener for opener in self._entries if self._text.startswith(opener, place.span.start))
        return any(self._entries[opener].content for opener in list(openers)[:1])

    def _fills_its_lines(self, group: list[Hidden]) -> bool:
        text = self._text
        edges = [_line_start(text, group[0].span.start, self._start)]
        edges += [edge for place in group for edge in place.span]
        edges += [_line_end(text, group[-1].span.end)]
        return all(not text[edges[i] : edges[i + 1]].strip() for i in range(0, len(edges), 2))


def _on_same_lines(text: str, found: list[Hidden]) -> Iterator[list[Hidden]]:
    group: list[Hidden] = []
    for place in found:
        if group and text.find("\n", group[-1].span.end, place.span.start) >= 0:
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def _is_escaped(text: str, offset: int) -> bool:
    first = offset
    while first and text[first - 1] == "\\":
        first -= 1
    return (offset - first) % 2 == 1


def _line_start(text: str, offset: int, lowest: int) -> int:
    return max(text.rfind("\n", lowest, max(offset, lowest)), lowest - 1) + 1


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


def _next(offsets: list[int], offset: int, otherwise: int) -> int:
    index = bisect_left(offsets, offset)
    return offsets[index] if index < len(offsets) else otherwise


def _around(spans: list[Span], offset: int) -> Span | None:
    index = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return spans[index] if index >= 0 and offset < spans[index].end else None


def _code(text: str, start: int, blank_lines: list[int]) -> list[Span]:
    """Fenced code and code spans, as far as they can be told before the text is parsed; in order."""
    fences = _fences(text, start)
    runs = [match for match in _BACKTICKS.finditer(text, start) if not _around(fences, match.start())]
    by_length: dict[int, list[int]] = {}
    for run in runs:
        # After a backslash a backtick opens nothing, yet it closes.
        by_length.setdefault(run.group().count("`"), []).append(run.end() - run.group().count("`"))
    found = list(fences)
    position = start
    for run in runs:
        length = len(run.group())
        if run.start() < position or run.group().startswith("\\"):
            continue
        close = _next(by_length[length], run.end(), len(text))
        if close < _next(blank_lines, run.end(), len(text)):
            position = close + length
            found.append(Span(run.start(), position))
    return sorted(found)


def _fences(text: str, start: int) -> list[Span]:
    found: list[Span] = []
    opened: re.Match[str] | None = None
    for match in _FENCE.finditer(text, start):
        fence, rest = match.groups()
        if opened is None:
            if not (fence.startswith("`") and "`" in rest):
                opened = match
        elif fence.startswith(opened.group(1)) and not rest.strip():
            found.append(Span(opened.start(1), match.end()))
            opened = None
    if opened is not None:
        found.append(Span(opened.start(1), len(text)))
    return found


def _matching_braces(text: str, start: int, code: list[Span]) -> dict[int, int]:
    """For each ``{`` that is closed, the offset after its ``}``. In code and in strings braces do not count."""
    closed: dict[int, int] = {}
    opened: list[int] = []
    position = start
    while match := _BRACE_OR_STRING.search(text, position):
        inside = _around(code, match.start())
        # Outside braces a quote is a quotation mark.
        position = inside.end if inside else match.end() if match.group() in "{}" or opened else match.start() + 1
        if inside is not None or _is_escaped(text, match.start()):
            continue
        if match.group() == "{":
            opened.append(match.start())
        elif match.group() == "}" and opened:
            closed[opened.pop()] = match.end()
    return closed
