"""Sentences that state a figure about the world with nothing near them that says where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from contentlint.check import Match, check
from contentlint.source.document import Document
from contentlint.source.evidence import Evidence
from contentlint.source.language import load
from contentlint.source.nodes import Heading
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
    "advice": -0.45,
    "target": -0.4,
    "hypothetical": -0.4,
    "price": -0.3,
    "technical": -0.3,
    "example": -0.2,
    "how-to": -0.4,
}
_EFFECT = {"change": 0.2, "measure": 0.15}
_CUES_OF_KIND = {
    "share": _EFFECT,
    "percent": _EFFECT,
    "multiplier": _EFFECT,
    "money": {"market": 0.4, "change": 0.15},
    "time": {"gain": 0.35, **_EFFECT},
}
_FIRST_PERSON = -0.4
_QUESTION = -0.3
_CONTEXT = {
    "target": -0.3,
    "price": -0.3,
    "example": -0.2,
    "hypothetical": -0.3,
    "first-person": -0.15,
    "own-report": -0.3,
}
"""The same for cues in the rest of the paragraph, the line that leads a list in, the heading above, and (that the page
is a report of its author's own) in the title and the path."""
_LEAST_COUNT = 1000
"""Smaller counts of people or things are mostly told from experience: « 22 personnes interrogées »."""
_MANY = 1e5
_VERY_MANY = 1e6
"""From these on a count or a sum is seldom the author's own."""
_CLOSE = 60
"""Characters between two quantities that are underlined as one."""
_QUOTED_WORDS = 6
_CLAUSE_END = re.compile(r"[\s\u00a0\u202f]*[,;:)](?!\d)")


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
    context = _Context(words, document)
    for sentence in document.sentences:
        context.read(sentence.run)
        folded = fold(sentence.text)
        stated = [quantity for quantity in words.quantities(folded) if _states(quantity)]
        if not stated or sentence.run.kind == "footnote-definition":
            continue
        cues = words.cues_in(folded)
        around = _around(cues, context.cues, question=folded.endswith("?"))
        likely = {quantity: max(0.0, min(1.0, around + _likelihood(quantity, cues))) for quantity in stated}
        claimed = [quantity for quantity in stated if likely[quantity] >= options.minimum_confidence]
        if not claimed or evidence.supports(sentence):
            continue
        hint = words.source("vague").search(folded)
        values = {"quote": _quote(sentence, claimed, language.function_words), "figures": len(claimed)}
        if hint:
            values["source"] = sentence.text[hint.start() : hint.end()]
        start, end = sentence.start + claimed[0].start, sentence.start + _last_near(claimed).end
        yield Match(
            span=sentence.run.span(start, end),
            message="vague-source" if hint else "found",
            values=values,
            confidence=round(max(likely.values()), 2),
        )


class _Context:
    """What stands around a sentence says of its figures: that they are prices, goals, the author's own."""

    def __init__(self, words: Vocabulary, document: Document) -> None:
        self._words = words
        named = [str(document.front_matter.data.get("title", "")), re.sub(r"[-_/.]+", " ", document.path)]
        named += [heading.content.of(document.text) for heading in document.nodes(Heading) if heading.level == 1]
        self._page = words.cues_in(fold("\n".join(named))) & {"own-report"}
        self._run: Run | None = None
        self._heading = ""
        self._lead_in = ""

    def read(self, run: Run) -> None:
        """Come to the next block of the page."""
        if run is self._run:
            return
        self._run = run
        if run.kind == "heading":
            self._heading, self._lead_in = run.text, ""
        elif run.kind == "paragraph":
            self._lead_in = run.text if run.text.rstrip().endswith(":") else ""

    @property
    def cues(self) -> Set[str]:
        """The cues that hold for the block."""
        if self._run is None or self._run.kind == "heading":
            return self._page
        around = self._page | self._words.cues_in(fold(f"{self._heading}\n{self._lead_in}")) & _CONTEXT.keys()
        if self._run.kind == "paragraph":
            around |= self._words.cues_in(fold(self._run.text)) & {"first-person"}
        return around


def _states(quantity: Quantity) -> bool:
    """Whether the quantity could be a claim at all, whatever stands around it."""
    if quantity.kind == "count":
        # A bare number of four digits before a noun is as often a year.
        year = quantity.value is not None and 1900 <= quantity.value < 2100 and quantity.value.is_integer()
        return quantity.value is not None and quantity.value >= _LEAST_COUNT and not year
    if quantity.kind in ("percent", "share", "share-of-people"):
        return quantity.value != 100
    return True


def _around(cues: Set[str], context: Set[str], *, question: bool) -> float:
    """What the words of the sentence, and those around it, add to the likelihood of all its quantities."""
    around = sum(weight for cue, weight in _CUES.items() if cue in cues)
    around += sum(weight for cue, weight in _CONTEXT.items() if cue in context - cues)
    if "first-person" in cues and not ("selling" in cues and cues & _EFFECT.keys()):
        around += _FIRST_PERSON
    return around + _QUESTION if question else around


def _likelihood(quantity: Quantity, cues: Set[str]) -> float:
    """How likely the quantity is a claim, from its kind, its size and the cues that speak of its kind only."""
    likelihood = _PRIOR.get(quantity.kind, 0.0)
    likelihood += sum(weight for cue, weight in _CUES_OF_KIND.get(quantity.kind, {}).items() if cue in cues)
    if quantity.kind in ("count", "money") and quantity.value is not None:
        likelihood += 0.2 if quantity.value >= _VERY_MANY else 0.1 if quantity.value >= _MANY else 0.0
    return likelihood


def _last_near(claimed: Sequence[Quantity]) -> Quantity:
    """The last quantity that is reached from the first one without a long way between two."""
    for quantity, following in pairwise(claimed):
        if following.start - quantity.end > _CLOSE:
            return quantity
    return claimed[-1]


def _quote(sentence: Sentence, claimed: Sequence[Quantity], function_words: Set[str]) -> str:
    """The first quantity and the words after it, so that a reader finds it and knows what it is of."""
    quantity = claimed[0]
    following = [word for word in sentence.words if word.end > quantity.start][:_QUOTED_WORDS]
    while following and following[-1].end > quantity.end and _binds(following[-1].text, function_words):
        following.pop()
    end = max([quantity.end, *(word.end for word in following[-1:])])
    # Not to cut « 15 000 € » before its sign.
    end = max([end, *(other.end for other in claimed if other.start < end)])
    if stop := _CLAUSE_END.search(sentence.text, quantity.end, end):
        end = stop.start()
    return sentence.text[quantity.start : end]


def _binds(word: str, function_words: Set[str]) -> bool:
    """Whether a word leads on to the next one, so that no quotation should end with it."""
    return word.lower() in function_words or (len(word) <= 3 and word.islower())
