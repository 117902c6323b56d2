"""Which pictures the texts of a site may mean: pages, templates, program code, style sheets and data."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from urllib.parse import unquote

from contentlint.site.tree import SiteTree

_BINARY = frozenset(
    (
        *("png", "jpg", "jpeg", "gif", "webp", "avif", "ico", "bmp", "tif", "tiff", "apng", "jxl", "heic", "psd", "ai"),
        *("mp4", "webm", "mov", "ogv", "mp3", "ogg", "wav", "flac", "m4a", "woff", "woff2", "ttf", "otf", "eot"),
        *("pdf", "zip", "gz", "tgz", "bz2", "xz", "7z", "jar", "docx", "xlsx", "pptx", "odt", "ods", "sqlite", "db"),
        *("exe", "dll", "wasm"),
    )
)
"""The endings of files that hold no text."""
_LARGEST = 5_000_000
"""Bytes of a text that is searched; a larger one is a table or a bundle."""
_MOST = 200_000_000
"""Characters of all texts: a site with more keeps data there, and to search it takes longer than advice is worth."""
_LONGEST_NAME = 255

_ENDING = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg|bmp|tiff?|apng|jxl|heic)\b")
# What ends a name in some text. A name that has it is known by what follows.
_BORDER = re.compile(r"""[\s/\\"'`()<>|*?:=,;{}\[\]]""")
# What a template may have filled in before an ending: `${slug}.png`, `slug + ".png"`, `%s.png`, `*.png`.
_FILLS = frozenset("}])>*\"'`")
_PRINTED = ("%s", "%d", "%v")
# The folder of what a template fills in: `/team/${id}`, `"/team/" + id`, `/team/{{ id }}.png`, `team/*`.
_FILLED = re.compile(
    r"""(?<![\w.@~%/-])[./@~]*([\w.@~%-]+(?:/[\w.@~%-]+)*)/"""
    r"""(?:[\w.-]{0,80}(?:\$[{(\w]|\{|<%|%[sdv]|\*|\#\{|\[)|["'`]\s?(?:[+~,|%)]|\.(?!\w)))"""
)
# The value of a key, a string, the last part of an address: what a template may make the name of a picture of.
_WORD = re.compile(r"""(?:["'`/]|[:=,\[-][ \t]*)([\w.@-]{1,100})(?=["'`\s,\])}/#?]|$)""")
# Code and templates that take whatever lies in a folder.
_GATHERS = re.compile(r"\breaddir|\blistdir|\bglob(?:by|sync)?\b|require\.context|\breaddirsync|\.iterdir\(|os\.walk")
_OF_PAGES = re.compile(r"\.resources\b")
# What is made of a picture, or stands in for it, has its name with a size or a manner: `oven@2x`, `oven-800x600`.
_VARIANT = re.compile(
    r"(?:@\dx|[-_.](?:\d+[wx]?(?:x\d+)?|small|medium|large|thumb|min|dark|light|mobile|desktop|x?xs|sm|md|lg|x?xl|[a-z]{2}))$"
)


class Mentions:
    """The names of pictures that the texts of a site hold, found in one reading of all of them.

    ``references`` are addresses that pages name, besides what the tree has of them.
    """

    def __init__(self, tree: SiteTree, references: Iterable[str] = ()) -> None:
        self._tree = tree
        self._references = references

    def may_mean(self, file: str, *, of_page: bool = False) -> bool:
        """Whether any text may mean the picture at that path.

        By its name, that of a picture that it is made from or is another form of, by a template that fills in the name
        or takes all that lies in the folder (``of_page``: in that of a page). Also where the site has more text than
        can be searched.
        """
        found = self._found
        if found is None or (of_page and found.takes_those_of_pages):
            return True
        stem = _BORDER.split(posixpath.splitext(_plain(posixpath.basename(file)))[0])[-1]
        stems = set(_originals(stem))
        if not stem or not stems.isdisjoint(found.names) or (found.fills and not stems.isdisjoint(found.words)):
            return True
        folders = _plain(posixpath.dirname(file)).split("/")
        return any("/".join(folders[start:]) in found.folders for start in range(len(folders)))

    @cached_property
    def _found(self) -> _Found | None:
        found = _Found()
        for reference in self._references:
            found.look_at(reference)
        size = 0
        for text in self._texts():
            size += len(text)
            if size > _MOST:
                return None
            found.look_at(text)
        return found

    def _texts(self) -> Iterator[str]:
        for path in self._tree.files():
            folder, name = posixpath.split(path)
            stem, _, ending = name.rpartition(".")
            if ending.lower() not in _BINARY:
                # Pictures are often called like the page that a template shows them on.
                yield f'"{stem}" "{posixpath.basename(folder)}"'
                yield self._tree.read(path, _LARGEST) or ""


class _Found:
    """What the texts hold, in small letters."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        """Of pictures, without ending."""
        self.words: set[str] = set()
        self.folders: set[str] = set()
        """In which a text may mean any picture."""
        self.fills = False
        """Whether names are filled in before an ending."""
        self.takes_those_of_pages = False

    def look_at(self, text: str) -> None:
        text = _plain(text)
        for ending in _ENDING.finditer(text):
            before = text[max(0, ending.start() - _LONGEST_NAME) : ending.start()]
            self.names.update(_originals(_BORDER.split(before)[-1]))
            self.fills = self.fills or before[-1:] in _FILLS or before.endswith(_PRINTED)
        words = {match[1] for match in _WORD.finditer(text)}
        self.words |= words
        self.folders.update(match[1] for match in _FILLED.finditer(text))
        if _GATHERS.search(text):
            self.folders |= words
        self.takes_those_of_pages = self.takes_those_of_pages or bool(_OF_PAGES.search(text))


def _plain(text: str) -> str:
    return unquote(text).casefold()


def _originals(stem: str) -> Iterator[str]:
    """The name, without ending, of a picture, and those of the pictures that it may be made from."""
    yield stem
    while (variant := _VARIANT.search(stem)) and variant.start():
        stem = stem[: variant.start()]
        yield stem
