"""What a page says of its own address: the characters and the words of its slug."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Literal

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.checks import _fields
from contentlint.site.metadata import view
from contentlint.source import language
from contentlint.source.document import Document

_TEMPLATED = re.compile(r"[{}<>$]|(?:^|/):\w|://")
_WORD = re.compile(r"[^\W_]+")

Kind = Literal["spaces", "capitals", "accents", "underscores", "stop-words", "mismatch"]


@dataclass(frozen=True, slots=True)
class Options:
    """What is looked for, and where."""

    find: Annotated[
        tuple[Kind, ...],
        Meta(
            description="`spaces`, `capitals`, `accents`, `underscores`; `stop-words` (« de », “of”); `mismatch`, "
            "where no word of the slug is in the title."
        ),
    ] = ("spaces", "capitals", "accents", "underscores")
    fields: Annotated[tuple[str, ...], Meta(description="Concepts or keys that give the address of the page.")] = (
        "slug",
        "url",
    )
    drafts_only: Annotated[
        bool,
        Meta(description="Look only at drafts: the address of a published page is not changed without need."),
    ] = True


@check("slug", needs={"front-matter"})
def slug(document: Document, options: Options) -> Iterator[Match]:
    """An address that is hard to type, to read out or to link to; the message is the first kind that is found."""
    if options.drafts_only and not view(document.front_matter, document.conventions.keys).draft:
        return
    for entry in _fields.named(document, options.fields):
        if isinstance(entry.value, str) and (text := entry.value.strip()) and not _TEMPLATED.search(text):
            found = next((kind for kind in options.find if _KINDS[kind](text, document)), None)
            if found:
                yield Match(entry.span, found, {"field": entry.name, "slug": text})


def _accented(text: str, document: Document) -> bool:  # noqa: ARG001
    """Whether a Latin letter has an accent; other scripts have no other way to be written."""
    decomposed = unicodedata.normalize("NFD", text)
    return any(unicodedata.combining(mark) and letter.isascii() for letter, mark in pairwise(decomposed))


def _has_stop_words(text: str, document: Document) -> bool:
    return not language.load(document.language).function_words.isdisjoint(_WORD.findall(text.lower()))


def _differs_from_title(text: str, document: Document) -> bool:
    title = view(document.front_matter, document.conventions.keys).text("title")
    return bool(title) and _words(text.rstrip("/").rpartition("/")[2]).isdisjoint(_words(title or ""))


def _words(text: str) -> set[str]:
    plain = "".join(char for char in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(char))
    return set(_WORD.findall(plain))


_KINDS: Mapping[Kind, Callable[[str, Document], bool]] = {
    "spaces": lambda text, _: any(map(str.isspace, text)),
    "capitals": lambda text, _: any(map(str.isupper, text)),
    "accents": _accented,
    "underscores": lambda text, _: "_" in text,
    "stop-words": _has_stop_words,
    "mismatch": _differs_from_title,
}
