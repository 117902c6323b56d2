"""What is no Markdown in a page, hidden from the Markdown parser: shortcodes, Liquid, MDX, containers.

Site generators replace these constructs before, or while, they read the Markdown; to a Markdown parser they are noise
that breaks links and tables. Each is hidden code point for code point, so that every offset stays what it was:
inside a block by private-use letters, which read as one word, and alone on its lines by blanks, which read as a blank
line. The generator's own limits are kept: what is not closed stays text.

What there is to hide is data (``source.dialect``); only MDX, whose constructs nest, has a reader of its own here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from contentlint.source import tags
from contentlint.source.dialect import Delimited, Paired, Pattern, load, repertoire
from contentlint.span import Span

LETTER = "\ue5a5"
"""What stands for a hidden code point inside a block. Of private use: no letter, punctuation or space of any script."""
MARKER = "\ue5a6"
"""The same before a text that the marker of its line makes a block of its own, such as the title of a container."""
BODY = "\ue5a7"
"""The same where the lines after it that are indented by four spaces more belong to it."""
_TO_LETTER = str.maketrans({MARKER: LETTER, BODY: LETTER})


def plain(text: str) -> str:
    """The masked text with one letter for all that is hidden."""
    return text.translate(_TO_LETTER) if MARKER in text or BODY in text else text


@dataclass(frozen=True, slots=True)
class Hidden:
    """A place that the Markdown parser does not see."""

    span: Span
    kind: str
    """As the dialect calls it: ``shortcode``, ``liquid``, ``code``, ``comment`` …; besides these ``front-matter``, and
    of MDX ``mdx-esm``, ``mdx-expression``, ``mdx-tag``.
    """
    mask: str = LETTER
    """What each of its code points is hidden by: a letter, or a blank where it stands alone on its lines."""
    tag: tags.RawTag | None = None
    """The tag, where one is hidden."""
    read: bool = True
    """Whether readers see words in its place."""
    inside: Span | None = None
    """What stands between the delimiters of a construct that is run."""
    dialect: str = ""
    """The dialect that the construct is of."""

    @property
    def block(self) -> bool:
        """Whether it stands alone on its lines, and so is hidden by blanks."""
        return self.mask == " "


@dataclass(frozen=True, slots=True)
class Mask:
    """The text to parse, and what was hidden to make it, in the order of the text."""

    text: str
    """With letters of three kinds, which only the parser of blocks tells apart: see ``plain``."""
    hidden: tuple[Hidden, ...] = ()
    dialects: frozenset[str] = frozenset()
    """The dialects of the page: those of the site, and what its name tells (``mdx``)."""
    body: Span = field(default_factory=lambda: Span(0, 0))
    _starts: list[int] = field(default_factory=list, repr=False, compare=False)

    def within(self, span: Span) -> list[Hidden]:
        """What is hidden inside blocks in that span, in order."""
        return [hidden for hidden in self.touching(span) if not hidden.block]

    def touching(self, span: Span) -> list[Hidden]:
        """All that is hidden in that span, in part or in whole, in order."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = bisect_left(self._starts, span.end, lo=first)
        return [hidden for hidden in self.hidden[first:last] if hidden.span.end > span.start]


_LEAD = r"^[ \t>]*"
"""What may stand before the marker of a line."""
_NOT_LINE_END = re.compile(r"[^\r\n]")
_LONE_CR = re.compile(r"\r(?!\n)")
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)")
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

    ``body`` is what follows the front matter, which is hidden too. ``path`` tells MDX by its ending. The constructs of
    other dialects that are never prose are hidden outside code, whatever the dialects of the site.
    """
    if path.lower().endswith(".mdx"):
        dialects |= {"mdx"}
    # However lines end, the readers below need to know of \n alone.
    plain = _LONE_CR.sub("\n", text).replace("\r", " ")
    found = _Page(plain, body.start, dialects).hidden()
    if body.start:
        found.insert(0, Hidden(Span(0, body.start), "front-matter", " ", read=False))
    return Mask(_replace(text, found), tuple(found), dialects, body, [place.span.start for place in found])


def _replace(text: str, hidden: Iterable[Hidden]) -> str:
    pieces, position = [], 0
    for place in hidden:
        pieces.append(text[position : place.span.start])
        pieces.append(_NOT_LINE_END.sub(place.mask, place.span.of(text)))
        position = place.span.end
    pieces.append(text[position:])
    return "".join(pieces)


class _Page:
    """Reads a page from opener to opener."""

    def __init__(self, text: str, start: int, dialects: frozenset[str]) -> None:
        self._text = text
        self._start = start
        self._dialects = dialects
        self._repertoire = repertoire(dialects)
        self._missing: dict[str, int] = {}
        """For each closer the offset up to which there is none, so that no stretch is searched twice."""
        self._unclosed: set[tuple[str, str]] = set()
        """The openers and names of which the rest of the page holds no last tag."""
        self._raw_until = -1
        """The end of the stretch that the generator leaves as it is. What it looks like is still no prose."""

    def hidden(self) -> list[Hidden]:
        """All that is to be hidden, in order, none overlapping another."""
        mdx, text = "mdx" in self._dialects, self._text
        openers = tuple(opener for opener in self._repertoire.delimited if opener in text)
        patterns = {
            f"p{number}": pattern
            for number, pattern in enumerate(self._repertoire.patterns)
            if pattern.needs in text and pattern.compiled.search(text, self._start)
        }
        if not mdx and not openers and not patterns:
            return []
        self._blank_lines = [match.end() for match in _BLANK_LINE.finditer(text, self._start)]
        self._code = _code(text, self._start, self._blank_lines)
        self._braces = _matching_braces(text, self._start, self._code) if mdx else {}
        self._tags = tags.Scanner(text, self._braces.get)
        self._patterns = patterns
        search = _openers(openers, tuple(patterns.items()), mdx)
        found: list[Hidden] = []
        position = self._start
        while match := search.search(text, position):
            places, position = self._read(match, found[-1] if found else None)
            found.extend(places)
        return list(self._alone(_without_overlaps(self._pairs_unread(found))))

    def _read(self, match: re.Match[str], previous: Hidden | None) -> tuple[list[Hidden], int]:
        """What the opener opens, if anything, and where to go on."""
        entry = self._repertoire.delimited.get(match.group())
        pattern = self._patterns.get(match.lastgroup or "")
        start = match.start(match.lastgroup or 0)
        if not self._reaches_into_code(entry, start) and _around(self._code, start):
            return [], match.end()
        if pattern is not None:
            return self._matched(pattern, match)
        found = self._delimited(entry, match.start()) if entry else self._mdx(match, previous)
        return ([found], found.span.end) if found else ([], match.start() + 1)

    def _reaches_into_code(self, entry: Delimited | None, start: int) -> bool:
        """Whether the generator reads it before it reads Markdown. MDX knows code."""
        if entry is None or entry.dialect == "mdx" or start < self._raw_until:
            return False
        return entry.dialect in self._dialects

    def _matched(self, pattern: Pattern, match: re.Match[str]) -> tuple[list[Hidden], int]:
        """What stands before and after the text of the pattern, which is read on."""
        whole = match.span(match.lastgroup or 0)
        if pattern.compiled.groups:
            shown = match.span(match.re.groupindex[match.lastgroup or ""] + 1)
        else:
            shown = (whole[1], whole[1])
        if shown[0] < 0 or not self._text[slice(*shown)].strip():
            shown = (whole[1], whole[1])
        before, after = Span(whole[0], shown[0]), Span(shown[1], whole[1])
        mask = LETTER
        if pattern.line:
            mask = BODY if pattern.body else MARKER if shown[1] > shown[0] else " "
        places = [Hidden(before, pattern.kind, mask, read=pattern.read, dialect=pattern.dialect)]
        if after.end > after.start:
            places.append(replace(places[0], span=after, mask=" " if pattern.line else LETTER))
        return places, max(before.end, match.start() + 1)

    def _delimited(self, entry: Delimited, start: int) -> Hidden | None:
        text, inside = self._text, start + len(entry.opener)
        if _HEADING_ID.match(text, start) or (entry.opener.startswith("\\") and _is_escaped(text, start)):
            return None
        limit = _next(self._blank_lines, inside, len(text)) if entry.paragraph else len(text)
        end = self._close(entry.closer, inside, min(limit, self._raw_until) if start < self._raw_until else limit)
        if end is None:
            return None
        tag = Hidden(Span(start, end), entry.kind, read=entry.read, dialect=entry.dialect)
        if start < self._raw_until or entry.literal:
            return tag
        return self._paired(entry, replace(tag, inside=Span(inside, end - len(entry.closer))))

    def _paired(self, entry: Delimited, tag: Hidden) -> Hidden:
        """The tag, or all up to the end of the pair that it begins."""
        pair = self._repertoire.paired(entry, entry.name(self._text, tag.span.start))
        if pair is None or (pair.single and pair.single in tag.span.of(self._text)):
            return tag
        last = self._last_tag(entry, pair, tag.span.end)
        if last is None:
            return tag
        if pair.hides is None:
            self._raw_until = last.start
            return tag
        return replace(tag, span=Span(tag.span.start, last.end), kind=pair.hides, read=pair.hides != "comment")

    def _last_tag(self, entry: Delimited, pair: Paired, position: int) -> Span | None:
        if (entry.opener, pair.name) in self._unclosed:
            return None
        end = _end_of_pair(entry, pair)
        while match := end.search(self._text, position):
            raw = match.groupdict().get("raw")
            if not raw:
                return Span(*match.span())
            inner = self._repertoire.paired(entry, raw)
            last = self._last_tag(entry, inner, match.end()) if inner else None
            position = last.end if last else match.end()
        self._unclosed.add((entry.opener, pair.name))
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
            return Hidden(tag.span, "mdx-tag", tag=tag, read=False) if tag else None
        follows_esm = previous is not None and previous.kind == "mdx-esm"
        before = previous.span.end if previous and follows_esm else _line_start(self._text, start - 1, self._start)
        return None if self._text[before:start].strip() else Hidden(self._esm(start), "mdx-esm", read=False)

    def _esm(self, start: int) -> Span:
        """From an import or export to the first blank line that is in no braces."""
        text = self._text
        end = _next(self._blank_lines, start, len(text))
        position = start
        while (brace := text.find("{", position, end)) >= 0:
            position = self._braces.get(brace, brace + 1)
            end = max(end, _next(self._blank_lines, position, len(text)))
        return Span(start, start + len(text[start:end].rstrip()))

    def _pairs_unread(self, found: list[Hidden]) -> list[Hidden]:
        """The same, those marked that print nothing: by name, and both tags of pairs, between which is what is read."""
        opened: dict[tuple[str, str], list[int]] = {}
        for index, place in enumerate(found):
            if place.inside is None or not place.read:
                continue
            opener = self._text[place.span.start : place.inside.start]
            entry = self._repertoire.delimited[opener]
            name = entry.name(self._text, place.span.start)
            closed = entry.closes(name)
            if closed or name in entry.silent:
                found[index] = replace(place, read=False)
            if not closed and name and entry.last:
                opened.setdefault((opener, name), []).append(index)
            elif closed and (first := opened.get((opener, closed))):
                last = first.pop()
                found[last] = replace(found[last], read=False)
        return found

    def _alone(self, found: Iterable[Hidden]) -> Iterator[Hidden]:
        """The same, those marked that stand alone on their lines."""
        for group in _on_same_lines(self._text, found):
            if not any(self._is_content(place) for place in group) and self._fills_its_lines(group):
                group = [replace(place, mask=" ") if place.mask == LETTER else place for place in group]
            yield from group

    def _is_content(self, place: Hidden) -> bool:
        openers = (opener for opener in self._repertoire.delimited if self._text.startswith(opener, place.span.start))
        return any(self._repertoire.delimited[opener].content for opener in list(openers)[:1])

    def _fills_its_lines(self, group: list[Hidden]) -> bool:
        text = self._text
        edges = [_line_start(text, group[0].span.start, self._start)]
        edges += [edge for place in group for edge in place.span]
        edges += [_line_end(text, group[-1].span.end)]
        return all(not text[edges[i] : edges[i + 1]].strip() for i in range(0, len(edges), 2))


@cache
def _openers(openers: tuple[str, ...], patterns: tuple[tuple[str, Pattern], ...], mdx: bool) -> re.Pattern[str]:
    """What finds the next place where something may be hidden, and as which group."""
    choices = [f"{_LEAD if one.line else ''}(?P<{group}>{one.expression})" for group, one in patterns]
    choices += [re.escape(opener) for opener in openers]
    return re.compile("|".join([*choices, *(_MDX_OPENERS if mdx else ())]), re.MULTILINE)


@cache
def _end_of_pair(entry: Delimited, pair: Paired) -> re.Pattern[str]:
    last = entry.last_tag(pair.name)
    if pair.hides != "code":
        return re.compile(last)
    # In code, what looks like the last tag may stand between tags that leave it as it is.
    left = [one.name for one in load(entry.dialect).paired.values() if one.hides is None]
    return re.compile("|".join([last, *([entry.first_tag(left)] if left else ())]))


def _without_overlaps(found: list[Hidden]) -> Iterator[Hidden]:
    end = 0
    for place in sorted(found, key=lambda place: place.span):
        if place.span.start >= end:
            yield place
            end = place.span.end


def _on_same_lines(text: str, found: Iterable[Hidden]) -> Iterator[list[Hidden]]:
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
