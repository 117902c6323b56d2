"""Words that are one word written in two ways."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Set

_WORD = re.compile(r"[^\W_]+|[+#.&/]")
_NO_WORD = re.compile(r"[\W_]+")
_LONG = 4
"""A shorter word that ends in s is often no plural: iOS, CMS, bus."""


def fold(text: str, endings: Set[str] = frozenset()) -> str:
    """What stays of a text when case, accents, spaces and hyphens do not count, nor the ending of a plural.

    ``endings`` are the ``plural-endings`` of a language; without them plurals stay. Signs that tell names apart stay
    always: C++ and C# are not C.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return "".join(_singular(word, endings) for word in _WORD.findall(plain))


def _singular(word: str, endings: Set[str]) -> str:
    if len(word) < _LONG or not word.isalpha() or word.endswith("ss"):
        return word
    for ending in sorted(endings, key=lambda one: (-len(one), one)):
        plural, _, singular = ending.partition("=")
        if word.endswith(plural):
            return word.removesuffix(plural) + singular
    return word


def words(text: str) -> str:
    """The words of a text alone: markup, punctuation, quotes and capitals may differ where it is repeated."""
    return _NO_WORD.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()


def neighbours(text: str) -> Iterator[str]:
    """What two texts that differ in one letter have in common, and few others: the text, and it without each letter."""
    yield text
    for place in range(len(text)):
        yield text[:place] + text[place + 1 :]


def one_letter_apart(one: str, other: str) -> bool:
    """Whether a letter is put in, taken away, changed, or has changed places with the next."""
    one, other = _after_what_is_shared(one, other)
    one, other = _after_what_is_shared(one[::-1], other[::-1])
    return max(len(one), len(other)) == 1 or (len(one) == 2 and one == other[::-1])


def _after_what_is_shared(one: str, other: str) -> tuple[str, str]:
    differing = (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    start = next(differing, min(len(one), len(other)))
    return one[start:], other[start:]
