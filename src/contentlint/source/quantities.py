"""Quantities in prose, and the phrases around them, as a language's ``[claims]`` section words both.

A phrase is written in small letters. In it ``*`` stands for any letters, ``…`` for up to three words, ``^`` for the
start of the sentence, ``{n}`` for a number or a range in figures or words, ``{ratio}`` for a fraction (``2/3``),
``{name}`` for any phrase of that list; what stands in brackets must follow without being part of it. The accents of a
phrase may be missing in the text. Text is searched in a folded form of the same length, so that places found in it are
places in the text.
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
_SINGLE_FIGURE = re.compile(rf"(?=\d)(?<![\w.,/#])(?<!\w-){_FIGURE}")
_LETTERS = re.compile(r"[^\W\d_]+")
_GROUP_MARK = re.compile(r"(?:\s+|[.,'])(?=\d{3}(?!\d))")
_RATIO = r"(?<![\w/.,-])[1-9]/(?:[2-9]|10|100)(?![\d/])"
_NOTHING = r"(?!)"
_SLOT = re.compile(r"\{([\w-]+)\}")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit or its noun. ``start`` and ``end`` count from the start of the text searched."""

    kind: str
    start: int
    end: int
    text: str
    """What is written there, folded."""
    value: float | None
    """The greatest number that is written in figures in it, its magnitude counted; without figures, that in words."""

    @property
    def span(self) -> Span:
        """Its place in the text searched."""
        return Span(self.start, self.end)


class _Folding(dict[int, str]):
    """Each character to the one that it is compared as; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = character.lower()
        if character.isspace() or unicodedata.category(character) == "Zs":
            folded = "\n" if character == "\n" else " "
        elif character in "’ʼ‘":
            folded = "'"
        elif character in "‐‑‒–—−":
            folded = "-"
        elif len(folded) != 1:
            folded = character
        self[code] = folded
        return folded


_folding = _Folding()


def fold(text: str) -> str:
    """The text in small letters with plain spaces, apostrophes and hyphens; as long as it was."""
    return text.translate(_folding)


class Vocabulary:
    """The ``[claims]`` section of a language, made ready to search folded text."""

    def __init__(self, section: Mapping[str, Any]) -> None:
        self._words: Mapping[str, Sequence[str]] = section.get("words", {})
        self._number_words: Mapping[str, int] = section.get("number-words", {})
        number = _number(section)
        self._slots = {name: f"(?:{_alternatives(phrases)})" for name, phrases in self._words.items()}
        self._slots |= {"n": number, "ratio": _RATIO}
        self._numbers = re.compile(number)
        self._magnitudes = [
            (size, self.unit(section.get(name, ())))
            for name, size in (("thousands", 1e3), ("millions", 1e6), ("billions", 1e9))
        ]
        kinds = section.get("quantities", {})
        self._kinds = [_Kind(kind, phrases, self) for kind, phrases in kinds.items()]
        # One look tells that a text has none of these; most have none.
        self._in_words = self.pattern(p for phrases in kinds.values() for p in phrases if "{n}" not in p)
        self._idioms = self.pattern(section.get("idioms", {}).get("phrases", []))
        sections = (self._words, *(section.get(name, {}) for name in ("cues", "sources", "promises", "sums")))
        self._lists: dict[str, Sequence[str]] = {name: phrases for part in sections for name, phrases in part.items()}
        self._patterns: dict[str, re.Pattern[str]] = {}
        self.no_name = self.pattern([*self._lists.get("no-names", []), "{people}", "{event}", "{measure}"])
        """What is no name of a source although it may be written with a capital."""

    def said(self, name: str) -> re.Pattern[str]:
        """What finds the phrases of that list of words, cues or sources; made when it is first asked for."""
        if name not in self._patterns:
            self._patterns[name] = self.pattern(self._lists.get(name, ()))
        return self._patterns[name]

    def lists(self, name: str) -> Sequence[str]:
        """The phrases of that list as they are written; empty where the language has none."""
        return self._lists.get(name, ())

    def pattern(self, phrases: Iterable[str]) -> re.Pattern[str]:
        """What finds any of the phrases in folded text, the longest first. No phrases: what finds nothing."""
        ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
        # All that begins with a letter stands behind one test for the start of a word: it fails fast inside of words.
        words = _by_first_letter((phrase, self.phrase(phrase)) for phrase in ordered if _begins_word(phrase))
        others = [self.phrase(phrase) for phrase in ordered if not _begins_word(phrase)]
        return re.compile("|".join([rf"(?<!\w)(?:{words})", *others] if words else others) or _NOTHING)

    def unit(self, words: Iterable[str]) -> re.Pattern[str]:
        """What finds any of the words in folded text, right after a digit too: « 12h », “5k”."""
        return re.compile(rf"(?<![^\W\d])(?:{_alternatives(words)})(?!(?<=\w)\w)")

    def phrase(self, phrase: str) -> str:
        """The expression that finds a phrase."""
        anchor = _OPENING if phrase.startswith("^") else ""
        phrase, _, after = phrase.removeprefix("^").partition("(")
        found = anchor + self._sequence(phrase.split())
        return found + (rf"(?=\s*{self._sequence(after.removesuffix(')').split())})" if after else "")

    def _sequence(self, tokens: Sequence[str]) -> str:
        if not tokens:
            return ""
        joined = self._token(tokens[0])
        for before, token in pairwise(tokens):
            words = before[-1].isalnum() and token[0].isalnum()
            joined += (r"[\s-]+" if words else r"\s*") + self._token(token)
        last = tokens[-1]
        ends_word = last[-1].isalnum() or (last.endswith("}") and last != "{n}")
        return joined + (r"(?!\w)" if ends_word else "")

    def _token(self, token: str) -> str:
        if token == "…":
            return _GAP
        parts = []
        place = 0
        for slot in _SLOT.finditer(token):
            parts += [_word(token[place : slot.start()]), self._slots.get(slot[1], _NOTHING)]
            place = slot.end()
        return "".join([*parts, _word(token[place:])])

    def quantities(self, folded: str) -> list[Quantity]:
        """The quantities of a folded text, in order, none over another; of kinds that compete the first listed wins."""
        numbers = list(self._numbers.finditer(folded))
        in_words = self._in_words.search(folded) is not None
        if not numbers and not in_words:
            return []
        spans = [
            (kind.name, start, end) for kind in self._kinds for start, end in kind.spans(folded, numbers, in_words)
        ]
        found: list[Quantity] = []
        taken = bytearray(len(folded))
        for match in self._idioms.finditer(folded):
            taken[match.start() : match.end()] = b"\1" * len(match[0])
        for name, start, end in spans:
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append(Quantity(name, start, end, folded[start:end], self._value(folded[start:end])))
        return sorted(found, key=lambda quantity: quantity.start)

    def numbers(self, written: str) -> list[float]:
        """The numbers of a quantity in order, magnitudes counted: both of a range, those in words too."""
        if values := self._in_figures(written):
            return values
        # « quarante-deux pour cent »: the hundred is part of the unit.
        spoken = [self._spoken(number[0]) for number in self._numbers.finditer(self.said("percent").sub(" ", written))]
        return [value for value in spoken if value is not None]

    def figures(self, folded: str) -> list[Quantity]:
        """Each number that a folded text writes in figures, its magnitude counted; of a range both."""
        found = []
        for match in _SINGLE_FIGURE.finditer(folded):
            value, end = _decimal(match[0]), match.end()
            for size, pattern in self._magnitudes:
                after = end + (folded[end : end + 1] == " ")
                if magnitude := pattern.match(folded, after):
                    value, end = value * size, magnitude.end()
                    break
            found.append(Quantity("figure", match.start(), end, folded[match.start() : end], value))
        return found

    def _value(self, written: str) -> float | None:
        values = self._in_figures(written)
        return max(values) if values else self._spoken(written)

    def _in_figures(self, written: str) -> list[float]:
        values = []
        for number in _FIGURES.finditer(written):
            size = next((size for size, pattern in self._magnitudes if pattern.search(written, number.end())), 1.0)
            values.append(_decimal(number[0]) * size)
        return values

    def _spoken(self, written: str) -> float | None:
        """The value of a number in words: « quarante-deux », « quatre-vingt mille », “two hundred and five”."""
        number = self._numbers.search(written)
        total = current = 0.0
        for word in _LETTERS.findall(number[0]) if number else ():
            value = self._number_words.get(word, 0)
            size = next((size for size, pattern in self._magnitudes if pattern.fullmatch(word)), 0.0)
            if size or value >= 1000:
                total += max(1.0, current) * (size or value)
                current = 0.0
            elif value == 100 and current < 10:
                current = max(1.0, current) * value
            elif value == 20 and 0 < current % 100 < 10:  # quatre-vingt
                current += current % 100 * 19
            else:
                current += value
        return total + current or None


class _Kind:
    """What makes a quantity of one kind. Most of its phrases are looked for at the numbers of a text only."""

    def __init__(self, name: str, phrases: Iterable[str], vocabulary: Vocabulary) -> None:
        self.name = name
        phrases = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
        after = [vocabulary.phrase(phrase.removeprefix("{n}")) for phrase in phrases if phrase.startswith("{n}")]
        self._after_number = re.compile(r"\s*(?:" + ("|".join(after) if after else _NOTHING) + ")")
        self._with_number = vocabulary.pattern(p for p in phrases if "{n}" in p and not p.startswith("{n}"))
        self._in_words = vocabulary.pattern(p for p in phrases if "{n}" not in p)

    def spans(self, folded: str, numbers: Sequence[re.Match[str]], in_words: bool) -> Iterator[tuple[int, int]]:
        """Where a text has a quantity of this kind. ``in_words``: whether to look for those without a number."""
        for number in numbers:
            if unit := self._after_number.match(folded, number.end()):
                yield number.start(), max(number.end(), unit.start() + len(unit[0].rstrip()))
        if numbers:
            yield from (match.span() for match in self._with_number.finditer(folded))
        if in_words:
            yield from (match.span() for match in self._in_words.finditer(folded))


@cache
def vocabulary(language: Language) -> Vocabulary:
    """What that language says quantities and sources with. A language without ``[claims]`` finds nothing."""
    return Vocabulary(language.claims)


def _decimal(written: str) -> float:
    """The value of a number, whatever its language groups digits with: three digits after a sign are a group."""
    return float(_GROUP_MARK.sub("", written).replace(",", "."))


def _number(section: Mapping[str, Any]) -> str:
    """A number in figures or in words, or a range of two, with its magnitude (``1,5 Md``, ``4.45 million``)."""
    words = _alternatives(section.get("number-words", []))
    joiners = _alternatives(section.get("number-joiners", []))
    spelled = rf"(?:{words})(?:[\s-](?:(?:{joiners})[\s-])?(?:{words}))*(?!\w)"
    magnitudes = _alternatives(word for name in ("thousands", "millions", "billions") for word in section.get(name, []))
    magnitude = rf"(?:\s?(?:{magnitudes})(?!\w))?"
    to = rf"(?:\s*[-/]\s*|\s+(?:{_alternatives(section.get('range-words', []))})\s+)"
    # « un million », « a thousand »: the article counts before a magnitude only.
    one = rf"(?:{_alternatives(section.get('ones', []))})(?=\s(?:{magnitudes})(?!\w))"
    first = rf"(?<!\w)(?:(?<![.,/#-]){_FIGURE}|{spelled}|{one}){magnitude}"
    return rf"(?:{first}(?:{to}(?:{_FIGURE}|{spelled}){magnitude})?\+?)"


def _alternatives(phrases: Iterable[str]) -> str:
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    made = [(phrase, r"\s+".join(_word(token) for token in phrase.split())) for phrase in ordered]
    words = _by_first_letter(pair for pair in made if pair[0][0].isalpha())
    return (
        "|".join([words] * bool(words) + [expression for phrase, expression in made if not phrase[0].isalpha()])
        or _NOTHING
    )


def _begins_word(phrase: str) -> bool:
    return phrase[0].isalnum() or phrase[0] == "*"


def _by_first_letter(made: Iterable[tuple[str, str]]) -> str:
    """The expressions of phrases as alternatives of their first letters: few are tried at each word of a text."""
    groups: dict[str, list[str]] = {}
    for phrase, expression in made:
        first = _letter(phrase[0]) if phrase[0] != "*" else ""
        groups.setdefault(first, []).append(expression.removeprefix(first))
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in groups.items())


def _word(token: str) -> str:
    return "".join(r"\w*" if character == "*" else _letter(character) for character in token)


def _letter(character: str) -> str:
    """The letter, with or without the accent that the phrase gives it."""
    plain = unicodedata.normalize("NFD", character)[0]
    return re.escape(character) if plain == character else f"[{character}{plain}]"
