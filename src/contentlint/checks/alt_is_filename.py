"""Alternative texts that name the file and not what it shows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Annotated
from urllib.parse import unquote

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.checks import _alternatives
from contentlint.source.document import Document
from contentlint.source.references import MEDIA

_JOINER = re.compile(r"[-_]")


@dataclass(frozen=True, slots=True)
class Options:
    """What the names of files look like."""

    names: Annotated[
        tuple[str, ...],
        Meta(
            description="Names that cameras and programs give, in small letters: `img_[0-9]*`, `screenshot*20[0-9]*`."
        ),
    ] = ()
    tags: Annotated[tuple[str, ...], Meta(description="Tags and components that have an `alt` attribute.")] = ("img",)


@check("alt-is-filename", needs={"image", "tag"})
def alt_is_filename(document: Document, options: Options) -> Iterator[Match]:
    """An alternative text that is the name of the picture's file, or a name that cameras and programs give.

    One word that is also the file's name (``Paris``, paris.jpg) says what the picture shows. Joined words are a name:
    an underscore, two hyphens, or a file's ending give it away.
    """
    for alternative in _alternatives.written(document, options.tags):
        text = _composed(alternative.text)
        if _is_name(text, _file(alternative.image)) or any(fnmatchcase(text, name) for name in options.names):
            yield Match(alternative.span, values={"text": alternative.text, "image": alternative.image})


def _composed(name: str) -> str:
    """Small letters, each accent with its letter: names that macOS gives have them apart."""
    return unicodedata.normalize("NFC", name).casefold()


def _file(destination: str) -> str:
    """The file's name, in small letters."""
    path = re.split(r"[?#]", destination, maxsplit=1)[0]
    return _composed(unquote(path).rpartition("/")[2])


def _is_name(text: str, file: str) -> bool:
    media = MEDIA.search(text)
    if media and media.end() == len(text) and (" " not in text or text == file):
        return True
    stem = file.rpartition(".")[0] or file
    joiners = _JOINER.findall(text)
    return text == stem and (len(joiners) > 1 or "_" in joiners)
