"""Calls to action that readers cannot follow, for there is nothing to click."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Annotated

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.checks import _fields
from contentlint.source import language
from contentlint.source.document import Document
from contentlint.source.nodes import Construct, Definition, Heading, HtmlBlock, Link, Node, Strong, Tag
from contentlint.source.prose import Run, Sentence
from contentlint.span import Span

# Of a mailbox or an account, or a telephone number.
_ADDRESS = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}\.\w|(?<![\w@])@\w[\w.]"
    r"|(?<![\w.])(?:\+\d|\(0|0\d)(?:[ .()\u00a0\u202f-]{0,2}\d){7,13}(?!\w)"
    r"|(?<![\w.])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\w)"
)
_CAPITALISED = re.compile(r"\b[A-ZÀ-Þ][\w&-]{2,40}")
_HEADING_TAG = re.compile(r"h[1-6]")
_LINKS = frozenset({"a", "button", "form", "iframe", "input"})
# Constructs that hold no link; of others nothing is known.
_INERT = frozenset(
    {
        "abbreviation",
        "alert",
        "attributes",
        "citation",
        "comment",
        "container",
        "emoji",
        "front-matter",
        "math",
        "mdx-esm",
        "toc",
    }
)
_LAST = 1 / 3
"""The part of the text where an article turns to its reader."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is a call to action."""

    vocabulary: Annotated[
        str,
        Meta(
            description="A list of phrases by its name in the data of the page's language; `{brand}` stands for a name "
            "that the front matter gives as author."
        ),
    ] = "call-to-action"
    lead_ins: Annotated[
        str, Meta(description="A list of words that may stand before the phrase in its clause (`and`, `please`).")
    ] = "call-to-action-lead-in"
    brands: Annotated[tuple[str, ...], Meta(description="Further names for `{brand}`.")] = ()


@check("call-to-action-without-link", needs={"prose"})
def call_to_action_without_link(document: Document, options: Options) -> Iterator[Match]:
    """An imperative of the list, in bold or in the last third, with nothing to follow in its block or the next.

    What can be followed is a link, an address, a telephone number, a button, a component or a shortcode.
    """
    spoken = language.load(document.language)
    phrases = _phrases(spoken.vocabulary(options.vocabulary), (*options.brands, *_brands(document)))
    if phrases is None:
        return
    lead_ins = spoken.vocabulary(options.lead_ins)
    last = _last_part(document.prose)
    blocks = _Blocks(document)
    bold = [strong.span for strong in document.nodes(Strong)]
    for sentence in document.sentences:
        for match in phrases.finditer(sentence.text):
            span = sentence.run.span(sentence.start + match.start(), sentence.start + match.end())
            placed = span.start >= last or _in_bold(bold, span)
            if placed and _is_imperative(sentence, match, lead_ins) and not sentence.quotes(match.start()):
                if not blocks.can_be_followed(span):
                    yield Match(span, values={"text": match[0]})
                break


def _brands(document: Document) -> Iterator[str]:
    for entry in _fields.named(document, ("author",)):
        if isinstance(entry.value, str):
            yield from _CAPITALISED.findall(entry.value)


@lru_cache(maxsize=64)
def _phrases(listed: frozenset[str], brands: tuple[str, ...]) -> re.Pattern[str] | None:
    """One expression for all phrases; of two at one place the longer."""
    names = f"(?:{'|'.join(map(re.escape, dict.fromkeys(brands)))})" if brands else None
    parts = [
        r"\s+".join(
            names if names and word == "{brand}" else re.sub(r"['’]", "['’]", re.escape(word))
            for word in phrase.split()
        )
        for phrase in sorted(listed, key=lambda phrase: (-len(phrase), phrase))
        if names or "{brand}" not in phrase
    ]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE) if parts else None


def _last_part(runs: Sequence[Run]) -> int:
    """Where the last part of the text begins, in the file."""
    left = sum(len(run.text) for run in runs) * _LAST
    for run in reversed(runs):
        left -= len(run.text)
        if left <= 0:
            return run.span(0, 1).start
    return 0


def _in_bold(bold: Sequence[Span], span: Span) -> bool:
    before = bisect_right(bold, span.start, key=attrgetter("start"))
    return before > 0 and bold[before - 1].contains(span)


def _is_imperative(sentence: Sentence, match: re.Match[str], lead_ins: frozenset[str]) -> bool:
    """Whether the phrase begins its clause: « vous pouvez contacter », "the contact us page" do not."""
    before = sentence.text[: match.start()].rstrip()
    return not before or not before[-1].isalnum() or before.split()[-1].casefold() in lead_ins


class _Blocks:
    """The blocks of the page, and which of them lead somewhere."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._blocks = [block for block in document.root.children if not isinstance(block, Definition)]
        self._starts = [block.span.start for block in self._blocks]
        self._hidden = [one.span.start for one in document.mask.hidden if one.kind not in _INERT]
        self._known: dict[int, bool] = {}

    def can_be_followed(self, span: Span) -> bool:
        """Whether there is something to follow in the block around the span or the next, after a heading in all."""
        number = max(0, bisect_right(self._starts, span.start) - 1)
        if number not in self._known:
            self._known[number] = self._followed(number, self._last(number))
        return self._known[number]

    def _last(self, number: int) -> int:
        """The next block; after a heading, the block before the next heading."""
        last = number + 1
        if _is_heading(self._blocks[number]):
            while last < len(self._blocks) and not _is_heading(self._blocks[last]):
                last += 1
        return last

    def _followed(self, number: int, last: int) -> bool:
        text = self._document.text
        start, end = self._starts[number], self._blocks[last].span.end if last < len(self._blocks) else len(text)
        hidden = bisect_left(self._hidden, start)
        return (
            (hidden < len(self._hidden) and self._hidden[hidden] <= end)
            or _ADDRESS.search(text, start, end) is not None
            or any(_leads_somewhere(node) for block in self._blocks[number : last + 1] for node in block.walk())
        )


def _is_heading(block: Node) -> bool:
    """Whether a block is a heading, in Markdown or in HTML."""
    first = next((child for child in block.children if isinstance(child, Tag)), None)
    html = isinstance(block, HtmlBlock) and first is not None and _HEADING_TAG.fullmatch(first.name) is not None
    return html or isinstance(block, Heading)


def _leads_somewhere(node: Node) -> bool:
    """Whether a node is a link, a button, or a component or shortcode, which may hold one."""
    if isinstance(node, Tag):
        return not node.closing and (node.name in _LINKS or node.name[:1].isupper() or "-" in node.name.strip("!-"))
    return isinstance(node, Link) or (isinstance(node, Construct) and node.construct not in _INERT)
