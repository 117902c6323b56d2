"""What a figure measures: its value in numbers, its unit, the words that it is of, and what narrows it.

Plain reading, no model. What a figure is of stands after it behind a word such as “of” (« 73 % des PME »), else before
it (« un ROI moyen de 380 % »), else it is the noun that is counted. A language says in ``[claims.measures]`` which
words lead from one to the other, begin a noun phrase and hold one together; one without that section gives units and
values only where figures say them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from contentlint.source.claims import Claim, in_quotation_marks
from contentlint.source.language import Language
from contentlint.source.prose import MASKED
from contentlint.source.quantities import Quantity, Vocabulary, fold, vocabulary

_LONGEST = 7
"""Words that the name of what is measured has at most; the first of them say it."""
_REACH = 160
"""Characters on either side of a figure among which what it is of stands."""
_BOUND_REACH = 24
_NEAR = 32
"""Characters between a figure and the « nous » that it is said of."""
_SMALL_WORDS = 4
"""Words that may stand between a count and what makes it the author's own: « nous comptons plus de 200 PME »."""
_LEAST_COMMON = 0.6
"""The share of their words that two sentences have in common when they say the same thing with another figure."""
_WORDS_IN_COMMON = 3
_WORDS_OF_SUBJECT = 2
"""A subject of one word (« 50 % des clients ») leaves open which of them. These three are from reading pairs of real
sites: with less, most were about two things."""
_OF_KINDS = frozenset({"share", "share-of-people", "fraction", "percent", "money", "physical", "time", "large"})
_SHARES = frozenset({"share", "share-of-people", "percent"})

_TOKEN = re.compile(r"[^\W_]+'(?=[^\W_])|[^\W_]+(?:[-&.][^\W_]+)*")
_CLAUSE_END = re.compile(r"[;:()\[\]!?\n]|[.,](?!\d)|\s-\s")
_YEAR = re.compile(r"(?<![\d.,-])(?:19|20)\d\d(?![\d%])")
_NAME = re.compile(r"(?<=[^\W_][,;:]\s)[^\W\d_]+|(?<=[^\W_]\s)[^\W\d_]+|(?<=['’])[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure says, in a form that can be compared and sorted."""

    low: float | None
    """The value, or the lower end of a range: 0.25 for “one in four”, 73 for “73 %”."""
    high: float | None
    """The upper end of a range, else as ``low``; None where no number can be told."""
    bound: str
    """``at-least``, ``at-most``, ``about``, or nothing."""
    unit: str
    """``%``, the code of a currency, ``h``, ``x`` for a multiple, or the noun that is counted."""
    subject: str
    """The words that the figure is of, as the sentence has them; empty where none can be told."""
    terms: frozenset[str]
    """The words of the subject that mean something, in one form whatever their number."""
    context: frozenset[str]
    """The same for the whole sentence, without its figures."""
    qualifiers: frozenset[str]
    """What narrows the figure: the years, the stretches of time and the names in its sentence."""
    compares: bool
    """Whether the sentence sets a before beside an after, or one thing beside another."""
    ours: bool
    """Whether the author says it of themselves: « nous », « nos », “we”, or as a count of their own."""
    own_count: str = ""
    """``clients`` or ``projects`` for the author's own count of these (« plus de 200 PME nous font confiance »),
    ``studied …`` for the sample of a study of their own."""
    counted_by: str = ""
    """The name of who counts, where that is no « nous »."""
    mean: str = ""
    """What the figure is the mean of, where that is one of the results that firms praise themselves with: ``roi``."""

    @property
    def key(self) -> tuple[str, frozenset[str]]:
        """The same for figures that may measure the same."""
        return self.unit, self.terms


class _Room(NamedTuple):
    """Between the figure before and the figure after."""

    start: int
    end: int


class _Wording:
    """``[claims.measures]`` of a language, made ready."""

    def __init__(self, language: Language) -> None:
        section: Mapping[str, Any] = language.claims.get("measures", {})
        self.vocabulary: Vocabulary = vocabulary(language)
        pattern = self.vocabulary.pattern
        self.of = re.compile(r"\s*(?:" + pattern(section.get("of", ())).pattern + ")")
        self.bridges = pattern(section.get("bridges", ()))
        self.articles = frozenset(section.get("articles", ()))
        self.joins = frozenset(section.get("joins", ()))
        self.bounds = {name: pattern(section.get(name, ())) for name in ("at-least", "at-most", "about")}
        self.compares = pattern(section.get("compares", ()))
        self.alike = [(group[0], pattern(group)) for group in section.get("alike", ())]
        self.units = [(unit, self.vocabulary.unit(words)) for unit, words in section.get("units", {}).items()]
        self.worth = [(value, pattern([phrase])) for phrase, value in section.get("worth", {}).items()]
        self.people = self.vocabulary.pattern(["{people}", "{event}"])
        self.function_words: frozenset[str] = (
            language.function_words | self.articles | self.joins | frozenset(section.get("stops", ()))
        )
        self.numbers = frozenset(language.claims.get("number-words", ()))
        own: Mapping[str, Any] = section.get("own", {})
        self.own_nouns = [(name, pattern(nouns)) for name, nouns in own.get("nouns", {}).items()]
        self.own_before, self.own_after = pattern(own.get("before", ())), pattern(own.get("after", ()))
        self.own_verbs = pattern(own.get("verbs", ()))
        self.mean = frozenset(own.get("mean", ()))
        self.results = frozenset(own.get("results", ()))
        self.studied = pattern(own.get("studied", ()))
        self.narrows = pattern(own.get("narrows", ()))
        self.we = [self.vocabulary.said(name) for name in ("plural-person", "singular-person")]
        self.endings = sorted((one for one in language.endings if one.isalpha()), key=len, reverse=True)

    def terms(self, folded: str) -> frozenset[str]:
        """The words of a text that mean something, each in one form."""
        for name, pattern in self.alike:
            folded = pattern.sub(f" {name} ", folded)
        found = (token for token in _TOKEN.findall(folded) if not any(map(str.isdigit, token)) and MASKED not in token)
        return frozenset(
            self.stem(one)
            for one in found
            if len(one) > 1 and one not in self.function_words and one not in self.numbers
        )

    def stem(self, word: str) -> str:
        """The word without the ending that its number or gender gives it, roughly."""
        ending = next((one for one in self.endings if word.endswith(one) and len(word) - len(one) >= 3), "")
        return word.removesuffix(ending)


@cache
def _wording(language: Language) -> _Wording:
    return _Wording(language)


def of(claim: Claim, language: Language) -> list[Measure]:
    """What each figure of a claim measures, in the order of its figures."""
    wording = _wording(language)
    text = claim.sentence.text
    folded = fold(text)
    quantities = [figure.quantity for figure in claim.figures]
    context = wording.terms(_without(folded, quantities))
    compares = wording.compares.search(folded) is not None
    names = {fold(name) for name in _NAME.findall(text) if name[0].isupper()} - wording.function_words
    names = {name for name in names if not wording.vocabulary.no_name.fullmatch(name)}
    years = set(_YEAR.findall(folded))
    measures = []
    times = {quantity.text for quantity in quantities if quantity.kind == "time"}
    narrowed = frozenset(names | years | times)
    for before, quantity, after in zip([None, *quantities], quantities, [*quantities[1:], None], strict=False):
        room = _Room(before.end if before else 0, after.start if after else len(folded))
        start, end = _subject(quantity, folded, room, wording)
        terms = wording.terms(folded[start:end])
        low, high = _values(quantity, wording)
        own_count, counted_by = _own_count(quantity, text, folded, wording) if not years else ("", "")
        measures.append(
            Measure(
                low=low,
                high=high,
                bound=_bound(quantity, folded, wording),
                unit=_unit(quantity, wording),
                subject=text[start:end].strip(),
                terms=terms,
                context=context,
                qualifiers=narrowed if quantity.kind != "time" else frozenset(names | years),
                compares=compares,
                ours=bool(own_count) or _ours(quantity, folded, wording),
                own_count=own_count,
                counted_by=counted_by,
                mean=_mean(terms, wording),
            )
        )
    return measures


def contradict(one: Measure, other: Measure) -> bool:
    """Whether two figures of different sentences give the same measure of the same thing with two values.

    They do when unit, subject and all that narrows them are the same, most words of their sentences too, and the
    values differ by more than rounding; never where one is a bound, or a range that has the other in it.
    """
    if one.key != other.key or len(one.terms) < _WORDS_OF_SUBJECT or one.qualifiers != other.qualifiers:
        return False
    if one.compares or other.compares or {one.bound, other.bound} & {"at-least", "at-most"}:
        return False
    if len(one.context & other.context) < max(_WORDS_IN_COMMON, _LEAST_COMMON * len(one.context | other.context)):
        return False
    return differ(one, other)


def differ(one: Measure, other: Measure) -> bool:
    """Whether the values differ by more than the rounding of the rounder one; a range has all between its ends."""
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return False
    apart = max(one.low, other.low) - min(one.high, other.high)
    return apart > max(_rounding(one.low), _rounding(other.low)) / 2


def _rounding(value: float) -> float:
    """What the last digit that is not zero counts: 10 for 280, 1 for 73, 0.1 for 2.5."""
    if not value or value != round(value, 6):
        return 0.0
    step = 1e-6
    while step < abs(value) and abs(value / (step * 10) - round(value / (step * 10))) < 1e-9:
        step *= 10
    return step


def _without(folded: str, quantities: Sequence[Quantity]) -> str:
    """The text without the numbers of its quantities; what is counted stays."""
    pieces, position = [], 0
    for quantity in quantities:
        pieces += [
            folded[position : quantity.start],
            folded[quantity.start : quantity.end] if quantity.kind == "count" else " ",
        ]
        position = quantity.end
    return "".join([*pieces, folded[position:]])


def _values(quantity: Quantity, wording: _Wording) -> tuple[float | None, float | None]:
    values = wording.vocabulary.numbers(quantity.text)
    if quantity.kind == "fraction":
        worth = next((value for value, pattern in wording.worth if pattern.search(quantity.text)), None)
        if worth is None and values and values[-1]:
            worth = (values[0] if len(values) > 1 else 1.0) / values[-1]
        return worth, worth
    if not values:
        worth = next((value for value, pattern in wording.worth if pattern.search(quantity.text)), None)
        return worth, worth
    if quantity.kind == "rating":
        return values[0], values[0]
    return min(values), max(values)


def _unit(quantity: Quantity, wording: _Wording) -> str:
    if quantity.kind in ("multiplier", "doubling"):
        return "x"
    if quantity.kind == "fraction":
        return ""
    if quantity.kind == "count":
        nouns = [match[0] for match in wording.people.finditer(quantity.text)]
        return nouns[-1] if nouns else ""
    if found := next((unit for unit, pattern in wording.units if pattern.search(quantity.text)), ""):
        return found
    if quantity.kind == "physical":
        return quantity.text.split()[-1].lstrip("0123456789.,")
    return "%" if quantity.kind in _SHARES else ""


def _bound(quantity: Quantity, folded: str, wording: _Wording) -> str:
    before = folded[max(0, quantity.start - _BOUND_REACH) : quantity.start]
    if before[-1:] == "+" or re.search(r"\d\s?\+", quantity.text):
        return "at-least"
    for name, pattern in wording.bounds.items():
        for match in pattern.finditer(before):
            # « plus de 200 », « jusqu'à près de 200 »: nothing but small words may stand between.
            if len(_TOKEN.findall(before[match.end() :])) <= 1:
                return name
    return ""


def _clause(quantity: Quantity, folded: str) -> tuple[int, int]:
    """The clause that a figure stands in, no further than what it is of may be."""
    start, stop = max(0, quantity.start - _REACH), min(len(folded), quantity.end + _REACH)
    for end in _CLAUSE_END.finditer(folded, start, quantity.start):
        start = end.end()
    after = _CLAUSE_END.search(folded, quantity.end, stop)
    return start, after.start() if after else stop


def _ours(quantity: Quantity, folded: str, wording: _Wording) -> bool:
    start, end = _clause(quantity, folded)
    start, end = max(start, quantity.start - _NEAR), min(end, quantity.end + _NEAR)
    return any(said.search(folded, start, end) for said in wording.we)


def _own_count(quantity: Quantity, text: str, folded: str, wording: _Wording) -> tuple[str, str]:
    """Of what the figure is the author's own count, and the name of who counts unless it is « nous »."""
    if quantity.kind != "count":
        return "", ""
    noun = next((name for name, pattern in wording.own_nouns if pattern.search(quantity.text)), "")
    if not noun:
        return "", ""
    start, end = _clause(quantity, folded)
    before, after = folded[start : quantity.start], folded[quantity.end : end]
    if wording.narrows.search(after) or in_quotation_marks(before):
        return "", ""
    if _reaches(wording.studied, before):
        return f"studied {noun}", ""
    if (found := wording.own_after.search(after)) and len(_TOKEN.findall(after[: found.start()])) <= _SMALL_WORDS:
        return noun, ""
    if _reaches(wording.own_before, before):
        return noun, ""
    if named := _reaches(wording.own_verbs, before):
        words = _TOKEN.findall(text[start : start + named.start()])
        if words and words[-1][0].isupper():
            return noun, fold(words[-1])
    return "", ""


def _mean(terms: frozenset[str], wording: _Wording) -> str:
    return next(iter(sorted(terms & wording.results)), "") if terms & wording.mean else ""


def _reaches(pattern: re.Pattern[str], before: str) -> re.Match[str] | None:
    """The last of the phrases before a figure, if only few words stand between the two."""
    found: re.Match[str] | None = None
    for match in pattern.finditer(before):
        found = match
    return found if found and len(_TOKEN.findall(before[found.end() :])) <= _SMALL_WORDS else None


def _subject(quantity: Quantity, folded: str, room: _Room, wording: _Wording) -> tuple[int, int]:
    """Where the words stand that the quantity is of; an empty place where there are none."""
    if quantity.kind in ("count", "fraction") and (noun := wording.people.search(quantity.text)):
        _, end = _following(folded, quantity.end, room, wording)
        return quantity.start + noun.start(), max(quantity.end, end)
    if quantity.kind in _OF_KINDS and (link := wording.of.match(folded, quantity.end)):
        start, end = _following(folded, link.end(), room, wording)
        if end > start:
            return start, end
    if quantity.kind == "fraction":
        return _following(folded, quantity.end, room, wording)
    start, end = _preceding(folded, quantity.start, room, wording)
    if end > start:
        return start, end
    return _following(folded, quantity.end, room, wording)


def _following(folded: str, start: int, room: _Room, wording: _Wording) -> tuple[int, int]:
    """The words from there on that hang together: to the end of the clause, the next figure, or a word that ends it."""
    stop = max(start, min(start + _REACH, room.end))
    if end := _CLAUSE_END.search(folded, start, stop):
        stop = end.start()
    first, last, count = None, start, 0
    for token in _TOKEN.finditer(folded, start, stop):
        word = token[0]
        if word in wording.function_words and word not in wording.articles and word not in wording.joins:
            break
        if word in wording.function_words:
            continue
        first = token.start() if first is None else first
        last, count = token.end(), count + 1
        if count == _LONGEST:
            break
    return (first, last) if first is not None else (start, start)


def _preceding(folded: str, end: int, room: _Room, wording: _Wording) -> tuple[int, int]:
    """The noun phrase before: behind the words that lead from it to the figure, back to its article."""
    floor = max(end - _REACH, room.start)
    for stop in _CLAUSE_END.finditer(folded, floor, end):
        if folded[stop.end() : end].strip(" *_\"'«“+~≈-"):
            floor = stop.end()
    tokens = list(_TOKEN.finditer(folded, floor, end))
    while tokens and wording.bridges.fullmatch(tokens[-1][0]):
        tokens.pop()
    first: int | None = None
    last = end
    count = 0
    while tokens and count < _LONGEST:
        token = tokens.pop()
        word = token[0]
        if word in wording.articles and (not tokens or tokens[-1][0] not in wording.joins):
            break
        if word in wording.function_words and word not in wording.articles and word not in wording.joins:
            break
        if word not in wording.function_words:
            last = token.end() if first is None else last
            first, count = token.start(), count + 1
    return (first, last) if first is not None else (end, end)
