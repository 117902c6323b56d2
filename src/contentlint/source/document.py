"""One page: its text and the views of it, each computed once and only when asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from contentlint.source import constructs, front_matter, language, markdown, prose, references
from contentlint.source.constructs import Construct, ConstructReference
from contentlint.source.mask import Mask, mask
from contentlint.source.nodes import Node, Root
from contentlint.source.prose import Run, Sentence
from contentlint.source.references import Reference
from contentlint.span import LineIndex, Span

if TYPE_CHECKING:
    from contentlint.source.claims import Claim
    from contentlint.source.evidence import Evidence

AnyNode = TypeVar("AnyNode", bound=Node)


@dataclass(frozen=True, slots=True)
class Conventions:
    """What the site says of its pages before one is opened. The profile of the generator and the config fill it."""

    keys: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The front-matter keys of each concept (``title``, ``image``), dotted where nested, the first that exists wins."""
    dialects: frozenset[str] = frozenset()
    """What is written in the pages besides Markdown: ``liquid``, ``shortcodes``, ``mdx``, ``math`` …"""
    language: str | None = None
    """The language that the config gives these pages."""
    heading_ids: tuple[str, ...] = ()
    """The algorithms that may make the ids of headings; the names are those of ``site.anchors``."""
    expressions: bool = True
    """Whether the generator may fill in expressions such as ``{{ url }}``; where not, they stay in the page."""


class Document:
    """One page as its author wrote it.

    ``text`` is the decoded text without its byte order mark; every span counts its code points.
    ``path`` is relative to the site's root, with ``/``.
    """

    def __init__(self, path: str, text: str, conventions: Conventions | None = None) -> None:
        self.path = path
        self.text = text
        self.conventions = conventions or Conventions()

    @cached_property
    def lines(self) -> LineIndex:
        """Where the lines start."""
        return LineIndex(self.text)

    @cached_property
    def front_matter(self) -> front_matter.FrontMatter:
        """The page's data, with the place of every key and value; empty where there is none."""
        return front_matter.read(self.text)

    @cached_property
    def body(self) -> Span:
        """What follows the front matter."""
        return Span(self.front_matter.span.end, len(self.text))

    @cached_property
    def mask(self) -> Mask:
        """The body with everything hidden that is no Markdown, and the list of what was hidden."""
        return mask(self.text, self.body, self.path, self.conventions.dialects)

    @cached_property
    def constructs(self) -> list[Construct]:
        """The shortcodes, tags and outputs of templates that the generator runs, with their arguments, in order."""
        return constructs.constructs(self.text, self.mask)

    @cached_property
    def construct_references(self) -> list[ConstructReference]:
        """Where the arguments of constructs lead, as far as their dialects tell, in order."""
        return constructs.references(self.constructs, self.mask.dialects)

    def constructs_in(self, span: Span) -> list[Construct]:
        """The constructs that lie in a span, such as the destination of a link, in order."""
        first = bisect_left(self.constructs, span.start, key=lambda one: one.span.start)
        last = bisect_left(self.constructs, span.end, key=lambda one: one.span.start)
        return [one for one in self.constructs[first:last] if one.span.end <= span.end]

    def address(self, span: Span) -> str | None:
        """The address written at a span, what templates print put in place; None where that is not known.

        ``{{ site.baseurl }}/a.png`` is ``/a.png``. What is no construct is kept as written.
        """
        pieces, position = [], span.start
        for hidden in self.mask.touching(span):
            printed = next((one.prints for one in self.constructs_in(hidden.span)), None)
            if printed is None:
                return None
            pieces += [self.text[position : hidden.span.start], printed]
            position = hidden.span.end
        return "".join([*pieces, self.text[position : span.end]])

    @cached_property
    def root(self) -> Root:
        """The body as a tree of blocks and inlines."""
        return markdown.parse(self.text, self.lines, self.mask)

    @cached_property
    def _by_kind(self) -> dict[str, list[Node]]:
        by_kind: dict[str, list[Node]] = {}
        for node in self.root.walk():
            by_kind.setdefault(node.kind, []).append(node)
        return by_kind

    def nodes(self, kind: type[AnyNode]) -> list[AnyNode]:
        """All nodes of that class, in the order of the text."""
        return self._by_kind.get(kind.kind, [])  # type: ignore[return-value]

    def has(self, need: str) -> bool:
        """Whether the page has what a check needs: ``front-matter``, ``prose``, or a kind of node."""
        if need == "front-matter":
            return self.front_matter.present
        if need == "prose":
            return bool(self.prose)
        return need in self._by_kind

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """The pictures, films and links of the page, in Markdown, tags and front matter, in the order of the text."""
        return references.collect(self)

    @cached_property
    def prose(self) -> list[Run]:
        """What a reader reads, block by block, with a map back to the file."""
        return prose.runs(self.root, self.mask.text)

    @cached_property
    def language(self) -> str | None:
        """The language that the page is written in (``fr``), None where nothing tells."""
        return language.of_page(self.front_matter, self.path, self.conventions, self.prose)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences of the prose, in order, split as the page's language wants it."""
        spoken = language.load(self.language)
        return [sentence for run in self.prose for sentence in prose.sentences(run, spoken)]

    @cached_property
    def claims(self) -> list[Claim]:
        """The sentences that state quantities, with how likely each wants a source and what supports it."""
        from contentlint.source import claims  # the vocabulary of claims takes time to make ready

        return claims.read(self)

    @cached_property
    def evidence(self) -> Evidence:
        """What the page says its statements rest on, asked for sentence by sentence."""
        from contentlint.source import evidence, quantities

        spoken = language.load(self.language)
        return evidence.Evidence(self, quantities.vocabulary(spoken), spoken.function_words)
