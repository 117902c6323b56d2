"""Where a page says what its statements rest on: links, notes, and the names that figures are attributed to."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
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
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ELISION = re.compile(r"^\w{1,2}[’'](?=\w{2})")
_LONGEST_NAME = 6
_REACH = 100
"""Characters between a figure and the brackets that hold its source."""
_URL = re.compile(r"https?://[^\s\"'<>(){}]+")
_CLAUSE_END = re.compile(r"[.!?;:](?=\s)|\n")


METADATA = "metadata"
"""The kind of a run that is a value of the front matter."""
_SOURCES_NEAR = 8
_RECALLED = 20
"""Sentences that are kept of those that give the same figure with a source."""
_WORDS_IN_COMMON = 2
"""Words that a sentence shares with an earlier one when it recalls the figure of that."""
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?(?: ?%)?")
_CONTENT_WORD = re.compile(r"[^\W\d_]{5,}")
_LAST_WORD = re.compile(r"[\w'’-]+ *$")
_UNDEFINED_NOTE = re.compile(r"\[\^([^\]\s]{1,60})\]")


@dataclass(frozen=True, slots=True)
class Link:
    """A link, in Markdown or HTML: where it stands, where it leads, and what it reads, folded."""

    span: Span
    destination: str
    text: str

    @property
    def external(self) -> bool:
        """Whether it leads to a page of another site, below its home page."""
        return self.destination.startswith(("http:", "https:")) and not self.home

    @property
    def home(self) -> bool:
        """Whether it leads to the home page of a site, or nowhere that can be told."""
        try:
            parts = urlsplit(self.destination)
        except ValueError:  # http://[
            return True
        return len(parts.path) <= 1 and not parts.query


@dataclass(frozen=True, slots=True)
class Support:
    """What can be read as the source of a figure.

    ``kind`` is ``link``, ``note``, ``name``, or what makes a source elsewhere count here: ``beside`` (the block before
    or after), ``own-survey`` (the page is the report of it), ``recall`` (the page gave the figure with its source).
    """

    kind: str
    text: str = ""
    """Where the link leads, or the words that name the source."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A source, and the sentence that names it."""

    sentence: Sentence
    support: Support
    with_figures: bool
    """Whether that sentence has figures of its own."""

    @property
    def internal(self) -> bool:
        """Whether it is a link to another page of the same site, which is read as such in its own sentence only."""
        return self.support.kind == "link" and not self.support.text.startswith(("http:", "https:"))


class Evidence:
    """The evidence of one page, asked for sentence by sentence."""

    def __init__(self, document: Document, vocabulary: Vocabulary, function_words: frozenset[str]) -> None:
        self._document = document
        self._runs = document.prose
        self._starts = [run.span(0, 0).start for run in self._runs]
        self._function_words = function_words
        self._vocabulary = vocabulary
        self._sources: dict[int, list[_Source]] = {}

    def support(self, sentence: Sentence) -> Support | None:
        """What in the sentence, its paragraph or beside it can be read as the source of its figures."""
        if self.own_survey:
            return Support("own-survey")
        if sentence.run.kind == METADATA:
            name = self.named_source(sentence.text)
            return Support("name", name) if name else self._recalled(sentence)
        here = self._index(sentence.run)
        own = self.own_research(sentence) is not None
        for source in self._near(self._sources_of(here), sentence):
            # « selon notre étude » : whoever else is named there did not do it.
            if own and source.support.kind == "name":
                continue
            if source.sentence.start == sentence.start or self._covers(source, sentence, here):
                return source.support
        for index, of_container in self._beside(here):
            for source in self._near(self._sources_of(index), sentence):
                if not own and self._reaches(source, sentence, index, of_container):
                    return Support("beside", source.support.text)
        return self._recalled(sentence)

    def hint(self, sentence: Sentence) -> str | None:
        """The words of a sentence that speak of a source without naming it: « une étude montre »."""
        place = self.attributed_to_nobody(sentence)
        if place is None and (found := self._vocabulary.said("vague-mention").search(fold(sentence.text))):
            place = found.span()
        return sentence.text[place[0] : place[1]] if place else None

    def own_research(self, sentence: Sentence) -> str | None:
        """The words of a sentence that give its figures as the author's own findings: « notre étude »."""
        found = self._vocabulary.said("self-reported").search(fold(sentence.text))
        return sentence.text[found.start() : found.end()] if found else None

    def refused(self, sentence: Sentence) -> tuple[str, str] | None:
        """What stands in the block of a sentence and looks like a source without being one, and why it is none.

        ``undefined-note`` with its label, ``home-page`` or ``call-to-action`` with the address.
        """
        if sentence.run.kind == METADATA:
            return None
        block = sentence.run.outer_span(0, len(sentence.run.text))
        first = bisect_left(self._unresolved, (block.start, ""))
        if first < len(self._unresolved) and self._unresolved[first][0] < block.end:
            return "undefined-note", self._unresolved[first][1]
        if unresolved := _UNDEFINED_NOTE.search(sentence.text):
            return "undefined-note", unresolved[1]
        for link in self._all_links[bisect_left(self._all_links, block.start, key=_start) :]:
            if link.span.start >= block.end:
                break
            if link.destination.startswith(("http:", "https:")):
                return ("call-to-action" if self._asks(link) else "home-page"), link.destination
        return None

    def _recalled(self, sentence: Sentence) -> Support | None:
        """The source that an earlier block gave the same figure with, speaking of the same thing."""
        figures = set(_FIGURE.findall(fold(sentence.text)))
        if not figures:
            return None
        words = _content_words(sentence.text)
        rarest = min((self._sourced_figures.get(figure, []) for figure in figures), key=len)
        for source, others, of_other in rarest:
            # What the front matter tells is told before, the source is given in the text.
            earlier = sentence.run.kind == METADATA or source.sentence.span.start < sentence.span.start
            elsewhere = source.sentence.run is not sentence.run
            if earlier and elsewhere and figures <= others and len(words & of_other) >= _WORDS_IN_COMMON:
                return Support("recall", source.support.text)
        return None

    @cached_property
    def _sourced_figures(self) -> dict[str, list[tuple[_Source, set[str], set[str]]]]:
        """Each figure, with the first sentences that give it with a source, their figures and their words."""
        found: dict[str, list[tuple[_Source, set[str], set[str]]]] = {}
        for index in range(len(self._runs)):
            for source in self._sources_of(index):
                if source.with_figures and not source.internal:
                    figures = set(_FIGURE.findall(fold(source.sentence.text)))
                    for figure in figures:
                        given = found.setdefault(figure, [])
                        if len(given) < _RECALLED:
                            given.append((source, figures, _content_words(source.sentence.text)))
        return found

    def attributed_to_nobody(self, sentence: Sentence) -> tuple[int, int] | None:
        """Where a sentence says that unnamed others know what it says: « les experts estiment que »."""
        return attributed_to_nobody(fold(sentence.text), self._vocabulary)

    def missing_of_research(self, sentence: Sentence) -> list[str]:
        """What the paragraph does not say of the author's own research: ``when``, ``how``, ``whom``."""
        folded = fold(sentence.run.text)
        missing = [name for name in ("when", "how", "whom") if not self._vocabulary.said(f"says-{name}").search(folded)]
        return missing[1:] if missing[:1] == ["when"] and _YEAR.search(folded) else missing

    @cached_property
    def own_survey(self) -> bool:
        """Whether the page reports what its author found by asking or counting, and so is the source of its figures."""
        own, mention = self._vocabulary.said("own-study"), self._vocabulary.said("survey")
        mentions = 0
        for run in self._runs:
            folded = fold(run.text)
            if own.search(folded):
                return True
            mentions += sum(1 for _ in mention.finditer(folded))
        return mentions >= _MENTIONS_OF_SURVEY

    def _index(self, run: Run) -> int:
        return bisect_left(self._starts, run.span(0, 0).start)

    def _beside(self, here: int) -> Iterator[tuple[int, bool]]:
        """The blocks before and after; for a block in a list, quotation or table also those before and after that."""
        run = self._runs[here]
        yield from ((index, False) for index in self._around(run.span(0, len(run.text))))
        for ancestor in (run.node, *run.node.ancestors()):
            if isinstance(ancestor, _CONTAINERS):
                yield from ((index, True) for index in self._around(ancestor.span))

    def _around(self, span: Span) -> Iterator[int]:
        before = bisect_left(self._starts, span.start) - 1
        while before > 0 and self._runs[before].kind == "heading":
            before -= 1
        after = bisect_left(self._starts, span.end)
        if before >= 0:
            yield before
        if after < len(self._runs) and self._runs[after].kind != "heading":
            yield after

    @cached_property
    def _sentences(self) -> dict[int, list[Sentence]]:
        """The sentences of each block."""
        found: dict[int, list[Sentence]] = {}
        numbers = {id(run): index for index, run in enumerate(self._runs)}
        for sentence in self._document.sentences:
            found.setdefault(numbers[id(sentence.run)], []).append(sentence)
        return found

    def _sources_of(self, index: int) -> list[_Source]:
        """The sources that the sentences of a block name."""
        if index not in self._sources:
            found = []
            for sentence in self._sentences.get(index, ()):
                if support := self._find_source(sentence):
                    quantities = self._vocabulary.quantities(fold(sentence.text))
                    stated = any(quantity.kind not in ("time", "large") for quantity in quantities)
                    found.append(_Source(sentence, support, stated))
            self._sources[index] = found
        return self._sources[index]

    def _near(self, sources: Sequence[_Source], sentence: Sentence) -> Sequence[_Source]:
        """Of the sources of one block those around a sentence, the first and the last: a block may have thousands."""
        if len(sources) <= 2 * _SOURCES_NEAR:
            return sources
        here = bisect_left(sources, sentence.span.start, key=lambda source: source.sentence.span.start)
        around = sources[max(0, here - _SOURCES_NEAR) : here + _SOURCES_NEAR]
        return [*around, sources[0], sources[-1]]

    def _find_source(self, sentence: Sentence) -> Support | None:
        if self._vocabulary.said("picture-credits").search(fold(sentence.text)):
            return None
        for link in self._links_in(sentence.span):
            if not link.home:
                return Support("link", link.destination)
        span = sentence.span
        if bisect_left(self._notes, span.start) < bisect_left(self._notes, span.end):
            return Support("note")
        # Headings write their words with capitals as if all were names.
        name = self.named_source(sentence.text) if sentence.run.kind != "heading" else None
        return Support("name", name) if name else None

    def _covers(self, source: _Source, sentence: Sentence, block: int) -> bool:
        """Whether a source in the same paragraph can be read as that of the sentence too.

        One with figures of its own is theirs alone, unless the sentence goes on with them or it ends the paragraph.
        """
        if source.internal:
            return False
        if not source.with_figures or source.sentence is self._sentences[block][-1]:
            return True
        return source.sentence.start < sentence.start and self._goes_on(sentence, source.sentence)

    def _reaches(self, source: _Source, sentence: Sentence, index: int, of_container: bool) -> bool:
        """Whether a source in a block beside can be read as that of the sentence."""
        if source.internal:
            return False
        leads_in = self._runs[index].text.rstrip().endswith(":")
        if leads_in or (of_container and not source.with_figures):
            return True
        if not source.with_figures:
            return self._speaks_of_sources(source.sentence)
        return self._goes_on(sentence, source.sentence)

    def _goes_on(self, sentence: Sentence, before: Sentence) -> bool:
        """Whether a sentence goes on with what another one was about."""
        if self._vocabulary.said("continues").search(fold(sentence.text)):
            return True
        return len(_content_words(sentence.text) & _content_words(before.text)) >= _WORDS_IN_COMMON

    def _speaks_of_sources(self, sentence: Sentence) -> bool:
        texts = [fold(sentence.text), *(link.text for link in self._links_in(sentence.span))]
        return any(self._vocabulary.said("source-words").search(text) for text in texts)

    @cached_property
    def _notes(self) -> list[int]:
        """Where footnotes that exist are referred to, and where works are cited, in order."""
        references = self._document.nodes(nodes.FootnoteReference)
        notes = [one.span.start for one in references if one.children or one.label in self._defined_notes]
        citations = (one for one in self._document.nodes(nodes.Construct) if one.construct == "citation")
        return sorted([*notes, *(citation.span.start for citation in citations)])

    @cached_property
    def _unresolved(self) -> list[tuple[int, str]]:
        """Where footnotes are referred to that do not exist, with their labels, in order."""
        defined = self._defined_notes
        references = self._document.nodes(nodes.FootnoteReference)
        return [(one.span.start, one.label) for one in references if not one.children and one.label not in defined]

    @cached_property
    def _defined_notes(self) -> frozenset[str]:
        return frozenset(definition.label for definition in self._document.nodes(nodes.FootnoteDefinition))

    @cached_property
    def _links(self) -> list[Link]:
        """The links of the page that lead somewhere else and ask the reader to do nothing, in order."""
        return [link for link in self._all_links if not self._asks(link)]

    def _asks(self, link: Link) -> bool:
        """Whether the link asks the reader to do something: to get in touch, to buy, to read on."""
        return bool(self._vocabulary.said("link-texts").match(link.text.strip()))

    @cached_property
    def _all_links(self) -> list[Link]:
        found = [
            link
            for link in (*self._markdown_links(), *self._html_links(), *self._hidden_links())
            if not link.destination.startswith(("#", "mailto:", "tel:", "javascript:", "file:"))
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

    def named_source(self, text: str) -> str | None:
        """Whom the text says a figure is from: « selon l'Insee », “Gartner found”, « (ADEME, 2022) », [3]."""
        folded = fold(text)
        if mark := _MARK.search(text):
            return mark[0]
        for match in self._vocabulary.said("introduced-by").finditer(folded):
            if name := self._name_follows(text, match.end()):
                return name
        for match in self._vocabulary.said("followed-by").finditer(folded):
            if name := self._name_precedes(text, match.start()):
                return name
        for match in self._vocabulary.said("followed-by-noun").finditer(folded):
            name = self._name_precedes(text, match.start())
            # The first word of a sentence has its capital from there: “Customer data”.
            if name and (not name[1:].islower() or not _opens_sentence(text, match.start(), name)):
                return name
        for match in _BRACKETS.finditer(text):
            if self._is_citation(text, match):
                return match[1]
        return None

    def _name_follows(self, text: str, start: int) -> str | None:
        """The name that stands among the next words, in the same clause."""
        text = text[start : start + 60].lstrip(" :\u00a0\u202f")
        if end := _CLAUSE_END.search(text):
            text = text[: end.start()]
        return next((word[0] for word in list(_NAME_WORD.finditer(text))[:5] if self._is_name(word[0])), None)

    def _name_precedes(self, text: str, end: int) -> str | None:
        """The name that stands just before a verb or noun in small letters."""
        if not text[end : end + 1].islower():
            return None
        words = list(_NAME_WORD.finditer(text, max(0, end - 40), end))
        if not words or text[words[-1].end() : end].strip() or not self._is_name(words[-1][0]):
            return None
        # In “teams using Acme report” it is the teams that report.
        governed = len(words) > 1 and self._vocabulary.said("governs-name").fullmatch(fold(words[-2][0]))
        return None if governed else words[-1][0]

    def _is_citation(self, text: str, brackets: re.Match[str]) -> bool:
        """Whether brackets after a figure hold a source: « (source : Insee) », « (Le Monde Informatique, 2024) »."""
        content = fold(brackets[1]).strip()
        if self._vocabulary.said("labels").match(content):
            return True
        found = [_ELISION.sub("", word) for word in _NAME_WORD.findall(brackets[1])]
        while found and fold(found[0]) in self._function_words:
            found.pop(0)
        if not any(self._is_name(word) for word in found):
            return False
        years = [word for word in found if _YEAR.fullmatch(word)]
        before = text[max(0, brackets.start() - _REACH) : brackets.start()]
        if not years and not any(character.isdigit() for character in before):
            return False
        named = [word for word in found if word not in years and fold(word) not in self._function_words]
        return len(named) <= _LONGEST_NAME and all(word[0].isupper() or len(word) <= 3 for word in named)

    def _is_name(self, word: str) -> bool:
        """Whether a word is written as a name and is none of the words that a sentence or a trade writes so."""
        word = re.split(r"[’']", word.rstrip("’'."))[-1]
        if len(word) < 2 or not word[0].isupper() or (len(word) == 2 and not word.isupper()):
            return False
        return not all(
            part in self._function_words or self._vocabulary.no_name.fullmatch(part) for part in fold(word).split("-")
        )


def attributed_to_nobody(folded: str, words: Vocabulary) -> tuple[int, int] | None:
    """Where a folded text says that unnamed others know what it says."""
    found = words.said("impersonal").search(folded)
    if not found and words.said("nobody").search(folded):
        found = words.said("vague-attribution").search(folded)
        before = _LAST_WORD.search(folded[max(0, found.start() - 30) : found.start()]) if found else None
        if before and words.lists("before-nobody") and before[0].strip() not in words.lists("before-nobody"):
            return None
    return found.span() if found else None


def _start(link: Link) -> int:
    return link.span.start


def _content_words(text: str) -> set[str]:
    """The longer words of a text by their beginnings, so that plural and singular are one."""
    return {word[:6] for word in _CONTENT_WORD.findall(fold(text))}


def _opens_sentence(text: str, end: int, name: str) -> bool:
    """Whether the name before ``end`` is the first word of a sentence or of a line."""
    before = text[: text.rfind(name, 0, end)].rstrip(" \"'“«(*_")
    return not before or before[-1] in ".!?:\n"
