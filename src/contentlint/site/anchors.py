"""Which anchors a page has, and whether a fragment leads to one of them.

How a generator makes the id of a heading is data, one table an algorithm in ``heading_ids.toml``; nothing here names
one. What cannot be known (a shortcode in a heading, a script that is transliterated) is ``UNKNOWN`` in the id, which
stands for any text.
"""

from __future__ import annotations

import html
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from contentlint.resources import package_file
from contentlint.source.document import Document
from contentlint.source.mask import Hidden
from contentlint.source.nodes import (
    CodeSpan,
    Construct,
    DefinitionTerm,
    FootnoteReference,
    HardBreak,
    Heading,
    Image,
    Link,
    Math,
    Node,
    SoftBreak,
    Tag,
    Text,
)
from contentlint.span import Span

UNKNOWN = "\ue5a5"
"""What stands for any text, or none, in an id. Of private use: no id holds it by itself."""

_UNKNOWNS = re.compile(f"{UNKNOWN}+")

_BESIDE_UNKNOWN = re.compile(f"(?<![-_])[-_]*{UNKNOWN}[-_{UNKNOWN}]*")
"""What stands for any text, with the hyphens that are not there when that text is empty."""

_INCLUDE = re.compile(
    r"\{\{[<%]-?\s*(?:include|readfile|partial|snippet|transclude)"
    r"|\{%-?\s*(?:include_relative|(?:include|render|renderFile)\s[^%]*\.(?:md|markdown|mdx))\b",
    re.IGNORECASE,
)
"""A construct that puts another page, with its headings, into this one: in Hugo and Quarto, in Liquid."""

_IMPORTED_PAGE = re.compile(r"[\"'][^\"'\n]*\.mdx?[\"']")
"""The same, in the imports of MDX."""

_INCLUDING_COMMENT = re.compile(r"<!--\s?@?include:", re.IGNORECASE)
"""The same, of VitePress."""

_SNIPPET = re.compile(r"(?<!-)-{2,}8<-{2,}")
"""The same, of MkDocs."""

_BRACES = re.compile(r"\{([^{}\n]*)\}")
_ID_IN_BRACES = re.compile(r"(?:(?<=\s)|(?<![^:]))#([^\s#]+)")
"""The id in an attribute list: of kramdown and Python-Markdown (``{: #id}``), Pandoc, markdown-it-attrs, Hugo."""

_CELL_LABEL = re.compile(r"^[ \t]*(?:#|//|%%)\|[ \t]*label:[ \t]*[\"']?([^\s\"']+)", re.MULTILINE)
"""The label of a Quarto cell, ``#| label: fig-sales``."""

_TAB = re.compile(r"^[ \t]*={3}[!+]?[ \t]+\"([^\"\n]+)\"", re.MULTILINE)
"""The label of a tab of Material for MkDocs, whose id may be made as that of a heading."""

_BOUND_IDS = frozenset({":id", "v-bind:id"})
"""How Vue writes an id that is worked out."""

_HEADINGS_ALONE = frozenset({"heading"})
_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TAG = re.compile(r"<[^<>]*>")

_EMOJI_NAME = re.compile(r":(?:[a-z][a-z0-9_+-]*|[+-]1|100):")

_FOOTNOTES = (
    "fn{n}", "fnref{n}",  # Pandoc, markdown-it-footnote
    "fn:{n}", "fnref:{n}",  # Hugo
    "fn:{label}", "fnref:{label}",  # Python-Markdown, kramdown
    "user-content-fn-{label}", "user-content-fnref-{label}",  # remark-rehype
    "footnote{n}", "footnote-ref{n}",  # VuePress 2
    "{label}", "fr-{label}-1",  # Zola
)  # fmt: skip


def anchors(document: Document, algorithms: Iterable[str]) -> list[str]:
    """The ids that the page may have, each once: of headings by each of the algorithms, and those given by authors.

    ``UNKNOWN`` in an id stands for any text. Raises KeyError for an algorithm that does not exist.
    """
    found: dict[str, None] = dict.fromkeys(_explicit(document))
    everything = titles(document)
    labels = [Title.label(label) for label in _TAB.findall(document.text)]
    for name in algorithms:
        algorithm = load(name)
        for kinds in dict.fromkeys((_HEADINGS_ALONE, _HEADINGS_ALONE | algorithm.titles)):
            found.update(dict.fromkeys(algorithm.ids([title for title in everything if title.kind in kinds])))
        found.update(dict.fromkeys(algorithm.slug(label) for label in labels))
    found.pop("", None)
    return list(found)


def titles(document: Document) -> list[Title]:
    """The headings of the page, those in HTML too, and the terms of its definition lists, in order."""
    found = [(heading.span.start, Title.of_heading(document, heading)) for heading in document.nodes(Heading)]
    found += [(term.span.start, Title.of_term(document, term)) for term in document.nodes(DefinitionTerm)]
    opened: Tag | None = None
    for tag in document.nodes(Tag):
        if not tag.closing and tag.name in _HEADING_TAGS:
            opened = tag
        elif opened is not None and tag.name == opened.name:
            if "id" not in opened.attributes:
                found.append((opened.span.start, Title.of_html(document, Span(opened.span.end, tag.span.start))))
            opened = None
    return [title for _, title in sorted(found, key=lambda one: one[0])]


def matches(fragment: str, ids: Iterable[str]) -> bool:
    """Whether a fragment, percent-decoded and without its ``#``, leads to one of the ids: as browsers look for it.

    They tell capitals from small letters. An empty fragment and ``top`` lead to the top of the page, what follows
    ``:~:`` is a text to look for, and ``/…`` or ``!…`` is a route of an application.
    """
    fragment = fragment.partition(":~:")[0]
    if fragment.lower() in ("", "top") or fragment.startswith(("/", "!")):
        return True
    wanted = fragment.removeprefix("user-content-")
    return any(
        one in (fragment, wanted) or (UNKNOWN in one and _fits(fragment, _BESIDE_UNKNOWN.split(one))) for one in ids
    )


def _fits(text: str, parts: Sequence[str]) -> bool:
    """Whether a text is made of the parts in that order with anything between them."""
    first, *middle, last = parts
    if len(text) < len(first) + len(last) or not (text.startswith(first) and text.endswith(last)):
        return False
    position, end = len(first), len(text) - len(last)
    for part in middle:
        position = text.find(part, position, end)
        if position < 0:
            return False
        position += len(part)
    return True


def _explicit(document: Document) -> Iterator[str]:
    """The ids that are in the page whatever the algorithm."""
    for heading in document.nodes(Heading):
        if heading.custom_id:
            yield heading.custom_id
    for tag in document.nodes(Tag):
        yield from _of_tag(document, tag)
    text, start = document.text, document.body.start
    for braces in _BRACES.finditer(text, start):
        yield from _ID_IN_BRACES.findall(braces.group(1))
    yield from _CELL_LABEL.findall(text, start)
    labels = dict.fromkeys(note.label for note in document.nodes(FootnoteReference))
    for number, label in enumerate(labels, start=1):
        yield from (form.format(n=number, label=label) for form in _FOOTNOTES)
    if _SNIPPET.search(text, start) or any(_includes(text, hidden) for hidden in document.mask.hidden):
        yield UNKNOWN


def _includes(text: str, hidden: Hidden) -> bool:
    """Whether what is hidden puts another page into this one."""
    if hidden.kind == "mdx-esm":
        return bool(_IMPORTED_PAGE.search(text, *hidden.span))
    return bool(_INCLUDE.match(text, *hidden.span))


def _of_tag(document: Document, tag: Tag) -> Iterator[str]:
    """The ids that a tag or a comment brings."""
    if tag.name == "!--" and _INCLUDING_COMMENT.match(document.text, tag.span.start):
        yield UNKNOWN
    for written, attribute in tag.attributes.items():
        name = written.lower()
        if name in _BOUND_IDS or (name == "id" and attribute.expression):
            yield UNKNOWN
        elif name == "id" or (name == "name" and tag.name == "a"):
            value = attribute.span.of(document.mask.text) if attribute.templated else attribute.value
            yield _UNKNOWNS.sub(UNKNOWN, value or "")


class Title:
    """A text that gets an id: in pieces, from which each algorithm takes its own."""

    def __init__(
        self, pieces: Sequence[tuple[str, str]], source: str, kind: str = "heading", custom_id: str | None = None
    ) -> None:
        self.kind = kind
        self.custom_id = custom_id
        self.source = source
        self._pieces = pieces
        self._read: dict[Reading, str] = {}

    @classmethod
    def of_heading(cls, document: Document, heading: Heading) -> Title:
        """That of a heading."""
        source = _source(document, heading.content)
        return cls(list(_pieces(document, heading)), source, custom_id=heading.custom_id)

    @classmethod
    def of_term(cls, document: Document, term: DefinitionTerm) -> Title:
        """That of a term of a definition list."""
        source = _source(document, term.span)
        return cls(list(_pieces(document, term)), source, "term")

    @classmethod
    def of_html(cls, document: Document, inside: Span) -> Title:
        """That of a heading in HTML, by the place of what is inside."""
        source = _source(document, inside)
        return cls([("code", html.unescape(_TAG.sub("", source)).strip())], source, "html")

    @classmethod
    def label(cls, text: str) -> Title:
        """That of a text without markup."""
        return cls([("text", text)], text)

    def read(self, reading: Reading) -> str:
        """What an algorithm sees that reads so."""
        if reading not in self._read:
            self._read[reading] = "".join(reading.pieces(self._pieces)) if reading.shown else self.source
        return self._read[reading]


def _source(document: Document, span: Span) -> str:
    """What is written there, ``UNKNOWN`` for what a template fills in; the name of an emoji is known."""
    pieces, position = [], span.start
    for hidden in document.mask.touching(span):
        if hidden.kind == "emoji":
            pieces += [document.mask.text[position : hidden.span.start], hidden.span.of(document.text)]
            position = hidden.span.end
    pieces.append(document.mask.text[position : span.end])
    return _UNKNOWNS.sub(UNKNOWN, "".join(pieces))


def _pieces(document: Document, heading: Node) -> Iterator[tuple[str, str]]:
    """What a heading shows, each piece with what it is."""
    stack: list[tuple[Node, str]] = [(child, "text") for child in reversed(heading.children)]
    while stack:
        node, text = stack.pop()
        if isinstance(node, Text):
            yield text if node.literal else "code", node.text
        elif isinstance(node, (CodeSpan, Math)):
            yield "code", node.text
        elif isinstance(node, Image):
            yield "alt", node.alt
        elif isinstance(node, Tag):
            yield "br" if node.name == "br" else "tags", node.span.of(document.text)
        elif isinstance(node, (SoftBreak, HardBreak)):
            yield "code", " "
        elif isinstance(node, Construct):
            if node.construct == "emoji":
                # Ids are made of its name: of what is written, before it is a picture.
                yield text, node.span.of(document.text)
            elif node.construct != "comment":
                yield "code", UNKNOWN
        elif not isinstance(node, FootnoteReference):
            inside = "autolinks" if isinstance(node, Link) and node.automatic else text
            stack.extend((child, inside) for child in reversed(node.children))


@dataclass(frozen=True, slots=True)
class Reading:
    """What an algorithm sees of a heading."""

    shown: bool = True
    """What is shown; else what is written."""
    counts: frozenset[str] = frozenset()
    """What counts besides text and code: ``alt``, ``tags``, ``autolinks``."""
    br: str = ""
    """What ``<br>`` stands for."""
    emoji_names: bool = True
    """Whether ``:tada:`` counts."""
    typography: tuple[tuple[re.Pattern[str], str], ...] = ()
    """What becomes of dashes and quotation marks in text."""

    def pieces(self, pieces: Iterable[tuple[str, str]]) -> Iterator[str]:
        """Those that count, as this reading has them."""
        for kind, text in pieces:
            if kind == "text":
                yield self._text(text)
            elif kind == "code" or kind in self.counts:
                yield text
            elif kind == "br":
                yield text if "tags" in self.counts else self.br

    def _text(self, text: str) -> str:
        if not self.emoji_names:
            text = _EMOJI_NAME.sub("", text)
        for pattern, replacement in self.typography:
            text = pattern.sub(replacement, text)
        return text


@dataclass(frozen=True)
class Algorithm:
    """How one generator makes the ids of headings."""

    reading: Reading
    steps: tuple[Callable[[str], str], ...]
    empty: str
    """The id where nothing is left of a heading."""
    repeat: Mapping[str, Any]
    """How ids that repeat are told apart."""
    titles: frozenset[str]
    """What else may have ids as headings do: ``term`` of a definition list, heading in ``html``."""
    explicit: str
    """Whether ids that authors give are taken: ``apart``, ``in-order``, or all of the page ``first``."""
    finish: tuple[Callable[[str], str], ...]

    def ids(self, titles: Sequence[Title]) -> Iterator[str]:
        """The ids of the titles of a page, in order; none for those that have an author's."""
        numbers = _Numbers(**self.repeat)
        if self.explicit == "first":
            numbers.taken.update(title.custom_id for title in titles if title.custom_id)
        for title in titles:
            if title.custom_id:
                if self.explicit == "in-order":
                    numbers.taken.add(title.custom_id)
                continue
            yield self._finished(numbers.apart(self.slug(title)))

    def slug(self, title: Title) -> str:
        """The id of a heading that no other repeats."""
        text = title.read(self.reading)
        for step in self.steps:
            text = step(text)
        return text or self.empty

    def _finished(self, text: str) -> str:
        for step in self.finish:
            text = step(text)
        return text


class _Numbers:
    """Tells apart the ids of a page."""

    def __init__(self, style: str, join: str, first: int) -> None:
        self.taken: set[str] = set()
        self._style, self._join, self._first = style, join, first
        self._last: dict[str, int] = {}
        """The last number that was tried for each id, so that none is tried twice."""

    def apart(self, base: str) -> str:
        """The id that a heading gets whose text gives ``base``."""
        if UNKNOWN in base:
            # Whether it repeats is not known either.
            repeated = base in self.taken
            self.taken.add(base)
            return base + UNKNOWN if repeated else base
        if self._style == "count":
            number = self._last[base] = self._last.get(base, self._first - 2) + 1
            return base if number < self._first else f"{base}{self._join}{number}"
        found, stem, number = base, base, self._first - 1
        if self._style == "increment":
            before, joined, digits = base.rpartition(self._join)
            if joined and digits.isdecimal() and len(digits) < 10:
                stem, number = before, int(digits)
        number = self._last.get(base, number)
        while found in self.taken or (self._style == "increment" and not found):
            number += 1
            found = f"{stem}{self._join}{number}"
        self._last[base] = number
        self.taken.add(found)
        return found


@cache
def known() -> tuple[str, ...]:
    """The names of all algorithms, in order."""
    return tuple(sorted(_tables()))


@cache
def load(name: str) -> Algorithm:
    """The algorithm of that name. Raises KeyError where there is none.

    The data must be valid against ``schemas/heading-ids.schema.json``; this is tested, not checked again at run time.
    """
    table = _table(name)
    reading = Reading(
        shown=table.get("text") != "source",
        counts=frozenset(table.get("counts", ())),
        br=table.get("br", ""),
        emoji_names=table.get("emoji-names") != "dropped",
        typography=tuple((re.compile(pattern), by) for pattern, by in table.get("typography", ())),
    )
    return Algorithm(
        reading=reading,
        steps=tuple(map(_step, table["steps"])),
        empty=table.get("empty", ""),
        repeat=table["repeat"],
        titles=frozenset(table.get("titles", ())),
        explicit=table.get("explicit", "apart"),
        finish=tuple(map(_step, table.get("finish", ()))),
    )


def _table(name: str) -> dict[str, Any]:
    """What the data say of an algorithm, after the one that it is like."""
    table = _tables()[name]
    return {**_table(table["like"]), **table} if "like" in table else table


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads(package_file("site", "heading_ids.toml").read_text(encoding="utf8"))


def _step(step: Mapping[str, Any]) -> Callable[[str], str]:
    """One entry of ``steps``, named by its first key."""
    name = next(iter(step))
    return _STEPS[name](step)


def _lower(step: Mapping[str, Any]) -> Callable[[str], str]:
    if step["lower"] == "all":
        return str.lower
    small = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
    return lambda text: text.translate(small)


def _normalize(step: Mapping[str, Any]) -> Callable[[str], str]:
    form = step["normalize"]
    return lambda text: unicodedata.normalize(form, text)


def _map(step: Mapping[str, Any]) -> Callable[[str], str]:
    """Each entry is a character, a space, and what it becomes."""
    table = str.maketrans(dict(entry.split(" ", 1) for entry in step["map"]))
    return lambda text: text.translate(table)


def _base_letters(step: Mapping[str, Any]) -> Callable[[str], str]:
    """A letter with marks becomes its letter of ASCII."""

    def base(character: str) -> str:
        first, *rest = list(unicodedata.normalize(step["base-letters"], character))
        return first if first.isascii() and first.isalpha() and all(map(unicodedata.combining, rest)) else character

    table = _Table(base)
    return lambda text: text.translate(table)


def _keep(step: Mapping[str, Any]) -> Callable[[str], str]:
    """Characters of these categories of Unicode, and those of ``also``; another becomes ``otherwise``."""
    categories, also, otherwise = tuple(step["keep"]), step.get("also", "") + UNKNOWN, step.get("otherwise", "")

    def kept(character: str) -> str:
        category = unicodedata.category(character)
        return character if character in also or category.startswith(categories) else otherwise

    table = _Table(kept)
    return lambda text: text.translate(table)


def _replace(step: Mapping[str, Any]) -> Callable[[str], str]:
    pattern, by = re.compile(step["replace"]), step["by"]
    return lambda text: pattern.sub(by, text)


def _remove(step: Mapping[str, Any]) -> Callable[[str], str]:
    pattern = re.compile(step["remove"])
    return lambda text: pattern.sub("", text)


def _unknown(step: Mapping[str, Any]) -> Callable[[str], str]:
    """What the program writes in a way of its own."""
    pattern = re.compile(step["unknown"])
    return lambda text: pattern.sub(UNKNOWN, text)


def _strip(step: Mapping[str, Any]) -> Callable[[str], str]:
    """These characters go at both ends, white space where none is named."""
    characters = step["strip"] or None
    return lambda text: text.strip(characters)


def _steps_of(step: Mapping[str, Any]) -> Callable[[str], str]:
    """What another algorithm does."""
    steps = tuple(map(_step, _table(step["steps-of"])["steps"]))

    def done(text: str) -> str:
        for one in steps:
            text = one(text)
        return text

    return done


def _from(step: Mapping[str, Any]) -> Callable[[str], str]:
    """All before the first character of that pattern goes."""
    pattern = re.compile(f"{step['from']}|{UNKNOWN}")

    def rest(text: str) -> str:
        first = pattern.search(text)
        return text[first.start() :] if first else ""

    return rest


_STEPS: Mapping[str, Callable[[Mapping[str, Any]], Callable[[str], str]]] = {
    "lower": _lower,
    "normalize": _normalize,
    "map": _map,
    "base-letters": _base_letters,
    "keep": _keep,
    "replace": _replace,
    "remove": _remove,
    "unknown": _unknown,
    "strip": _strip,
    "from": _from,
    "steps-of": _steps_of,
}


class _Table(dict[int, str]):
    """What becomes of each character, worked out when it is met."""

    def __init__(self, of: Callable[[str], str]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, code: int) -> str:
        self[code] = self._of(chr(code))
        return self[code]
