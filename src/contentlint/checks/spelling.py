"""Words that a dictionary does not know."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.diagnostic import Applicability, Edit, Fix
from contentlint.source import language as languages
from contentlint.source.document import Document
from contentlint.source.language import Language
from contentlint.source.prose import words
from contentlint.span import Span

if TYPE_CHECKING:
    from spellchecker import SpellChecker

# Looking for suggestions tries every word one letter away: some 700 for a word of ten letters.
_MAX_WORDS_WITH_SUGGESTIONS = 30
_MAX_SUGGESTIONS = 3
_LONGEST_WORD = 24
_SHORTEST_WORD = 3

# Small letters, apostrophes and hyphens only: no names, no acronyms, no CamelCase, no addresses, no file names, nothing
# masked, no inclusive forms with a middle dot.
_PLAIN = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_FOLDED = str.maketrans({"’": "'", "‐": "-", "‑": "-", "œ": "oe", "æ": "ae", "\u00ad": None})


@dataclass(frozen=True, slots=True)
class Options:
    """What is right besides the dictionary."""

    vocabulary: Annotated[
        tuple[str, ...], Meta(description="Words that are right on this site, in small letters.")
    ] = ()
    min_length: Annotated[int, Meta(ge=1, description="Words with fewer letters are not looked up.")] = _SHORTEST_WORD


@dataclass(slots=True)
class _Unknown:
    written: str
    span: Span
    count: int = 0


@check("spelling", needs={"prose"})
def spelling(document: Document, options: Options) -> Iterator[Match]:
    """A word that the dictionary of the page's language does not have, once a page, where it stands first.

    ``suggested`` where the dictionary has words one letter away, else ``unknown``. Words with a capital, a digit or a
    sign in them are not looked up: they are names, acronyms, code.
    """
    language = languages.load(document.language)
    dictionary = _dictionary(language.code)
    if dictionary is None:
        return
    right = frozenset(_folded(word) for word in options.vocabulary) | language.vocabulary("spelling")
    found: dict[str, _Unknown] = {}
    known: dict[str, bool] = {}
    for run in document.prose:
        for word in words(run.text):
            folded = _folded(word.text)
            if not _PLAIN.fullmatch(folded) or not folded.islower() or len(folded) < options.min_length:
                continue
            if folded not in known:
                known[folded] = _is_known(folded, dictionary, language, right)
            if not known[folded]:
                unknown = found.setdefault(folded, _Unknown(word.text, run.span(word.start, word.end)))
                unknown.count += 1
    for index, (folded, unknown) in enumerate(found.items()):
        suggestions = _suggestions(folded, dictionary) if index < _MAX_WORDS_WITH_SUGGESTIONS else []
        yield _match(unknown, suggestions)


def _match(unknown: _Unknown, suggestions: list[str]) -> Match:
    values = {"word": unknown.written, "count": unknown.count}
    if not suggestions:
        return Match(unknown.span, "unknown", values)
    fix = Fix((Edit(unknown.span, suggestions[0]),), Applicability.DISPLAY)
    return Match(unknown.span, "suggested", values | {"suggestions": suggestions}, fix)


@cache
def _dictionary(code: str) -> SpellChecker | None:
    """The dictionary of a language that contentlint knows the words of; None for others."""
    if code not in languages.known():
        return None
    from spellchecker import SpellChecker

    try:
        return SpellChecker(language=code, distance=1)
    except ValueError:
        return None


def _folded(word: str) -> str:
    """The form that dictionaries have: composed, with straight apostrophes and without ligatures."""
    return unicodedata.normalize("NFC", word).translate(_FOLDED)


def _is_known(word: str, dictionary: SpellChecker, language: Language, right: frozenset[str]) -> bool:
    if _listed(word, dictionary, language, right):
        return True
    for clitic in language.clitics:
        if word.endswith(clitic) and _listed(word.removesuffix(clitic), dictionary, language, right):
            return True
    if "-" in word:
        return all(_is_known(part, dictionary, language, right) for part in word.split("-"))
    elided, apostrophe, rest = word.partition("'")
    return bool(apostrophe) and elided in language.elisions and _is_known(rest, dictionary, language, right)


def _listed(word: str, dictionary: SpellChecker, language: Language, right: frozenset[str]) -> bool:
    if len(word) < _SHORTEST_WORD or len(word) > _LONGEST_WORD or word in right or word in dictionary:
        return True
    for ending in language.endings:
        if word.endswith(ending) and ((stem := word.removesuffix(ending)) in right or stem in dictionary):
            return True
    return any(form in dictionary for form in _variants(word, language))


def _variants(word: str, language: Language) -> Iterator[str]:
    """The word with one group of letters written in the other way that the language has for it."""
    for written, listed in language.variants.items():
        start = word.find(written)
        while start >= 0:
            yield word[:start] + listed + word[start + len(written) :]
            start = word.find(written, start + 1)


def _suggestions(word: str, dictionary: SpellChecker) -> list[str]:
    """The known words one letter away, the most frequent first."""
    near = dictionary.known(dictionary.edit_distance_1(word))
    return sorted(near, key=lambda one: (-dictionary[one], one))[:_MAX_SUGGESTIONS]
