"""Quantities in prose, and the phrases around them, as a language's ``[claims]`` section words both.

A phrase is written in small letters without accents. In it ``*`` ends a word anyhow, ``…`` stands for up to three words,
``^`` for the start of the sentence, ``{n}`` for a number or a range in figures or words, ``{name}`` for any phrase of the
list of that name, and what stands in brackets must follow without being part of it. Text is folded in the same way, character for character, so that places found in it are places in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from contentlint.span import Span

if TYPE_CHECKING:
    from contentlint.source.language import Language

# What stands before the first word of a sentence without being one: bullets, quotation marks, emoji, arrows.
_OPENING = r"\A[\W_]*"
_GAP = r"(?:[\w'-]+\s+){0,3}?(?:\w{1,2}')?"
_FIGURE = r"(?:\d{1,3}(?:(?:\s{1,2}|[.,'])\d{3}(?!\d))+|\d+)(?:[.,]\d+)?"
_FIGURES = re.compile(_FIGURE)
_GROUP_MARK = re.compile(r"(?:\s+|[.,'])(?=\d{3}(?!\d))")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_SLOT = re.compile(r"\{([\w-]+)\}")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit or its noun. ``start`` and ``end`` count from the start of the text searched."""

    kind: str
    start: int
    end: int
    value: float | None
    """The greatest number that is written in figures in it, its magnitude counted; None where all is in words."""

    @property
    def span(self) -> Span:
        """Its place in the text searched."""
        return Span(self.start, self.end)


class _Folding(dict[int, str]):
    """Each character to the one that it is compared as; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = unicodedata.normalize("NFKD", character)[0].lower()
        if character.isspace() or unicodedata.category(character) == "Zs":
            folded = "\n" if character == "\n" else " "
        elif character in "’ʼ‘":
            folded = "'"
        elif character in "‐‑‒–—−":
            folded = "-"
        elif len(folded) != 1 or character in "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉":
            # A raised digit is a mark of reference or an exponent, never part of a number.
            folded = character
        self[code] = folded
        return folded


_folding = _Folding()


def fold(text: str) -> str:
    """The text in small letters without accents, with plain spaces, apostrophes and hyphens; as long as it was."""
    return text.translate(_folding)


class Vocabulary:
    """The ``[claims]`` section of a language, made ready to search folded text."""

    def __init__(self, section: Mapping[str, Any]) -> None:
        self._words: Mapping[str, Sequence[str]] = section.get("words", {})
        self._number = _number(section)
        self._magnitudes = [
            (size, re.compile(rf"(?<![^\W\d])(?:{_alternatives(section.get(name, []))})(?!\w)"))
            for name, size in (("thousands", 1e3), ("millions", 1e6), ("billions", 1e9))
        ]
        self._kinds = {kind: self.pattern(phrases) for kind, phrases in section.get("quantities", {}).items()}
        self._idioms = self.pattern(section.get("idioms", {}).get("phrases", []))
        cues = {**self._words, **section.get("cues", {})}
        self.cues = {name: self.pattern(phrases) for name, phrases in cues.items()}
        self.sources = {name: self.pattern(phrases) for name, phrases in section.get("sources", {}).items()}
        self.no_name = self.pattern([*section.get("sources", {}).get("no-names", []), "{people}", "{event}", "{measure}"])
        """What is no name of a source although it may be written with a capital."""

    def cues_in(self, folded: str) -> set[str]:
        """The names of the cues that a folded text holds."""
        return {name for name, pattern in self.cues.items() if pattern.search(folded)}

    def pattern(self, phrases: Iterable[str]) -> re.Pattern[str]:
        """What finds any of the phrases in folded text, the longest first. No phrases: what finds nothing."""
        alternatives = [self._phrase(phrase) for phrase in sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))]
        return re.compile("|".join(alternatives) if alternatives else r"(?!)")

    def _phrase(self, phrase: str) -> str:
        anchor = _OPENING if phrase.startswith("^") else ""
        phrase, _, after = phrase.removeprefix("^").partition("(")
        found = anchor + self._sequence(phrase.split())
        return found + (rf"(?=\s*{self._sequence(after.removesuffix(')').split())})" if after else "")

    def _sequence(self, tokens: Sequence[str]) -> str:
        joined = self._token(tokens[0])
        for before, token in pairwise(tokens):
            words = before[-1].isalnum() and token[0].isalnum()
            joined += (r"[\s-]+" if words else r"\s*") + self._token(token)
        starts = r"(?<!\w)" if tokens[0][0].isalnum() else ""
        whole = tokens[-1][-1].isalnum() or (tokens[-1].endswith("}") and tokens[-1] != "{n}")
        return starts + joined + (r"(?!\w)" if whole else "")

    def _token(self, token: str) -> str:
        if token == "…":
            return _GAP
        parts = []
        place = 0
        for slot in _SLOT.finditer(token):
            parts += [_word(token[place : slot.start()]), self._slot(slot[1])]
            place = slot.end()
        return "".join([*parts, _word(token[place:])])

    def _slot(self, name: str) -> str:
        return self._number if name == "n" else f"(?:{_alternatives(self._words.get(name, []))})"

    def quantities(self, folded: str) -> Iterator[Quantity]:
        """The quantities of a folded text, in order, none over another; where kinds compete the first one listed wins."""
        taken = [match.span() for match in self._idioms.finditer(folded)]
        found = []
        for kind, pattern in self._kinds.items():
            for match in pattern.finditer(folded):
                start, end = match.span()
                if start < end and not any(start < other_end and other_start < end for other_start, other_end in taken):
                    taken.append((start, end))
                    found.append(Quantity(kind, start, end, self._value(match[0])))
        yield from sorted(found, key=lambda quantity: quantity.start)

    def _value(self, written: str) -> float | None:
        values = []
        for number in _FIGURES.finditer(written):
            size = next((size for size, pattern in self._magnitudes if pattern.search(written, number.end())), 1.0)
            values.append(_decimal(number[0]) * size)
        return max(values, default=None)


@cache
def vocabulary(language: Language) -> Vocabulary:
    """What that language says quantities and sources with. A language without ``[claims]`` finds nothing."""
    return Vocabulary(language.claims)


def looks_like_year(written: str) -> bool:
    """Whether a number in figures could be a year of our time."""
    return bool(_YEAR.match(written))


def _decimal(written: str) -> float:
    """The value of a number, whatever its language groups digits with: three digits after a sign are a group."""
    return float(_GROUP_MARK.sub("", written).replace(",", "."))


def _number(section: Mapping[str, Any]) -> str:
    """A number in figures or in words, or a range of two, with its magnitude (``1,5 Md``, ``4.45 million``)."""
    words = _alternatives(section.get("number-words", []))
    joiners = _alternatives(section.get("number-joiners", []))
    spelled = rf"(?<!\w)(?:{words})(?:[\s-](?:(?:{joiners})[\s-])?(?:{words}))*(?!\w)"
    number = rf"(?:(?<![\w.,/#-]){_FIGURE}|{spelled})"
    magnitudes = _alternatives([word for name in ("thousands", "millions", "billions") for word in section.get(name, [])])
    range_words = _alternatives(section.get("range-words", []))
    currency = _alternatives(section.get("words", {}).get("currency", []))
    other = rf"(?:\s*(?:%|{currency}))?(?:\s*[-/]\s*|\s+(?:{range_words})\s+)(?:[$€£₹]\s*)?"
    return rf"(?:{number}(?:\s?(?:{magnitudes})(?!\w))?(?:{other}(?:{_FIGURE}|{spelled})(?:\s?(?:{magnitudes})(?!\w))?)?\+?)"


def _alternatives(phrases: Iterable[str]) -> str:
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(r"\s+".join(_word(token) for token in phrase.split()) for phrase in ordered) or r"(?!)"


def _word(token: str) -> str:
    return r"\w*".join(re.escape(part) for part in token.split("*"))
