"""Fields of the front matter whose text breaks off in the middle of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.checks import _fields
from contentlint.source import language
from contentlint.source.document import Document

_LAST = re.compile(r"(?<![^\s'’-])([^\W\d_]+['’]?)\s*(?:\.\.\.|…)?\s*$")
_OPEN = re.compile(r"[,(\[«“:–—]\s*(?:\.\.\.|…)?\s*$")
_FEWEST = 4
"""Words that a text must have to be a sentence that was cut."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is read, and the words that no sentence ends with."""

    fields: Annotated[tuple[str, ...], Meta(description="Concepts (`description`) or keys of the front matter.")] = (
        "description",
        "meta-description",
    )
    vocabulary: Annotated[
        str, Meta(description="A list of words that end no sentence, by its name in the data of the page's language.")
    ] = "never-last"


@check("cut-field", needs={"front-matter"})
def cut_field(document: Document, options: Options) -> Iterator[Match]:
    """A text that ends with a word or a sign after which something must follow; ``shown`` are its last words."""
    never_last = language.load(document.language).vocabulary(options.vocabulary)
    for entry in _fields.named(document, options.fields):
        if not isinstance(entry.value, str) or len(words := entry.value.split()) < _FEWEST:
            continue
        last = _LAST.search(entry.value[-60:])
        if (last and last[1].lower().replace("’", "'") in never_last) or _OPEN.search(entry.value[-10:]):
            yield Match(entry.span, values={"field": entry.name, "shown": " ".join(words[-4:])})
