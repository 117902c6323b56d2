"""Sentences that state a figure about the world with nothing near them that says where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from contentlint.check import Match, check
from contentlint.source.document import Document
from contentlint.source.evidence import Evidence
from contentlint.source.language import load
from contentlint.source.prose import Run, Sentence
from contentlint.source.quantities import Quantity, Vocabulary, fold, vocabulary


@dataclass(frozen=True, slots=True)
class Options:
    """What to report."""

    minimum_confidence: float = 0.65
    """Report only what is at least this likely, from 0 to 1, to be a figure that an editor would want sourced."""


# How likely a quantity of each kind is a claim before anything around it is read, and what each cue in its sentence
# adds or takes. Set by hand on labelled sentences of 20 sites; the words behind the names are data of the language.
_PRIOR = {
    "share-of-people": 0.75,
    "share": 0.65,
    "fraction": 0.65,
    "percent": 0.45,
    "multiplier": 0.45,
    "count": 0.45,
    "money": 0.1,
    "time": 0.05,
}
_CUES = {
    "general": 0.15,
    "selling": 0.2,
    "change": 0.2,
    "measure": 0.15,
    "advice": -0.35,
    "target": -0.35,
    "hypothetical": -0.35,
    "price": -0.3,
    "technical": -0.3,
    "example": -0.2,
    "how-to": -0.4,
}
_FIRST_PERSON = -0.4
_QUESTION = -0.3
_CONTEXT = {"target": -0.3, "price": -0.3, "example": -0.2, "hypothetical": -0.3}
"""The same for cues in the heading above and the line that leads a list in."""
_LEAST_COUNT = 1000
"""Smaller counts of people or things are mostly told from experience: « 22 personnes interrogées »."""
_MANY = 1e5
_VERY_MANY = 1e6
"""From these on a count or a sum is seldom the author's own."""
_CLOSE = 60
"""Characters between two quantities that are underlined as one."""
_QUOTED_WORDS = 6


@check("unsupported-statistic", needs={"prose"})
def unsupported_statistic(document: Document, options: Options) -> Iterator[Match]:
    """One match a sentence, from its first quantity to the last one near it.

    ``quote`` is the first quantity with the words after it, ``figures`` how many quantities the sentence states. Where
    the sentence hints at a source without naming it the message is ``vague-source`` and ``source`` quotes the hint.
    """
    language = load(document.language)
    if not language.claims:
        return
    words = vocabulary(language)
    evidence = Evidence(document, words, language.function_words)
    context = _Context(words)
    for sentence in document.sentences:
        context.read(sentence.run)
        folded = fold(sentence.text)
        stated = [quantity for quantity in words.quantities(folded) if _states(quantity, folded)]
        if not stated or sentence.run.kind == "footnote-definition":
            continue
        confidence = _confidence(stated, folded, words.cues_in(folded), context.cues)
        if confidence < options.minimum_confidence or evidence.supports(sentence):
            continue
        hint = words.sources["vague"].search(folded)
        values = {"quote": _quote(sentence, stated[0]), "figures": len(stated)}
        if hint:
            values["source"] = sentence.text[hint.start() : hint.end()]
        start, end = sentence.start + stated[0].start, sentence.start + _last_near(stated).end
        yield Match(
            span=sentence.run.span(start, end),
            message="vague-source" if hint else "found",
            values=values,
            confidence=round(confidence, 2),
        )


class _Context:
    """What the heading above and the line that leads in say of the figures below them: that they are prices, goals."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self._run: Run | None = None
        self._heading: Set[str] = frozenset()
        self._lead: Set[str] = frozenset()

    def read(self, run: Run) -> None:
        """Come to the next block of the page."""
        if run is self._run:
            return
        self._run = run
        if run.kind == "heading":
            self._heading, self._lead = self._cues(run.text), frozenset()
        elif run.kind == "paragraph":
            self._lead = self._cues(run.text) if run.text.rstrip().endswith(":") else frozenset()

    def _cues(self, text: str) -> Set[str]:
        return self._words.cues_in(fold(text)) & _CONTEXT.keys()

    @property
    def cues(self) -> Set[str]:
        """The cues that hold for the block."""
        assert self._run is not None
        return frozenset() if self._run.kind == "heading" else self._heading | self._lead


def _states(quantity: Quantity, folded: str) -> bool:
    """Whether the quantity could be a claim at all, whatever stands around it."""
    if quantity.kind == "count":
        # A bare number of four digits before a noun is as often a year.
        year = quantity.value is not None and 1900 <= quantity.value < 2100 and quantity.value.is_integer()
        return quantity.value is not None and quantity.value >= _LEAST_COUNT and not year
    if quantity.kind in ("percent", "share", "share-of-people"):
        return quantity.value != 100
    return True


def _confidence(stated: Sequence[Quantity], folded: str, cues: Set[str], context: Set[str]) -> float:
    """How likely the sentence is a claim: that of its likeliest quantity."""
    around = sum(weight for cue, weight in _CUES.items() if cue in cues)
    around += sum(weight for cue, weight in _CONTEXT.items() if cue in context - cues)
    if "first-person" in cues and "selling" not in cues:
        around += _FIRST_PERSON
    if folded.endswith("?"):
        around += _QUESTION
    return max(0.0, min(1.0, max(_prior(quantity, cues) for quantity in stated) + around))


def _prior(quantity: Quantity, cues: Set[str]) -> float:
    prior = _PRIOR.get(quantity.kind, 0.0)
    if quantity.kind in ("count", "money") and quantity.value is not None:
        prior += 0.2 if quantity.value >= _VERY_MANY else 0.1 if quantity.value >= _MANY else 0.0
    if quantity.kind == "money" and "market" in cues:
        prior += 0.3
    if quantity.kind == "time" and "gain" in cues:
        prior += 0.35
    return prior


def _last_near(stated: Sequence[Quantity]) -> Quantity:
    """The last quantity that is reached from the first one without a long way between two."""
    for quantity, following in pairwise(stated):
        if following.start - quantity.end > _CLOSE:
            return quantity
    return stated[-1]


def _quote(sentence: Sentence, quantity: Quantity) -> str:
    """The quantity and the words after it, so that a reader finds it and knows what it is of."""
    start = next((word.start for word in sentence.words if word.end > quantity.start), quantity.start)
    following = [word for word in sentence.words if word.end > start][:_QUOTED_WORDS]
    return sentence.text[min(start, quantity.start) : max(quantity.end, following[-1].end if following else 0)]
