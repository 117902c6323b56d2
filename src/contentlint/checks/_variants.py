"""Words that are one word written in two ways."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_WORD = re.compile(r"[^\W_]+|[+#.&/]")
_LONG = 4
"""A shorter word that ends in s is often no plural: iOS, CMS, bus."""


def fold(text: str, *, plural: bool = True) -> str:
    """What stays of a text when case, accents, spaces and hyphens do not count, nor, with ``plural``, a final s or x.

    Signs that tell names apart stay: C++ and C# are not C.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    words = _WORD.findall(plain)
    return "".join(_singular(word) if plural else word for word in words)


def _singular(word: str) -> str:
    if len(word) < _LONG or not word.isalpha() or word.endswith("ss"):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s") if word[-1] == "s" else word


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
