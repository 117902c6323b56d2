"""The claims that a page makes, in its text and in the values of its front matter that readers see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from itertools import pairwise

from contentlint.checks import _fields
from contentlint.source import claims, language, prose
from contentlint.source.claims import Claim, Figure
from contentlint.source.document import Document
from contentlint.source.evidence import METADATA
from contentlint.source.front_matter import Entry
from contentlint.source.prose import Run, Sentence
from contentlint.source.quantities import Quantity
from contentlint.span import Span

_FIELDS = ("title", "meta-title", "og-title", "description", "meta-description", "og-description", "summary", "faq")
"""The concepts of a page's metadata that hold sentences for readers."""
MINIMUM_CONFIDENCE = 0.55
"""Best on sites left out of the fitting; ``tools/train_claims.py`` prints precision and recall there."""
_CLOSE = 60
"""Characters between two quantities that are underlined as one."""
_QUOTED_WORDS = 6
_CLAUSE_END = re.compile(r"[\s\u00a0\u202f]*[,;:)](?!\d)")


@lru_cache(maxsize=1)
def of(document: Document) -> tuple[Claim, ...]:
    """The claims of the front matter, then those of the text, in order.

    Of values that give the same figures (the title, and the title for search engines) the first stands for all.
    """
    # The last page is remembered: one check after the other asks for it.
    return (*_of_metadata(document), *document.claims)


def _of_metadata(document: Document) -> Iterator[Claim]:
    if document.front_matter.present:
        seen: set[str] = set()
        for entry in _values(document):
            for claim in claims.read_value(document, _run(document, entry), entry.name):
                figures = {figure.quantity.text for figure in claim.figures}
                if not figures <= seen:
                    seen |= figures
                    yield claim


def sentences(document: Document) -> Iterator[tuple[Sentence, str]]:
    """The sentences of the front matter with their keys, the same value once; then those of the text, without a key."""
    if document.front_matter.present:
        spoken = language.load(document.language)
        told: set[str] = set()
        for entry in _values(document):
            if entry.value in told:
                continue
            told.add(entry.value)
            yield from ((sentence, entry.name) for sentence in prose.sentences(_run(document, entry), spoken))
    yield from ((sentence, "") for sentence in document.sentences)


@lru_cache(maxsize=1)
def _values(document: Document) -> list[Entry]:
    """The texts of the metadata, in order; those of lists and tables too (questions and answers)."""
    named = _fields.named(document, [name for name in _FIELDS if name in document.conventions.keys])
    values = [value for entry in named for value in (entry, *entry.walk())]
    read = [one for one in values if isinstance(one.value, str) and not one.borrowed and "{{" not in one.value]
    return sorted(read, key=lambda entry: entry.span.start)


def _run(document: Document, entry: Entry) -> Run:
    """A value as a run of text: placed letter for letter where it is written so, else as a whole."""
    return Run.of_text(document.root, METADATA, entry.value, entry.inner or entry.span)


def span(claim: Claim, figures: Sequence[Figure]) -> Span:
    """From the first of the figures to the last that is reached without a long way between two."""
    quantities = [figure.quantity for figure in figures]
    start = claim.sentence.start
    return claim.sentence.run.span(start + quantities[0].start, start + _last_near(quantities).end)


def _last_near(quantities: Sequence[Quantity]) -> Quantity:
    for quantity, following in pairwise(quantities):
        if following.start - quantity.end > _CLOSE:
            return quantity
    return quantities[-1]


def quote(sentence: Sentence, figures: Sequence[Figure], function_words: Set[str]) -> str:
    """The first figure and the words after it, so that a reader finds it and knows what it is of."""
    quantity = figures[0].quantity
    following = [word for word in sentence.words if word.end > quantity.start][:_QUOTED_WORDS]
    while following and following[-1].end > quantity.end and _binds(following[-1].text, function_words):
        following.pop()
    end = max([quantity.end, *(word.end for word in following[-1:])])
    # Not to cut « 15 000 € » before its sign.
    end = max([end, *(other.quantity.end for other in figures if other.quantity.start < end)])
    if stop := _CLAUSE_END.search(sentence.text, quantity.end, end):
        end = stop.start()
    return sentence.text[quantity.start : end]


def _binds(word: str, function_words: Set[str]) -> bool:
    """Whether a word leads on to the next one, so that no quotation should end with it."""
    return word.lower() in function_words or (len(word) <= 3 and word.islower())
