"""Pages that are hard to read, by Flesch's formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.source import language as languages
from contentlint.source.document import Document
from contentlint.source.prose import Sentence, sentences
from contentlint.span import Span

_READ_IN_SENTENCES = frozenset({"paragraph", "list-item", "definition-description", "html-block"})
_A_PARAGRAPH = 30
"""Words below which a paragraph's own score is an accident."""


@dataclass(frozen=True, slots=True)
class Options:
    """How easy a page must be."""

    minimum: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            description="The lowest score that is not reported, on Flesch's scale: 100 is very easy, 60 is plain "
            "language, below 30 is for readers used to academic texts.",
        ),
    ] = 30
    min_words: Annotated[int, Meta(ge=1, description="Pages with fewer words than this are not judged.")] = 100


@dataclass(frozen=True, slots=True)
class _Measure:
    sentences: int
    words: int
    syllables: int


@check("readability-score", needs={"prose"})
def readability_score(document: Document, options: Options) -> Iterator[Match]:
    """A page whose score is below the minimum, at the paragraph that is the hardest to read.

    The formula and its constants for each language are textstat's; sentences, words and syllables are ours, since
    those of textstat need a download for English and take headings and lists without full stops for one sentence.
    """
    language = languages.load(document.language)
    if language.readability is None:
        return
    blocks: list[tuple[Span, _Measure]] = []
    for run in document.prose:
        if run.kind in _READ_IN_SENTENCES and (measure := _measure(sentences(run, language), language.code)).words:
            blocks.append((run.span(0, len(run.text)), measure))
    page = _sum(measure for _, measure in blocks)
    if page.words < options.min_words:
        return
    score = _score(page, language.code)
    if score >= options.minimum:
        return
    candidates = [(span, measure) for span, measure in blocks if measure.words >= _A_PARAGRAPH] or blocks
    hardest, _ = min(candidates, key=lambda block: _score(block[1], language.code))
    yield Match(
        hardest,
        "too-hard",
        {
            "score": round(score),
            "minimum": options.minimum,
            "words_per_sentence": round(page.words / page.sentences, 1),
            "syllables_per_word": round(page.syllables / page.words, 1),
        },
    )


def _score(measure: _Measure, code: str) -> float:
    # The scale is meant from 0 to 100; the formula goes beyond at both ends.
    score = flesch(measure.words / measure.sentences, measure.syllables / measure.words, code)
    return max(0.0, min(100.0, score))


def flesch(words_per_sentence: float, syllables_per_word: float, code: str) -> float:
    """Flesch's reading ease with textstat's constants for a language (English ones where it has none)."""
    base, per_word, per_syllable = _constants(code)
    return base - per_word * words_per_sentence - per_syllable * syllables_per_word


@cache
def _constants(code: str) -> tuple[float, float, float]:
    # Half a second to import: paid only where the rule is on.
    import textstat

    constant = textstat.backend.utils.get_lang_cfg
    return (
        constant(code, "fre_base"),
        constant(code, "fre_sentence_length"),
        constant(code, "fre_syll_per_word"),
    )


def _measure(found: list[Sentence], code: str) -> _Measure:
    words = [word.text for sentence in found for word in sentence.words]
    return _Measure(len(found), len(words), sum(syllables(word, code) for word in words))


def _sum(measures: Iterable[_Measure]) -> _Measure:
    every = list(measures)
    return _Measure(
        sum(measure.sentences for measure in every),
        sum(measure.words for measure in every),
        sum(measure.syllables for measure in every),
    )


@dataclass(frozen=True, slots=True)
class _Syllables:
    vowels: re.Pattern[str]
    mute: re.Pattern[str]
    hiatus: re.Pattern[str]


@cache
def _syllables(code: str) -> _Syllables:
    data = languages.load(code).readability or {"vowels": "aeiouy", "mute-endings": "$^", "hiatus": "$^"}
    return _Syllables(re.compile(f"[{data['vowels']}]+"), re.compile(data["mute-endings"]), re.compile(data["hiatus"]))


_PART = re.compile(r"[^\W\d_]+")


def syllables(word: str, code: str) -> int:
    """The syllables of a word, at least one: its runs of vowels, as the language's file describes them."""
    patterns = _syllables(code)
    count = 0
    for part in _PART.findall(word.lower()):
        spoken = patterns.mute.sub("", part)
        count += len(patterns.vowels.findall(spoken)) + len(patterns.hiatus.findall(spoken))
    return max(1, count)
