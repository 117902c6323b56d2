"""Where a page says what its statements rest on: links, notes, and the names that figures are attributed to."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from contentlint.source import nodes
from contentlint.source.prose import Run, Sentence
from contentlint.source.quantities import Vocabulary, fold
from contentlint.span import Span

if TYPE_CHECKING:
    from contentlint.source.document import Document

_CONTAINERS = (nodes.List, nodes.Quote, nodes.Table, nodes.DefinitionList, nodes.HtmlBlock)
_MENTIONS_OF_SURVEY = 3
"""Mentions of a survey from which a page is the report of it, and so the source of its own figures."""

# A raised digit after a word or a bracket (an exponent follows a unit, which is short), [12], a citation key of Pandoc.
_MARK = re.compile(r"(?:[^\W\d]{4}|[)\]».”\"])\s?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|(?<!\w)\[\d{1,3}\](?!\()|\[@[\w:.-]+[^\]\n]{0,80}\]")
_BRACKETS = re.compile(r"\(([^()]{2,80})\)")
_NAME_WORD = re.compile(r"[^\W_][\w.&’'-]*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_NAME = 6
_REACH = 100
"""Characters between a figure and the brackets that hold its source."""
_URL = re.compile(r"https?://[^\s\"'<>(){}]+")
_CLAUSE_END = re.compile(r"[.!?;:](?=\s)|\n")


@dataclass(frozen=True, slots=True)
class Link:
    """A link, in Markdown or HTML: where it stands, where it leads, and what it reads, folded."""

    span: Span
    destination: str
    text: str

    @property
    def external(self) -> bool:
        """Whether it leads to a page of another site, below its home page."""
        try:
            parts = urlsplit(self.destination)
        except ValueError:  # http://[
            return False
        return parts.scheme in ("http", "https") and (len(parts.path) > 1 or bool(parts.query))


class Evidence:
    """The evidence of one page, asked for sentence by sentence."""

    def __init__(self, document: Document, vocabulary: Vocabulary, function_words: frozenset[str]) -> None:
        self._document = document
        self._runs = document.prose
        self._starts = [run.span(0, 0).start for run in self._runs]
        self._function_words = function_words
        self._vocabulary = vocabulary
        self._sourced: dict[int, bool] = {}

    def supports(self, sentence: Sentence) -> bool:
        """Whether something in the sentence, its paragraph or beside it can be read as the source of its figures."""
        if self.own_survey or any(link.span.overlaps(sentence.span) for link in self._links_in(sentence.span)):
            return True
        here = self._index(sentence.run)
        return self._is_sourced(here) or any(
            self._is_sourced(index) for index in self._beside(here) if self._reaches_out(index)
        )

    @cached_property
    def own_survey(self) -> bool:
        """Whether the page reports what its author found by asking or counting, and so is the source of its figures."""
        own, mention = self._vocabulary.source("own-study"), self._vocabulary.source("survey")
        mentions = 0
        for run in self._runs:
            folded = fold(run.text)
            if own.search(folded):
                return True
            mentions += sum(1 for _ in mention.finditer(folded))
        return mentions >= _MENTIONS_OF_SURVEY

    def _index(self, run: Run) -> int:
        return bisect_left(self._starts, run.span(0, 0).start)

    def _beside(self, here: int) -> Iterator[int]:
        """The blocks before and after; for a block in a list, quotation or table also those before and after that."""
        run = self._runs[here]
        yield from self._around(run.span(0, len(run.text)))
        for ancestor in (run.node, *run.node.ancestors()):
            if isinstance(ancestor, _CONTAINERS):
                yield from self._around(ancestor.span)

    def _around(self, span: Span) -> Iterator[int]:
        before = bisect_left(self._starts, span.start) - 1
        while before > 0 and self._runs[before].kind == "heading":
            before -= 1
        after = bisect_left(self._starts, span.end)
        if before >= 0:
            yield before
        if after < len(self._runs) and self._runs[after].kind != "heading":
            yield after

    def _is_sourced(self, index: int) -> bool:
        """Whether a block holds a source."""
        if index not in self._sourced:
            run = self._runs[index]
            span = run.outer_span(0, len(run.text))
            self._sourced[index] = (
                any(link.external for link in self._links_in(span))
                or bisect_left(self._notes, span.start) < bisect_left(self._notes, span.end)
                or self.names_source(run.text)
            )
        return self._sourced[index]

    def _reaches_out(self, index: int) -> bool:
        """Whether a block can speak for the one beside it: it leads in, gives figures itself, or speaks of sources."""
        run = self._runs[index]
        if run.text.rstrip().endswith(":") or any(character.isdigit() for character in run.text):
            return True
        texts = [fold(run.text), *(link.text for link in self._links_in(run.outer_span(0, len(run.text))))]
        return any(self._vocabulary.source("source-words").search(text) for text in texts)

    @cached_property
    def _notes(self) -> list[int]:
        """Where footnotes that exist are referred to, and where works are cited, in order."""
        defined = {definition.label for definition in self._document.nodes(nodes.FootnoteDefinition)}
        references = self._document.nodes(nodes.FootnoteReference)
        notes = [one.span.start for one in references if one.children or one.label in defined]
        citations = (one for one in self._document.nodes(nodes.Construct) if one.construct == "citation")
        return sorted([*notes, *(citation.span.start for citation in citations)])

    @cached_property
    def _links(self) -> list[Link]:
        """The links of the page that lead somewhere else and ask the reader to do nothing, in order."""
        call_to_action = self._vocabulary.source("link-texts")
        found = [
            link
            for link in (*self._markdown_links(), *self._html_links(), *self._hidden_links())
            if not link.destination.startswith(("#", "mailto:", "tel:", "javascript:", "file:"))
            and not call_to_action.match(link.text.strip())
        ]
        return sorted(found, key=lambda link: link.span.start)

    def _markdown_links(self) -> Iterator[Link]:
        for link in self._document.nodes(nodes.Link):
            text = " ".join(node.text for node in link.walk() if isinstance(node, nodes.Text))
            yield Link(link.span, link.destination, fold(text))

    def _html_links(self) -> Iterator[Link]:
        tags = [tag for tag in self._document.nodes(nodes.Tag) if tag.name == "a"]
        for tag, following in pairwise([*tags, None]):
            href = tag.attributes.get("href") if tag else None
            if tag and not tag.closing and href and href.value:
                end = following.span.end if following and following.closing else tag.span.end
                yield Link(Span(tag.span.start, end), href.value, fold(self._document.text[tag.span.end : end]))

    def _hidden_links(self) -> Iterator[Link]:
        """Links that a template of the site generator makes: ``{% include link.html link="https://…" %}``."""
        for hidden in self._document.mask.hidden:
            if hidden.kind != "front-matter" and not hidden.block:
                for url in _URL.findall(hidden.span.of(self._document.text)):
                    yield Link(hidden.span, url, fold(hidden.span.of(self._document.text)))

    @cached_property
    def _link_starts(self) -> list[int]:
        return [link.span.start for link in self._links]

    def _links_in(self, span: Span) -> Iterable[Link]:
        first = max(0, bisect_left(self._link_starts, span.start) - 1)
        last = bisect_right(self._link_starts, span.end)
        return [link for link in self._links[first:last] if link.span.overlaps(span)]

    def names_source(self, text: str) -> bool:
        """Whether the text names whom a figure is from: « selon l'Insee », “Gartner found”, « (ADEME, 2022) », [3]."""
        folded = fold(text)
        before, after = self._vocabulary.source("introduced-by"), self._vocabulary.source("followed-by")
        return (
            _MARK.search(text) is not None
            or any(self._name_follows(text, match.end()) for match in before.finditer(folded))
            or any(self._name_precedes(text, match.start()) for match in after.finditer(folded))
            or any(self._is_citation(text, match) for match in _BRACKETS.finditer(text))
        )

    def _name_follows(self, text: str, start: int) -> bool:
        """Whether a name stands among the next words, in the same clause."""
        text = text[start : start + 60].lstrip(" :\u00a0\u202f")
        if end := _CLAUSE_END.search(text):
            text = text[: end.start()]
        return any(self._is_name(word[0]) for word in list(_NAME_WORD.finditer(text))[:5])

    def _name_precedes(self, text: str, end: int) -> bool:
        """Whether a verb in small letters has a name just before it."""
        if not text[end : end + 1].islower():
            return False
        words = list(_NAME_WORD.finditer(text, max(0, end - 40), end))
        return bool(words) and not text[words[-1].end() : end].strip() and self._is_name(words[-1][0])

    def _is_citation(self, text: str, brackets: re.Match[str]) -> bool:
        """Whether brackets after a figure hold a source: « (source : Insee) », « (Le Monde Informatique, 2024) »."""
        content = fold(brackets[1]).strip()
        if self._vocabulary.source("labels").match(content):
            return True
        found = _NAME_WORD.findall(brackets[1])
        if not found or not self._is_name(found[0]):
            return False
        years = [word for word in found if _YEAR.fullmatch(word)]
        before = text[max(0, brackets.start() - _REACH) : brackets.start()]
        if not years and not any(character.isdigit() for character in before):
            return False
        named = [word for word in found if word not in years and fold(word) not in self._function_words]
        return len(named) <= _LONGEST_NAME and all(word[0].isupper() for word in named)

    def _is_name(self, word: str) -> bool:
        """Whether a word is written as a name and is none of the words that a sentence or a trade writes so."""
        word = re.split(r"[’']", word.rstrip("’'"))[-1]
        if len(word) < 2 or not word[0].isupper():
            return False
        folded = fold(word)
        return folded not in self._function_words and not self._vocabulary.no_name.fullmatch(folded)
