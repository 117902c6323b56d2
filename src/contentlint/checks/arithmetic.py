"""Sums that a page does before its readers, with all their terms: products, changes, multiples, totals, returns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from operator import add, mul, sub, truediv
from typing import Annotated, NamedTuple

from msgspec import Meta

from contentlint.check import Match, Place, check
from contentlint.checks import _claims
from contentlint.source import language
from contentlint.source.document import Document
from contentlint.source.evidence import METADATA
from contentlint.source.nodes import Node, Table
from contentlint.source.prose import Run, Sentence
from contentlint.source.quantities import Quantity, Vocabulary, fold, vocabulary
from contentlint.span import Span

_Folded = tuple[Sentence, str]
_Operator = Callable[[float, float], float]
_OPERATORS: dict[str, _Operator] = {"×": mul, "*": mul, "x": mul, "÷": truediv, "/": truediv, "+": add, "-": sub}
_FIRST = (mul, truediv)
"""What binds stronger."""
# Between two operands: a unit of up to three words, the sign, perhaps a currency.
_UNIT = r"\s?(?:[%€$£]|[^\W\d_]{1,20}+(?:/[^\W\d_]{1,20}+)?\s?){0,3}"
_OPERATION = re.compile(rf"{_UNIT}\s?(?:(×|\*|÷)\s?|\s(x|/|\+|-)\s)[$€£]?\s?")
_AFTER_OPERATOR = re.compile(r"[×*÷/+=(^-]\s*[$€£]?\s*\Z")
_BEFORE_OPERATOR = re.compile(rf"{_UNIT}\s?(?:[×*÷+)^=-]|/(?![^\W\d_]))")
_UNIT_ONLY = re.compile(rf"{_UNIT}\s?")
_EQUALS_SIGN = re.compile("=")
_WORD_OF_UNIT = re.compile(r"\s?([%€$£]|[^\W\d_]{1,20})")
_CURRENCY_BEFORE = re.compile(r"([€$£])\s?\Z")
_CONVERSIONS = (1, 7, 12, 24, 52, 60, 100, 365, 1000, 1024, 3600)
"""Between the units of the terms and that of the result: minutes and hours, percent and parts, euros and thousands."""
_SIGNS = frozenset("%€$£")
_YEARS = range(1900, 2101)
_DIGIT = re.compile(r"\d")
_MOST_TERMS = 12
"""Numbers of a sentence from which nobody can tell which belong together."""
_NEAR = 40
"""Characters from the two terms to what is said of them."""


@dataclass(frozen=True, slots=True)
class Options:
    """How far from its terms a result may be."""

    tolerance: Annotated[
        float, Meta(ge=0, le=1, description="Share by which a result may differ from its terms: people round.")
    ] = 0.15
    return_tolerance: Annotated[
        float,
        Meta(ge=0, le=1, description="The same for a return on investment, which is given to the percent."),
    ] = 0.05


class _Term(NamedTuple):
    """A number of a sentence, and where it is in the file."""

    value: float
    start: int
    end: int
    unit: str
    span: Span


@check("arithmetic", needs={"prose", "front-matter"})
def arithmetic(document: Document, options: Options) -> Iterator[Match]:
    """A result that its terms do not give, where the text has all the terms and each is the only one that it can be.

    ``stated`` is the result in the text, ``expected`` what the terms give. Messages: ``equation`` (``sum`` is the text
    of the terms), ``change`` (``greater``, ``smaller``, ``base``), ``times`` (``larger``, ``smaller``), ``total``,
    ``return-years`` and ``return-months`` (``benefit``, ``investment``, the period). Related places are the terms.
    """
    spoken = language.load(document.language)
    if not spoken.claims:
        return
    words = vocabulary(spoken)
    read = (sentence for sentence, _ in _claims.sentences(document))
    sentences = [(one, fold(one.text)) for one in read if one.run.kind == "heading" or _DIGIT.search(one.text)]
    prices = _Prices(sentences, words)
    for sentence, folded in sentences:
        terms = _terms(sentence, folded, words)
        if 2 <= len(terms) <= _MOST_TERMS and not sentence.quotes(0):
            yield from _equations(sentence, folded, terms, words, options)
            yield from _changes(folded, terms, words, options)
            yield from _multiples(folded, terms, words, options, prices)
    yield from _totals(document, words, options)
    yield from _returns([one for one in sentences if one[0].run.kind != METADATA], words, options)


def _terms(sentence: Sentence, folded: str, words: Vocabulary) -> list[_Term]:
    return [_term(sentence, folded, figure) for figure in words.figures(folded)]


def _term(sentence: Sentence, folded: str, figure: Quantity) -> _Term:
    before = _CURRENCY_BEFORE.search(folded[max(0, figure.start - 2) : figure.start])
    after = _WORD_OF_UNIT.match(folded, figure.end)
    unit = before[1] if before else after[1].rstrip("s") if after else ""
    span = sentence.run.span(sentence.start + figure.start, sentence.start + figure.end)
    return _Term(figure.value or 0.0, figure.start, figure.end, unit, span)


def _related(terms: Sequence[_Term]) -> tuple[Place, ...]:
    return tuple(Place(term.span, "term") for term in terms)


def _differs(stated: float, readings: Sequence[float], tolerance: float) -> bool:
    """Whether the result is none of what its terms can be read to give."""
    return all(abs(stated - reading) > tolerance * max(abs(reading), 1e-9) for reading in readings)


# « 125 × 26 = 3 250 »


def _equations(
    sentence: Sentence, folded: str, terms: Sequence[_Term], words: Vocabulary, options: Options
) -> Iterator[Match]:
    place = 0
    while place < len(terms) - 2:
        last, operators = place, []
        while last + 1 < len(terms) and (found := _OPERATION.fullmatch(folded, terms[last].end, terms[last + 1].start)):
            operators.append(_OPERATORS[found[1] or found[2]])
            last += 1
        if operators and last + 1 < len(terms) and _is_equal(folded, terms[last], terms[last + 1], operators, words):
            result = terms[last + 1]
            whole = not _AFTER_OPERATOR.search(
                folded[max(0, terms[place].start - _NEAR) : terms[place].start]
            ) and not _BEFORE_OPERATOR.match(folded, result.end)
            used = terms[place : last + 1]
            expected = _evaluated([term.value for term in used], operators)
            if whole and expected and _differs(result.value, _converted(expected), options.tolerance):
                values = {
                    "sum": sentence.text[used[0].start : used[-1].end],
                    "expected": expected,
                    "stated": result.value,
                }
                yield Match(result.span, "equation", values, related=_related(used))
        place = last + 1


def _is_equal(folded: str, term: _Term, result: _Term, operators: Sequence[_Operator], words: Vocabulary) -> bool:
    """Whether the result is said to be that of the terms; in words, of products only (« de + 60 ans, soit »)."""
    between = folded[term.end : result.start]
    signs = _EQUALS_SIGN if {add, sub}.intersection(operators) else words.said("equals")
    start = _ends_with(between, signs) if len(between) <= _NEAR else None
    return start is not None and _UNIT_ONLY.fullmatch(between, 0, start) is not None


def _evaluated(values: list[float], operators: Sequence[_Operator]) -> float | None:
    """What the chain gives, products before sums; None for what cannot be divided."""
    rest, signs = [values[0]], []
    for value, operator in zip(values[1:], operators, strict=True):
        if operator in _FIRST:
            if operator is truediv and not value:
                return None
            rest[-1] = operator(rest[-1], value)
        else:
            rest.append(value)
            signs.append(operator)
    result = rest[0]
    for value, operator in zip(rest[1:], signs, strict=True):
        result = operator(result, value)
    return float(result)


def _converted(expected: float) -> list[float]:
    return [expected * by for by in _CONVERSIONS] + [expected / by for by in _CONVERSIONS]


# « de 40 à 60, soit une hausse de 50 % »


def _changes(folded: str, terms: Sequence[_Term], words: Vocabulary, options: Options) -> Iterator[Match]:
    if len(terms) != 3 or terms[2].unit != "%":
        return
    first, second, stated = terms
    if not _is_from_to(folded, first, second, words) or not first.value:
        return
    between = folded[second.end : stated.start]
    falls = second.value < first.value
    link = _ends_with(between, words.said("so-down" if falls else "so-up"))
    after = words.said("after-change").match(folded, stated.end + 1 + (folded[stated.end + 1 : stated.end + 2] == " "))
    signed = between.rstrip().endswith(("+", "-"))
    if link is None or link > _NEAR or (words.lists("after-change") and not signed and not after):
        return
    change = abs(second.value - first.value)
    readings = [change / first.value * 100, second.value / first.value * 100]
    if second.value:
        readings.append(change / second.value * 100)
    if second.unit == "%":
        readings.append(change)
    if _differs(stated.value, readings, options.tolerance):
        greater, smaller = max(first.value, second.value), min(first.value, second.value)
        values = {"greater": greater, "smaller": smaller, "base": first.value, "expected": readings[0]}
        yield Match(stated.span, "change", values | {"stated": stated.value}, related=_related(terms[:2]))


def _is_from_to(folded: str, first: _Term, second: _Term, words: Vocabulary) -> bool:
    """Whether the two are said to be before and after, in the same unit."""
    before, between = folded[max(0, first.start - _NEAR) : first.start], folded[first.end : second.start]
    if _ends_with(before, words.said("from")) is None or _ends_with(between, words.said("to")) is None:
        return False
    years = all(term.value in _YEARS and term.unit not in _SIGNS for term in (first, second))
    bare = not _WORD_OF_UNIT.match(between) or words.said("to").match(between.lstrip()) is not None
    return not years and len(between) <= _NEAR and (bare or first.unit == second.unit)


def _ends_with(text: str, phrases: re.Pattern[str]) -> int | None:
    """Where the phrase begins that the text ends with, signs of currency aside."""
    text = text.rstrip(" $€£~≈")
    return next((match.start() for match in phrases.finditer(text) if match.end() == len(text)), None)


# « 5 000 contre 750, soit 10 fois plus »


def _multiples(
    folded: str,
    terms: Sequence[_Term],
    words: Vocabulary,
    options: Options,
    prices: _Prices,
) -> Iterator[Match]:
    for number, stated in enumerate(terms):
        said = words.said("times").match(folded, stated.end + (folded[stated.end : stated.end + 1] == " "))
        if (
            not said
            or not number
            or _ends_with(folded[terms[number - 1].end : stated.start], words.said("so-times")) is None
        ):
            continue
        last = terms[number - 1]
        of_unit = [term for term in terms[:number] if term.unit == last.unit]
        others = of_unit[:-1]
        if not others and words.said("same-price").search(folded, said.end()):
            others = prices.others(last, terms[:number])
        if len(others) != 1 or not others[0].value or not last.value:
            continue
        larger, smaller = max(last.value, others[0].value), min(last.value, others[0].value)
        readings = [larger / smaller, larger / smaller - 1]
        if _differs(stated.value, readings, options.tolerance):
            values = {"larger": larger, "smaller": smaller, "expected": readings[0], "stated": stated.value}
            yield Match(stated.span, "times", values, related=_related([others[0], last]))


class _Prices:
    """What a page says is had for which price: « 20 € pour 750 tâches »."""

    def __init__(self, sentences: Sequence[_Folded], words: Vocabulary) -> None:
        self._sentences = sentences
        self._words = words

    def others(self, last: _Term, before: Sequence[_Term]) -> list[_Term]:
        """What else is had for the price that stands before the term, if it is one; each value once."""
        prices = [term for term in before if self._is_price(term)]
        had = self._had.get((prices[0].value, prices[0].unit), {}) if len(prices) == 1 else {}
        return [term for value, term in had.items() if value != last.value]

    def _is_price(self, term: _Term) -> bool:
        return self._words.said("currency").fullmatch(term.unit) is not None

    @cached_property
    def _had(self) -> dict[tuple[float, str], dict[float, _Term]]:
        found: dict[tuple[float, str], dict[float, _Term]] = {}
        for sentence, folded in self._sentences:
            for price, had in pairwise(_terms(sentence, folded, self._words)):
                if self._is_price(price) and had.unit != price.unit:
                    found.setdefault((price.value, price.unit), {}).setdefault(had.value, had)
        return found


# A table with a row of totals


def _totals(document: Document, words: Vocabulary, options: Options) -> Iterator[Match]:
    runs = {id(run.node): run for run in document.prose if run.kind == "table-cell"}
    for table in document.nodes(Table):
        rows = [row.children for row in table.children]
        labels = [number for number, row in enumerate(rows) if row and _is_total(runs.get(id(row[0])), words)]
        if labels != [len(rows) - 1] or len(rows) < 4:
            continue
        for column in range(1, len(rows[-1])):
            yield from _column([row[column] for row in rows[1:] if column < len(row)], runs, words, options)


def _is_total(run: Run | None, words: Vocabulary) -> bool:
    return run is not None and words.said("total").fullmatch(fold(run.text).strip(" :*")) is not None


def _column(cells: Sequence[Node], runs: dict[int, Run], words: Vocabulary, options: Options) -> Iterator[Match]:
    """The column whose cells are one number each, in one unit."""
    terms = []
    for cell in cells:
        run = runs.get(id(cell))
        found = _terms(Sentence(run, 0, len(run.text)), fold(run.text), words) if run else []
        if len(found) != 1 or (run and re.match(r"\s*[-~<>≈]", fold(run.text))):
            return
        terms += found
    *parts, stated = terms
    expected = sum(term.value for term in parts)
    same = len({term.unit for term in terms}) == 1 and stated.unit != "%"
    if same and expected and _differs(stated.value, [expected], options.tolerance):
        yield Match(stated.span, "total", {"expected": expected, "stated": stated.value}, related=_related(parts))


# Return on investment, in one section


def _returns(sentences: Sequence[_Folded], words: Vocabulary, options: Options) -> Iterator[Match]:
    section: list[_Folded] = []
    for one in sentences:
        if one[0].run.kind == "heading":
            yield from _return_of(section, words, options)
            section = []
        section.append(one)
    yield from _return_of(section, words, options)


def _return_of(section: Sequence[_Folded], words: Vocabulary, options: Options) -> Iterator[Match]:
    found = _only(section, "roi-of", words)
    if not found:
        return
    of_return, stated = found
    investment, benefit = _only(section, "invested", words), _only(section, "yearly-benefit", words)
    months, years = _only([of_return], "in-months", words), _only([of_return], "in-years", words)
    period = months or years
    if not (investment and benefit and period) or (months and years) or not investment[1].value:
        return
    length = period[1].value / 12 if months else period[1].value
    gross = benefit[1].value * length / investment[1].value * 100
    if not _differs(stated.value, [gross - 100, gross], options.return_tolerance):
        return
    values = {
        "benefit": benefit[1].value,
        "investment": investment[1].value,
        "months": period[1].value,
        "years": length,
        "expected": float(round(gross - 100)),
        "stated": stated.value,
    }
    message = "return-years" if length == int(length) else "return-months"
    yield Match(stated.span, message, values, related=_related([investment[1], benefit[1], period[1]]))


def _only(section: Sequence[_Folded], name: str, words: Vocabulary) -> tuple[_Folded, _Term] | None:
    """The number that the phrases of a list hold, if it is the only one; with its sentence."""
    found = []
    for sentence, folded in section:
        for match in words.said(name).finditer(folded):
            for one in words.figures(match[0]):
                placed = replace(one, start=match.start() + one.start, end=match.start() + one.end)
                found.append(((sentence, folded), _term(sentence, folded, placed)))
    return found[0] if len(found) == 1 else None
