"""What a page claims: each quantity that it states, how likely an editor wants a source for it, and what supports it.

How likely is what a small linear model says: signs, each with a weight. A sign is something that can be seen of the
quantity (its kind, its size), in its sentence (a word of a list of the language, near the quantity or not), or around
it. The lists are data of the language, the weights are data too, learned by ``tools/train_claims.py`` from labelled
sentences; they know nothing of languages, so that a new one needs words and no training.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

from contentlint.resources import package_file
from contentlint.source import language, nodes, prose
from contentlint.source.evidence import Evidence, Support, attributed_to_nobody
from contentlint.source.prose import Run, Sentence
from contentlint.source.quantities import Quantity, Vocabulary, fold, vocabulary

if TYPE_CHECKING:
    from contentlint.source.document import Document

_SAID = (
    "average", "usual", "up-to", "about", "only", "period", "forecast", "place", "state", "observe", "gain-verb",
    "loss-verb", "degree", "effect", "clients", "case", "singular-person", "plural-person", "reader", "advice",
    "imperative", "infinitive", "target", "aim-label", "reading", "condition", "hypothetical", "example", "price",
    "legal", "technical", "software", "own-metric", "story", "how-to", "sum-up", "emphatic", "market", "time-won",
    "people", "event", "measure", "self-reported", "asked",
)  # fmt: skip
"""The lists of a language that are looked for in the sentence."""
_ABOVE = (
    "results", "steps", "target", "price", "example", "hypothetical", "plural-person", "singular-person", "clients",
    "case", "advice", "technical", "own-metric", "measure", "story", "how-to",
)  # fmt: skip
"""Those looked for in the heading above and in the line that leads a list in."""
_BESIDE = (
    "singular-person", "plural-person", "reader", "hypothetical", "price", "technical", "target", "case",
    "own-metric", "story", "place", "clients", "software",
)  # fmt: skip
"""Those looked for in the rest of the paragraph."""
_BESIDE_REACH = 1000
"""Characters of the paragraph that are read before a sentence, and after it."""
_WITH_KIND = {
    "time": ("time-won", "gain-verb", "loss-verb", "average", "advice"),
    "money": ("market", "average", "place", "price", "gain-verb", "loss-verb", "period"),
    "percent": ("measure", "gain-verb", "loss-verb", "degree", "state", "people"),
    "share": ("measure", "state", "effect"),
    "count": ("place", "state", "period", "people"),
    "large": ("place", "state", "period"),
    "physical": ("average", "period", "place", "state"),
    "multiplier": ("degree", "effect", "measure", "technical"),
    "doubling": ("measure", "clients", "case", "average", "technical"),
    "fraction": ("people", "state", "place", "technical"),
}
"""Those that mean something of their own beside a quantity of that kind."""
_NEAR = 32
"""Characters between a word and the quantity that it is likely said of."""
_OF = 12
"""Characters from a quantity to what it is a part of: « la moitié de nos lecteurs »."""
_CODE_BLOCKS = 3
"""Blocks of code from which a page is taken for a technical one."""
_FEW = {"count": 1e3, "large": 1e5}
"""Below these, and alone in its sentence, a count is a list's, a team's or a meeting's, a bare number a name's."""
_SHORT = 12
"""Words that a line without a full stop has at most when it is a note and no sentence."""

_YEAR = re.compile(r"(?<![\d.,-])(?:19|20)\d\d(?![\d%])")
_SIGN_BEFORE = re.compile(r"[+±~≈<>≤≥-]\s?\Z")


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity as a page states it. ``start`` and ``end`` of the quantity count from the start of its sentence."""

    quantity: Quantity
    signs: frozenset[str]
    """What was seen of it and around it."""
    likelihood: float
    """From 0 to 1: that an editor wants a source for it."""


@dataclass(frozen=True, eq=False)
class Claim:
    """A sentence that states quantities, with what supports it."""

    sentence: Sentence
    figures: Sequence[Figure]
    """All quantities of the sentence, in order, those included that want no source."""
    evidence: Evidence = field(repr=False)
    """That of its page."""
    key: str = ""
    """The key of the front matter whose value it stands in; empty in the text of the page."""

    @cached_property
    def likelihood(self) -> float:
        """How likely an editor wants a source for one of its figures, from 0 to 1."""
        return max(figure.likelihood for figure in self.figures)

    def figures_from(self, likelihood: float) -> list[Figure]:
        """The figures that are at least this likely."""
        return [figure for figure in self.figures if figure.likelihood >= likelihood]

    @cached_property
    def support(self) -> Support | None:
        """What can be read as the source; None where there is nothing."""
        return self.evidence.support(self.sentence)

    @property
    def hint(self) -> str | None:
        """The words that speak of a source without naming it: « une étude »."""
        return self.evidence.hint(self.sentence)

    @property
    def own_research(self) -> str | None:
        """The words that give the figures as found by the author: « notre étude »."""
        return self.evidence.own_research(self.sentence)


def read(document: Document) -> list[Claim]:
    """The sentences of a page that state quantities, in order; none where its language has no words for claims."""
    spoken = language.load(document.language)
    if not spoken.claims:
        return []
    words = vocabulary(spoken)
    evidence = document.evidence
    surroundings = _Surroundings(words, document)
    found: list[Claim] = []
    for sentence in document.sentences:
        surroundings.read(sentence.run)
        if sentence.run.kind != "footnote-definition":
            found += _claims_of(sentence, words, surroundings, evidence)
    return found


def read_value(document: Document, run: Run, key: str) -> list[Claim]:
    """The same for a value of the front matter, such as the description, that was made a run of kind METADATA."""
    spoken = language.load(document.language)
    if not spoken.claims:
        return []
    words = vocabulary(spoken)
    found: list[Claim] = []
    for sentence in prose.sentences(run, spoken):
        found += (replace(claim, key=key) for claim in _claims_of(sentence, words, _Alone(), document.evidence))
    return found


def _claims_of(sentence: Sentence, words: Vocabulary, around: _Alone, evidence: Evidence) -> Iterator[Claim]:
    folded = fold(sentence.text)
    stated = [quantity for quantity in words.quantities(folded) if _states(quantity, folded)]
    if stated and all(_is_few(quantity) for quantity in stated):
        # « deux options », “port 8080”: whatever stands around it, nobody asks for a source.
        few = [(quantity, frozenset({quantity.kind, *_of_size(quantity)})) for quantity in stated]
        yield Claim(sentence, [Figure(quantity, signs, likelihood(signs)) for quantity, signs in few], evidence)
    elif stated:
        said = {name: [match.span() for match in words.said(name).finditer(folded)] for name in _SAID}
        unnamed = attributed_to_nobody(folded, words)
        said["vague-attribution"] = [unnamed] if unnamed else []
        if said["clients"] or said["self-reported"]:
            # « nos clients », « notre étude » speak of an offer, not of oneself.
            said["plural-person"] = []
        common = {*_of_sentence(sentence, folded, said), *around.signs(sentence)}
        figures = []
        for quantity in stated:
            signs = frozenset(common.union(_of_quantity(quantity, folded, said)))
            figures.append(Figure(quantity, signs, likelihood(signs)))
        yield Claim(sentence, figures, evidence)


def _is_few(quantity: Quantity) -> bool:
    return quantity.kind in _FEW and (quantity.value or 0) < _FEW[quantity.kind]


def _states(quantity: Quantity, folded: str) -> bool:
    """Whether the quantity could be a claim at all, whatever stands around it."""
    if quantity.kind == "large":
        # A bare number: 1,200 and « 40 000 », but no year, no 404, no number in a name.
        return quantity.value is not None and quantity.value >= 1000 and not _is_year(quantity, folded)
    if quantity.kind == "count":
        return not _is_year(quantity, folded)
    return True


def _is_year(quantity: Quantity, folded: str) -> bool:
    written = folded[quantity.start : quantity.start + 4]
    return quantity.value is not None and 1800 <= quantity.value < 2100 and written.isdecimal()


def _of_sentence(sentence: Sentence, folded: str, said: Mapping[str, Sequence[tuple[int, int]]]) -> Iterator[str]:
    """What is seen of the sentence as a whole."""
    yield from (f"said {name}" for name, places in said.items() if places)
    kind = sentence.run.kind
    if kind != "paragraph":
        yield f"in {kind}"
    last = folded.rstrip(" \"'”»)*_😱")[-1:]
    if last == "?":
        yield "a question"
    elif last == "!":
        yield "an exclamation"
    elif last == ":":
        yield "a lead-in"
    if last not in ".?!…" and len(sentence.words) <= _SHORT:
        yield "a note"
    if len(sentence.words) <= 6:
        yield "very short"
    elif len(sentence.words) >= 30:
        yield "long"
    if folded[0] in '"«“' and folded.rstrip(" .!")[-1:] in '"»”':
        yield "in quotation marks"
    if sentence.run.inside("quote"):
        yield "in quote"
    if _YEAR.search(folded):
        yield "a year"
    if "%" in folded and folded.count("%") >= 3:
        yield "many percentages"


def _of_quantity(quantity: Quantity, folded: str, said: Mapping[str, Sequence[tuple[int, int]]]) -> Iterator[str]:
    """What is seen of the quantity and of the words near it."""
    kind = quantity.kind
    before, after = folded[: quantity.start], folded[quantity.end :]
    yield kind
    near = {name for name, places in said.items() if _near(quantity, places)}
    yield from (f"{name} near" for name in near)
    yield from (f"{kind} and {name}" for name in _WITH_KIND.get(kind, ()) if said[name])
    if any(0 <= start - quantity.end <= _OF for start, _ in said["plural-person"]):
        yield "of our own"
    if said["example"] and in_quotation_marks(before):
        yield "an example in quotation marks"
    if said["imperative"] and near & {"gain-verb", "loss-verb", "effect"}:
        yield "imperative with an effect"
    yield from _of_size(quantity)
    if sign := _SIGN_BEFORE.search(before):
        yield {"+": "a plus sign", "-": "a minus sign"}.get(sign[0].strip(), "a sign")
    if not before.strip(" -+*_•~\"'«“”(✅🚀📈"):
        yield "at the start"
    elif before.rstrip().endswith(":"):
        yield "after a colon"
    elif before.rstrip().endswith(("(", "[")):
        yield "in brackets"
    if not after.strip(" .!*_\"'»”)"):
        yield "at the end"
    if not any(character.isalpha() for character in before + after):
        yield "alone"
    written = folded[quantity.start : quantity.end]
    if kind != "doubling" and not any(character.isdigit() for character in written):
        yield f"{kind} in words"
    elif re.search(r"\d\s*[-–]\s*[$€£]?\d", written) or " à " in written or " to " in written:
        yield "a range"
    elif re.search(r"\d[.,]\d(?!\d\d)", written) and kind != "money":
        yield "a decimal"


def _of_size(quantity: Quantity) -> Iterator[str]:
    value, kind = quantity.value, quantity.kind
    if value is None:
        return
    if kind in ("percent", "share", "share-of-people"):
        if value in (0, 100):
            yield "0 or 100 percent"
        elif value > 100:
            yield "above 100 percent"
    elif kind in ("count", "money", "large", "physical"):
        size = "below 100" if value < 100 else "below 1000" if value < 1000 else "below 1e5" if value < 1e5 else ""
        yield f"{kind} {size or ('below 1e6' if value < 1e6 else 'of millions')}"


def in_quotation_marks(before: str) -> bool:
    """Whether what follows the text stands in quotation marks that were opened in it."""
    return before.count("“") + before.count("«") > before.count("”") + before.count("»") or before.count('"') % 2 == 1


def _near(quantity: Quantity, places: Sequence[tuple[int, int]]) -> bool:
    return any(start < quantity.end + _NEAR and end > quantity.start - _NEAR for start, end in places)


class _Alone:
    """What stands around a text that stands alone."""

    def signs(self, sentence: Sentence) -> Set[str]:  # noqa: ARG002 - the case with nothing around
        return {"in metadata"}


class _Surroundings(_Alone):
    """What stands around a sentence: the heading, the line that leads the list in, the paragraph, the page."""

    def __init__(self, words: Vocabulary, document: Document) -> None:
        self._words = words
        self._document = document
        self._run: Run | None = None
        self._heading = ""
        self._lead_in = ""
        self._of_block: set[str] | None = None

    def read(self, run: Run) -> None:
        """Come to the next block of the page."""
        if run is self._run:
            return
        self._run, self._of_block = run, None
        if run.kind == "heading":
            self._heading, self._lead_in = run.text, ""
        elif run.kind == "paragraph":
            self._lead_in = run.text if run.text.rstrip(" *_").endswith(":") else ""

    def signs(self, sentence: Sentence) -> Set[str]:
        """The signs around a sentence of the block that was come to last."""
        if self._of_block is None:
            self._of_block = set(self._page)
            if sentence.run.kind != "heading":
                # A heading is read with its own words.
                above = self._said_in(self._heading, _ABOVE) | self._said_in(self._lead_in, _ABOVE)
                self._of_block |= {f"above: {name}" for name in above}
        text, start, end = sentence.run.text, sentence.start, sentence.end
        rest = text[max(0, start - _BESIDE_REACH) : start] + " " + text[end : end + _BESIDE_REACH]
        return self._of_block | {f"beside: {name}" for name in self._said_in(rest, _BESIDE)}

    def _said_in(self, text: str, names: tuple[str, ...]) -> set[str]:
        if not text.strip():
            return set()
        folded = fold(text[: 2 * _BESIDE_REACH])
        return {name for name in names if self._words.said(name).search(folded)}

    @cached_property
    def _page(self) -> frozenset[str]:
        """What the title, the path and the make-up of the page say of all its figures."""
        document = self._document
        named = [str(document.front_matter.data.get("title", "")), re.sub(r"[-_/.]+", " ", document.path)]
        named += [heading.content.of(document.text) for heading in document.nodes(nodes.Heading) if heading.level == 1]
        signs = {f"page: {name}" for name in self._said_in("\n".join(named), ("own-report", "story", "software"))}
        if len(document.nodes(nodes.CodeBlock)) >= _CODE_BLOCKS:
            signs.add("page: code")
        text = fold(" ".join(run.text for run in document.prose[:60])[:4000])
        words = max(1, len(text.split()))
        for name in ("singular-person", "plural-person", "reader"):
            if sum(1 for _ in self._words.said(name).finditer(text)) > words / 60:
                signs.add(f"page: {name}")
        return frozenset(signs)


@cache
def weights() -> Mapping[str, float]:
    """What each sign adds to the log odds; ``bias`` is what they are with no sign."""
    data = tomllib.loads(package_file("source", "claims_weights.toml").read_text(encoding="utf8"))
    found: dict[str, float] = data["weights"]
    return found


def likelihood(signs: Iterable[str]) -> float:
    """How likely a figure with these signs is one that an editor wants sourced, from 0 to 1."""
    of = weights()
    return 1 / (1 + math.exp(-(of.get("bias", 0.0) + sum(of.get(sign, 0.0) for sign in sorted(signs)))))


def reasons(figure: Figure, most: int = 6) -> dict[str, float]:
    """The signs that weighed most in a figure's likelihood, and how much, in log odds."""
    of = weights()
    weighed = sorted(((of.get(sign, 0.0), sign) for sign in figure.signs), key=lambda pair: (-abs(pair[0]), pair[1]))
    return {sign: weight for weight, sign in weighed[:most] if weight}
